using System.Globalization;
using Kohaku.Cli.Linting;
using Kohaku.Cli.Reporters;
using Kohaku.Cli.Terminal;
using Kohaku.Tags;

namespace Kohaku.Cli.Commands;

/// <summary><c>kohaku tags search</c>: the tags that completion would offer, best first.</summary>
internal static class TagsSearchCommand
{
    private const int DefaultMost = 20;

    /// <summary>Builds the command.</summary>
    public static CommandFrame Build(CommandRow row, Session session)
    {
        var frame = new CommandFrame(row.Name, row.Summary);
        var words = frame.Arguments("WORDS", "What would be typed: a beginning, words, initials; typing errors are forgiven", atLeast: 1);
        var most = frame.Number("--most", "N", $"How many at most ({DefaultMost})", "-n");
        var category = frame.Choice("--category", "NAME", "Boost general, artist, series, character or meta", ["general", "artist", "series", "character", "meta"]);
        var asJson = frame.Flag("--json", "Print an object a tag, each on a line");
        frame.Examples.Add(new("kohaku tags search blue eyes", "by words"));
        frame.Examples.Add(new("kohaku tags search lh", "by initials: long hair"));
        frame.Run = result => Search(
            session,
            string.Join(' ', result.GetValue(words)!),
            result.GetResult(most) is null ? DefaultMost : result.GetValue(most),
            result.GetValue(category) is { } name && TagCategories.TryRead(name, out var section) ? section : null,
            result.GetValue(asJson));
        return frame;
    }

    private static int Search(Session session, string text, int most, TagCategory? section, bool asJson)
    {
        var lookup = SearchableTags.Open(session);
        var hits = new TagSearcher(lookup).Find(new TagQuery(text) { Most = most, Section = section });
        using var output = session.OpenOutput();
        if (asJson)
        {
            var json = new JsonText(output, indented: false);
            foreach (var hit in hits) WriteJson(json, lookup, hit);
        }
        else
        {
            WriteTable(new Page(output, session.OutputLook), lookup, hits);
        }

        if (hits.Length > 0) return ExitCode.Clean;

        output.Flush();
        using var error = session.OpenError();
        new Page(error, session.ErrorLook).Write("no tag is like ").WriteForeign($"`{text}`").Line();
        return ExitCode.Findings;
    }

    private static void WriteJson(JsonText json, TagLookup lookup, TagHit hit)
    {
        var tag = lookup[hit.Tag];
        json.BeginObject().Member("tag", tag.Text).Member("category", tag.Category.Word()).Member("posts", tag.Posts).Member("match", hit.Match.Word());
        if (hit.Spelling != TagSpelling.Name) json.Member("matched", lookup.MatchedText(hit));
        json.Name("aliases").BeginArray();
        foreach (var alias in tag.Aliases) json.Value(alias);
        json.EndArray().EndObject();
        json.EndLine();
    }

    private static void WriteTable(Page page, TagLookup lookup, ReadOnlySpan<TagHit> hits)
    {
        var name = 3;
        foreach (var hit in hits) name = Math.Max(name, Math.Min(48, DisplayText.Width(lookup[hit.Tag].Text)));
        var rank = 0;
        foreach (var hit in hits)
        {
            var tag = lookup[hit.Tag];
            var text = tag.Text;
            page.Write($"{++rank,4}  ", Ink.Faint).WriteForeign(text, Ink.Model).Repeat(' ', Math.Max(0, name - DisplayText.Width(text)));
            page.Write($"  {tag.Category.Word(),-9}  ", Ink.Faint).Write(tag.Posts.ToString("N0", CultureInfo.InvariantCulture).PadLeft(9));
            page.Write($"  {hit.Match.Word(),-9}", Ink.Faint);
            if (hit.Spelling != TagSpelling.Name) page.Write("  ").WriteForeign(lookup.MatchedText(hit)).Write(page.Look.Unicode ? " →" : " ->", Ink.Faint);
            else if (tag.Aliases.Count > 0) page.Write("  ").WriteForeign(Aliases(tag.Aliases, page.Look.Width - name - 40), Ink.Faint);
            page.Line();
        }
    }

    // As many as fit: the rest is in `tags info`.
    private static string Aliases(IReadOnlyList<string> aliases, int room)
    {
        var shown = "";
        foreach (var alias in aliases)
        {
            var next = shown.Length == 0 ? alias : $"{shown}, {alias}";
            if (DisplayText.Width(next) > Math.Max(20, room)) return shown.Length == 0 ? "" : shown + ", …";
            shown = next;
        }

        return shown;
    }
}
