using System.Globalization;
using Kohaku.Analysis.Profiles;
using Kohaku.Cli.Linting;
using Kohaku.Cli.Terminal;
using Kohaku.Tags;

namespace Kohaku.Cli.Commands;

/// <summary><c>kohaku tags info</c>: all that is known of a tag.</summary>
internal static class TagsInfoCommand
{
    private const int Indent = 14;

    /// <summary>Builds the command.</summary>
    public static CommandFrame Build(CommandRow row, Session session)
    {
        var frame = new CommandFrame(row.Name, row.Summary);
        var words = frame.Arguments("TAG", "The tag or one of its aliases, with blanks or underscores", atLeast: 1);
        frame.Examples.Add(new("kohaku tags info long hair", "a tag"));
        frame.Examples.Add(new("kohaku tags info longhair", "an alias of it"));
        frame.Run = result => Show(session, string.Join(' ', result.GetValue(words)!));
        return frame;
    }

    private static int Show(Session session, string text)
    {
        var lookup = SearchableTags.Open(session);
        if (!lookup.TryFind(text, out var match))
        {
            var nearest = lookup.Nearest(text, 3);
            var names = string.Join(", ", nearest.Select(hit => lookup[hit.Tag].Text));
            throw new UserException($"`{text}` is no tag", nearest.Length == 0 ? $"Search: kohaku tags search {text}" : $"The nearest: {names}");
        }

        var tag = lookup[match.Tag];
        using var output = session.OpenOutput();
        var page = new Page(output, session.OutputLook);
        page.WriteForeign(tag.Text, Ink.Strong).Write($"  {tag.Category.Word()}  {Number(tag.Posts)} posts", Ink.Faint).Line();
        if (match.IsAlias) Row(page, "alias", $"{text} is another name of it");
        Row(page, "the model", Popularity(tag, Profile.Default.Thresholds), Ink.Model);
        Names(page, "aliases", tag.Aliases);
        Names(page, "translations", tag.Translations);
        Names(page, "implies", [.. lookup.Implications(match.Tag, transitive: false).Select(id => lookup[id].Text)]);
        Names(page, "in turn", [.. lookup.Implications(match.Tag, transitive: true).Except(lookup.Implications(match.Tag, transitive: false)).Select(id => lookup[id].Text)]);
        Row(page, "wiki", $"https://danbooru.donmai.us/wiki_pages/{Uri.EscapeDataString(tag.Name.Replace(' ', '_'))}");
        return ExitCode.Clean;
    }

    private static string Popularity(TagEntry tag, Thresholds thresholds)
    {
        if (tag.Flags.HasFlag(TagFlags.Untrained)) return "unlikely: it was dropped in training whatever its count";

        var later = tag.Flags.HasFlag(TagFlags.RemovedLater) ? "; renamed or deprecated after the model was trained" : "";
        if (tag.Posts >= thresholds.Strong) return "works" + later;
        return tag.Posts >= thresholds.Weak
            ? $"may work with emphasis: fewer than {Number(thresholds.Strong)} posts{later}"
            : $"unlikely: fewer than {Number(thresholds.Weak)} posts{later}";
    }

    private static void Names(Page page, string label, IReadOnlyList<string> names)
    {
        if (names.Count > 0) Row(page, label, string.Join(", ", names));
    }

    private static void Row(Page page, string label, string text, Ink ink = Ink.Plain)
    {
        page.Write(label.PadRight(Indent), Ink.Faint);
        Paragraph.Write(page, text, Indent, ink);
    }

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
