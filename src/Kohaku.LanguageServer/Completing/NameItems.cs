using System.Globalization;
using Kohaku.Analysis;
using Kohaku.Analysis.Completion;
using Kohaku.Analysis.Parameters;
using Kohaku.Analysis.Profiles;
using Kohaku.LanguageServer.Protocol;
using Kohaku.Syntax;
using Kohaku.Syntax.Parsing;

namespace Kohaku.LanguageServer.Completing;

/// <summary>Items out of short lists: files, parameters, rules.</summary>
internal static class NameItems
{
    private const string NegativeHeader = "Negative prompt";
    private static readonly string[] s_networkKinds = ["lora", "lyco", "locon", "hypernet"];

    /// <summary>Networks for <c>&lt;lora:</c>.</summary>
    public static void AddNetworks(ItemList list, CompletionPlace place, SearchPool pool)
    {
        if (!s_networkKinds.Contains(place.Subject)) return;
        foreach (var name in NameMatch.Best(pool.Networks.Keys.Order(StringComparer.OrdinalIgnoreCase), place.Query))
            list.Add(new CompletionItem(name) { Kind = ItemKinds.File, Detail = place.Subject, Data = "network:" + name }, name + place.Behind);
    }

    /// <summary>Networks where only <c>&lt;</c> and a part of the kind is typed.</summary>
    public static void AddWholeNetworks(ItemList list, CompletionPlace place, SearchPool pool)
    {
        if (!"<lora:".StartsWith(place.Query, StringComparison.OrdinalIgnoreCase)) return;
        foreach (var name in pool.Networks.Keys.Order(StringComparer.OrdinalIgnoreCase))
        {
            var text = $"<lora:{name}:1>";
            list.Add(new CompletionItem(text) { Kind = ItemKinds.File, Detail = "lora", Data = "network:" + name }, place.Before + text + place.Behind);
        }
    }

    /// <summary>Embeddings for <c>embedding:</c>.</summary>
    public static void AddEmbeddings(ItemList list, CompletionPlace place, SearchPool pool)
    {
        foreach (var name in NameMatch.Best(pool.Embeddings, place.Query))
            list.Add(new CompletionItem(name) { Kind = ItemKinds.File, Detail = "embedding" }, $"{place.Before}embedding:{name}{place.Behind}");
    }

    /// <summary>Wildcards for <c>__</c>.</summary>
    public static void AddWildcards(ItemList list, CompletionPlace place, SearchPool pool)
    {
        foreach (var name in NameMatch.Best(pool.Wildcards, place.Query))
            list.Add(new CompletionItem(name) { Kind = ItemKinds.File, Detail = "wildcard" }, $"{place.Before}__{name}__{place.Behind}");
    }

    /// <summary>Rules for a comment that silences some.</summary>
    public static void AddRules(ItemList list, CompletionPlace place)
    {
        foreach (var name in NameMatch.Best(RuleRegistry.Infos.Select(info => info.Name), place.Query))
            list.Add(new CompletionItem(name) { Kind = ItemKinds.EnumMember, Detail = RuleRegistry.Find(name)!.Info.Id }, name);
    }

    /// <summary>Keys of a parameter line.</summary>
    public static void AddKeys(ItemList list, CompletionPlace place, SyntaxTree tree)
    {
        var line = Line(tree, place);
        foreach (var key in NameMatch.Best(ParameterKeys.Known, place.Query))
        {
            var isThere = !place.Query.Equals(key, StringComparison.OrdinalIgnoreCase) && line.Contains(key + ":", StringComparison.OrdinalIgnoreCase);
            if (!isThere) list.Add(new CompletionItem(key) { Kind = ItemKinds.Property, Detail = "parameter" }, place.Before + key + place.Behind);
        }
    }

    /// <summary>Values of a parameter.</summary>
    public static void AddValues(ItemList list, CompletionPlace place, Profile profile)
    {
        foreach (var value in NameMatch.Best(Values(place.Subject, profile), place.Query))
            list.Add(new CompletionItem(value) { Kind = ItemKinds.Value, Detail = place.Subject }, place.Before + value);
    }

    /// <summary>What may begin a line in place of a tag: the header of the negative prompt, and parameters on the last line.</summary>
    /// <param name="list">Takes them.</param>
    /// <param name="place">The place.</param>
    /// <param name="hasNegative">Whether the prompt has a negative side.</param>
    /// <param name="capitals">Whether those that begin exactly as typed are meant, or those that differ in case.</param>
    public static void AddLineStarts(ItemList list, CompletionPlace place, bool hasNegative, bool capitals)
    {
        if (!place.BeginsLine || place.Query.Length == 0 || place.Before.Length > 0) return;
        if (!hasNegative && Begins(NegativeHeader)) list.Add(new CompletionItem(NegativeHeader) { Kind = ItemKinds.Keyword, Detail = "header" }, NegativeHeader + ": ");
        if (!place.IsLastLine) return;
        foreach (var key in ParameterKeys.Known)
            if (Begins(key)) list.Add(new CompletionItem(key) { Kind = ItemKinds.Property, Detail = "parameter" }, key + ": ");

        bool Begins(string name) =>
            name.StartsWith(place.Query, StringComparison.Ordinal) ? capitals : !capitals && place.Query.Length > 1 && name.StartsWith(place.Query, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The words that divide a prompt.</summary>
    public static void AddDividers(ItemList list, CompletionPlace place, Dialect dialect, bool isNegative)
    {
        if (place.Query.Length == 0 || dialect == Dialect.ComfyUI) return;
        if ("BREAK".StartsWith(place.Query, StringComparison.Ordinal)) list.Add(new CompletionItem("BREAK") { Kind = ItemKinds.Keyword, Detail = "begins a new chunk" }, "BREAK");
        if (!isNegative && "AND".StartsWith(place.Query, StringComparison.Ordinal)) list.Add(new CompletionItem("AND") { Kind = ItemKinds.Keyword, Detail = "begins another prompt" }, "AND");
    }

    private static ReadOnlySpan<char> Line(SyntaxTree tree, CompletionPlace place)
    {
        var text = tree.Text;
        var start = text[..place.Offset].LastIndexOfAny('\n', '\r') + 1;
        var length = text[place.Offset..].IndexOfAny('\n', '\r');
        return text[start..(length < 0 ? text.Length : place.Offset + length)];
    }

    private static IEnumerable<string> Values(string key, Profile profile)
    {
        var generation = profile.Generation;
        return key.ToUpperInvariant() switch
        {
            "SAMPLER" or "HIRES SAMPLER" => First(generation.Sampler, SamplerNames.Samplers),
            "SCHEDULE TYPE" or "HIRES SCHEDULE TYPE" => First(generation.Schedule, SamplerNames.Schedules),
            "SIZE" => First($"{generation.Width}x{generation.Height}", Sizes(profile.Resolution)),
            "EMPHASIS" => First(profile.Emphasis.Mode, ["None", "Ignore", "Original", "No norm"]),
            "RNG" => ["GPU", "CPU", "NV"],
            "STEPS" => [generation.Steps.ToString(CultureInfo.InvariantCulture)],
            "CFG SCALE" => [generation.GuidanceScale.ToString(CultureInfo.InvariantCulture)],
            "CLIP SKIP" => [generation.ClipSkip.ToString(CultureInfo.InvariantCulture)],
            "SEED" => ["-1"],
            _ => [],
        };
    }

    // The squarest first: the nearer to square, the more such pictures were trained.
    private static IEnumerable<string> Sizes(Resolution resolution) =>
        resolution.Buckets().OrderBy(size => Math.Abs(Math.Log((double)size.Width / size.Height))).Select(size => $"{size.Width}x{size.Height}");

    private static IEnumerable<string> First(string first, IEnumerable<string> all) => new[] { first }.Concat(all).Distinct();
}
