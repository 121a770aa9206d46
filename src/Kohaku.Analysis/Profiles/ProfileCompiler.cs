using Kohaku.Analysis.Configuration;
using Kohaku.Analysis.Configuration.Json;

namespace Kohaku.Analysis.Profiles;

/// <summary>A profile's JSON, compiled.</summary>
/// <param name="Bytes">For <see cref="Profile.Read"/>; null where there are problems.</param>
/// <param name="Problems">Everything that is wrong with the JSON.</param>
public sealed record CompiledProfile(byte[]? Bytes, IReadOnlyList<ConfigurationProblem> Problems);

/// <summary>Turns a profile's JSON, which people edit, into the compact form that a start reads.</summary>
public static class ProfileCompiler
{
    /// <summary>Compiles a profile; never throws for what stands in the text.</summary>
    /// <param name="text">JSON; comments and trailing commas are welcome.</param>
    /// <param name="file">What problems call the text.</param>
    public static CompiledProfile Compile(string text, string file)
    {
        var json = JsonText.Read(text);
        var problems = new JsonProblems(file, json);
        if (json.Root is null)
        {
            problems.AddError();
            return new CompiledProfile(null, problems.All);
        }

        var data = ReadAll(new JsonObject(json.Root, "", problems));
        return new CompiledProfile(problems.All.Count == 0 ? ProfileWriter.Write(data) : null, problems.All);
    }

    private static ProfileData ReadAll(JsonObject root)
    {
        var data = new ProfileData(
            root.Text("id"),
            root.Text("title"),
            ReadSections(root),
            ReadPeopleCounts(root),
            ReadQualities(root),
            ReadRatings(root),
            ReadDates(root),
            [],
            root.Texts("yearForms"),
            ReadThresholds(root),
            ReadEmphasis(root),
            ReadResolution(root),
            ReadGeneration(root),
            ReadUntrained(root),
            root.Integer("keepUnderscoreUpTo", 3, 0, 64));
        data = data with { Synonyms = ReadSynonyms(root) };
        root.Done();
        Check(root, data);
        return data;
    }

    private static List<Section> ReadSections(JsonObject root)
    {
        var sections = new List<Section>();
        foreach (var section in root.Objects("sections"))
        {
            var parts = new List<SectionPart>();
            foreach (var name in section.Texts("parts"))
            {
                if (TryName(name, out SectionPart part)) parts.Add(part);
                else section.Report("parts", $"no such part: {name}; the parts are {Names<SectionPart>()}");
            }

            sections.Add(new Section(section.Text("name"), parts));
            section.Done();
        }

        return sections;
    }

    private static List<PeopleCountWord> ReadPeopleCounts(JsonObject root)
    {
        var counts = new List<PeopleCountWord>();
        foreach (var count in root.Objects("peopleCounts"))
        {
            var group = count.Text("group");
            var minimum = count.Integer("min", 0, 0, 1000);
            counts.Add(new PeopleCountWord(count.Text("word"), group.Length > 0 ? group : null, minimum, count.Integer("max", int.MaxValue, minimum, int.MaxValue)));
            count.Done();
        }

        return counts;
    }

    private static List<QualityWord> ReadQualities(JsonObject root)
    {
        var qualities = new List<QualityWord>();
        foreach (var quality in root.Objects("qualities"))
        {
            if (!TryName(quality.Text("end", "middle"), out QualityEnd end)) quality.Report("end", $"no such end; the ends are {Names<QualityEnd>()}");
            qualities.Add(new QualityWord(quality.Text("word"), quality.Integer("percentile", 0, 0, 100), end));
            quality.Done();
        }

        return qualities;
    }

    private static List<RatingWord> ReadRatings(JsonObject root)
    {
        var ratings = new List<RatingWord>();
        foreach (var rating in root.Objects("ratings"))
        {
            var goesWith = rating.Text("goesWith");
            ratings.Add(new RatingWord(rating.Text("word"), rating.Text("danbooru"), rating.Flag("sexual"), goesWith.Length > 0 ? goesWith : null));
            rating.Done();
        }

        return ratings;
    }

    private static List<DateWord> ReadDates(JsonObject root)
    {
        var dates = new List<DateWord>();
        foreach (var date in root.Objects("dates"))
        {
            var first = date.Integer("first", 0, 0, 9999);
            dates.Add(new DateWord(date.Text("word"), first, date.Integer("last", first, first, 9999)));
            date.Done();
        }

        return dates;
    }

    private static List<ProfileSynonym> ReadSynonyms(JsonObject root)
    {
        var synonyms = new List<ProfileSynonym>();
        if (root.Object("synonyms") is not { } kinds) return synonyms;

        foreach (var (name, kind) in new[] { ("quality", SpecialKind.Quality), ("rating", SpecialKind.Rating), ("date", SpecialKind.Date) })
        {
            if (kinds.Object(name) is not { } table) continue;
            foreach (var (certainty, isCertain) in new[] { ("certain", true), ("likely", false) })
            {
                if (table.Object(certainty) is not { } words) continue;
                foreach (var (word, replacement, _) in words.Table()) synonyms.Add(new ProfileSynonym(kind, word, replacement, isCertain));
            }

            table.Done();
        }

        kinds.Done();
        return synonyms;
    }

    private static Thresholds ReadThresholds(JsonObject root)
    {
        var from = root.Object("thresholds");
        var thresholds = new Thresholds(from?.Integer("strong", 1000, 0, int.MaxValue) ?? 1000, from?.Integer("weak", 100, 0, int.MaxValue) ?? 100);
        from?.Done();
        return thresholds;
    }

    private static EmphasisRange ReadEmphasis(JsonObject root)
    {
        if (root.Object("emphasis") is not { } from) return new EmphasisRange(1.5, 2.5, [1.5, 2.0, 2.5], "No norm");

        var emphasis = new EmphasisRange(
            from.Number("weak", 1.5, 0, 100), from.Number("maximum", 2.5, 0, 100), from.Numbers("choices"), from.Text("mode", "No norm"));
        from.Done();
        return emphasis;
    }

    private static Resolution ReadResolution(JsonObject root)
    {
        var none = new Resolution(64, 256, 4096, 8, 1024 * 1024, 64, 1.25);
        if (root.Object("resolution") is not { } from) return none;

        var resolution = new Resolution(
            from.Integer("hardMinimum", none.HardMinimum, 1, 65536),
            from.Integer("trainedMinimum", none.TrainedMinimum, 1, 65536),
            from.Integer("maximum", none.Maximum, 1, 65536),
            from.Integer("multiple", none.Multiple, 1, 1024),
            from.Integer("bucketArea", none.BucketArea, 1, int.MaxValue),
            from.Integer("bucketStep", none.BucketStep, 1, 1024),
            from.Number("recommendedScale", none.RecommendedScale, 1, 8));
        from.Done();
        return resolution;
    }

    private static GenerationDefaults ReadGeneration(JsonObject root)
    {
        var none = new GenerationDefaults(28, "Euler a", "Automatic", 6, 1024, 1024, 1);
        if (root.Object("generation") is not { } from) return none;

        var generation = new GenerationDefaults(
            from.Integer("steps", none.Steps, 1, 1000),
            from.Text("sampler", none.Sampler),
            from.Text("schedule", none.Schedule),
            from.Number("guidanceScale", none.GuidanceScale, 0, 100),
            from.Integer("width", none.Width, 8, 65536),
            from.Integer("height", none.Height, 8, 65536),
            from.Integer("clipSkip", none.ClipSkip, 1, 12));
        from.Done();
        return generation;
    }

    private static UntrainedWords ReadUntrained(JsonObject root)
    {
        if (root.Object("untrained") is not { } from) return new UntrainedWords([], []);

        var untrained = new UntrainedWords(from.Texts("meta"), from.Texts("artist"));
        from.Done();
        return untrained;
    }

    /// <summary>What must hold between the parts, so that every reader may rely on it.</summary>
    private static void Check(JsonObject root, ProfileData data)
    {
        if (data.Id.Length == 0) root.Report("id", "a profile needs an id");
        foreach (var part in Enum.GetValues<SectionPart>())
        {
            var times = data.Sections.Count(section => section.Parts.Contains(part));
            if (times != 1) root.Report("sections", $"{NameOf(part)} stands in {times} sections; it belongs in exactly one");
        }

        foreach (var form in data.YearForms)
        {
            if (!form.Contains(YearSynonym.YearPlace, StringComparison.Ordinal)) root.Report("yearForms", $"\"{form}\" does not say where {YearSynonym.YearPlace} stands");
        }

        CheckWords(root, data);
    }

    private static void CheckWords(JsonObject root, ProfileData data)
    {
        var seen = new HashSet<string>();
        foreach (var word in ProfileWriter.SpecialWords(data).SelectMany(kind => kind.Words).Concat(data.Synonyms.Select(synonym => synonym.Word)))
        {
            if (word.Length is 0 or > WordTable.LongestWord) root.Report("", $"the word \"{word}\" has {word.Length} characters; 1 to {WordTable.LongestWord} are allowed");
            else if (!seen.Add(ProfileWriter.Folded(word))) root.Report("", $"the word \"{word}\" stands twice (case, _, - and blanks make no difference)");
        }

        if (ProfileWriter.SpecialWords(data).Any(kind => kind.Words.Count > byte.MaxValue)) root.Report("", "a list holds more than 255 words");
    }

    private static bool TryName<T>(string name, out T value)
        where T : struct, Enum
    {
        foreach (var candidate in Enum.GetValues<T>())
        {
            value = candidate;
            if (NameOf(candidate) == name) return true;
        }

        value = default;
        return false;
    }

    private static string Names<T>()
        where T : struct, Enum => string.Join(", ", Enum.GetValues<T>().Select(NameOf));

    /// <summary><c>PeopleCount</c> as JSON writes it: <c>peopleCount</c>.</summary>
    private static string NameOf<T>(T value)
        where T : struct, Enum
    {
        var name = value.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }
}
