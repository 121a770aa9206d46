using System.Globalization;
using Kohaku.Analysis.Profiles;
using Kohaku.Cli.Linting;
using Kohaku.Cli.Terminal;
using Kohaku.Tags;

namespace Kohaku.Cli.Commands;

/// <summary><c>kohaku tags stats</c>: what the tag index holds.</summary>
internal static class TagsStatsCommand
{
    private const int BarLength = 24;

    /// <summary>Builds the command.</summary>
    public static CommandFrame Build(CommandRow row, Session session)
    {
        var frame = new CommandFrame(row.Name, row.Summary);
        frame.Run = _ => Show(session);
        return frame;
    }

    private static int Show(Session session)
    {
        var index = TagData.Open(session.Surroundings);
        var lookup = new TagLookup(index);
        var thresholds = Profile.Default.Thresholds;
        var categories = Enum.GetValues<TagCategory>();
        var counts = new int[categories.Length, 4];
        for (var i = 0; i < index.Count; i++)
        {
            var tag = lookup[new TagId(i)];
            var row = Array.IndexOf(categories, tag.Category);
            counts[row, 0]++;
            counts[row, tag.Flags.HasFlag(TagFlags.Untrained) || tag.Posts < thresholds.Weak ? 3 : tag.Posts < thresholds.Strong ? 2 : 1]++;
        }

        using var output = session.OpenOutput();
        var page = new Page(output, session.OutputLook);
        page.Write($"{"category",-10}{"tags",10}{"work",10}{"weak",10}{"rare",10}", Ink.Strong).Line();
        for (var row = 0; row < categories.Length; row++)
        {
            page.Write($"{categories[row].Word(),-10}");
            for (var column = 0; column < 4; column++) page.Write(Number(counts[row, column]).PadLeft(10));
            page.Write("  ").Bar((double)counts[row, 0] / Math.Max(1, index.Count), BarLength).Line();
        }

        page.Line().Line($"{Number(index.Count)} tags, {Number(index.AliasCount)} aliases, {Number(index.TranslationCount)} translations");
        if (index.AsOf > 0) page.Write($"as of {index.AsOf / 10000:0000}-{index.AsOf / 100 % 100:00}-{index.AsOf % 100:00}, ", Ink.Faint);
        page.Write($"{index.FileLength / 1048576.0:0.0} MB, content {index.ContentHash[..12]}", Ink.Faint).Line();
        return ExitCode.Clean;
    }

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
