using System.CommandLine;
using System.Globalization;
using Kohaku.Cli.Linting;
using Kohaku.Cli.Terminal;
using Kohaku.Tags;

namespace Kohaku.Cli.Commands;

/// <summary><c>kohaku tags import</c> and <c>kohaku tags update</c>: lists and sites that become the user's tags.</summary>
internal static class TagsImportCommand
{
    private const string CheckpointName = "update.checkpoint";

    /// <summary>Builds <c>tags import</c>.</summary>
    public static CommandFrame BuildImport(CommandRow row, Session session)
    {
        var frame = new CommandFrame(row.Name, row.Summary);
        var files = frame.Arguments("FILE", "Lists: CSV (name,category,count,\"aliases\"), TSV, or a HakuBooru database", atLeast: 1);
        var replace = frame.Flag("--replace", "Forget all other tags; without it the list lies over them");
        var translations = frame.Flag("--translations", "The lists are translations: tag,translation");
        frame.Examples.Add(new("kohaku tags import danbooru.csv", "a list of the best-known completer"));
        frame.Examples.Add(new("kohaku tags import --translations danbooru-ja.csv", "what tags are called in Japanese"));
        frame.Run = result => Import(session, result.GetValue(files)!, result.GetValue(translations), ModeOf(result, replace));
        return frame;
    }

    /// <summary>Builds <c>tags update</c>.</summary>
    public static CommandFrame BuildUpdate(CommandRow row, Session session)
    {
        var frame = new CommandFrame(row.Name, row.Summary);
        var from = frame.Text("--from", "URL", "The site to ask (https://danbooru.donmai.us)");
        var least = frame.Number("--least-posts", "N", "Leave out tags with fewer posts (50)");
        var replace = frame.Flag("--replace", "Forget all other tags; without it the site's lie over them");
        frame.Examples.Add(new("kohaku tags update", "stopped, it goes on where it was the next time"));
        frame.Run = result => Update(
            session,
            result.GetValue(from) ?? "https://danbooru.donmai.us/",
            result.GetResult(least) is null ? 50 : result.GetValue(least),
            ModeOf(result, replace));
        return frame;
    }

    /// <summary>Builds <c>tags reset</c>.</summary>
    public static CommandFrame BuildReset(CommandRow row, Session session)
    {
        var frame = new CommandFrame(row.Name, row.Summary);
        frame.Run = _ =>
        {
            TagData.StoreOf(session.Surroundings).Reset();
            Say(session, "the tags that ship are used again");
            return ExitCode.Clean;
        };
        return frame;
    }

    private static ImportMode ModeOf(ParseResult result, Option<bool> replace) => result.GetValue(replace) ? ImportMode.Replace : ImportMode.Merge;

    private static int Import(Session session, string[] files, bool areTranslations, ImportMode mode)
    {
        var stop = session.StopOnInterrupt();
        using var progress = new ImportLine(session);
        foreach (var file in files)
        {
            var path = session.Absolute(file);
            var list = areTranslations ? TagLists.Translations(path, progress, stop) : TagLists.Read(path, progress, stop);
            // With --replace an empty list would take all tags away, and without it there is nothing to do.
            if (list.Rows.Count == 0 && list.Translations.Count == 0) throw new UserException($"{file}: no tags in it, nothing was changed", "Name a list: kohaku tags import --help");
            Store(session, list, areTranslations ? ImportMode.Merge : mode, $"{file}: ", progress, stop);
            mode = ImportMode.Merge;
        }

        return ExitCode.Clean;
    }

    private static int Update(Session session, string from, int least, ImportMode mode)
    {
        if (!Uri.TryCreate(from.EndsWith('/') ? from : from + "/", UriKind.Absolute, out var site) || site.Scheme is not ("http" or "https"))
        {
            throw new UserException($"--from: `{from}` is no web address", "Write it with its scheme: https://danbooru.donmai.us");
        }

        var stop = session.StopOnInterrupt();
        var store = TagData.StoreOf(session.Surroundings);
        Directory.CreateDirectory(store.Folder);
        using var progress = new ImportLine(session);
        using var update = new DanbooruUpdate(new DanbooruOptions { BaseAddress = site, LeastPosts = least }, Path.Combine(store.Folder, CheckpointName), session.Time);
        var list = update.FetchAsync(progress, stop).GetAwaiter().GetResult();
        Store(session, list, mode, "", progress, stop);
        update.Forget();
        return ExitCode.Clean;
    }

    private static void Store(Session session, TagList list, ImportMode mode, string name, ImportLine progress, CancellationToken stop)
    {
        var result = TagData.StoreOf(session.Surroundings).Import(list, mode, said => progress.Say(said), progress, stop);
        progress.Clear();
        var translations = list.Translations.Count > 0 && list.Rows.Count == 0 ? $"{Number(list.Translations.Count)} translations" : $"{Number(list.Rows.Count)} {(list.Rows.Count == 1 ? "tag" : "tags")}, {Number(result.Added)} of them new";
        Say(session, $"{name}{translations}; {Number(result.Tags)} tags are known now");
    }

    private static void Say(Session session, string line)
    {
        using var output = session.OpenOutput();
        new Page(output, session.OutputLook).WriteForeign(line).Line();
    }

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    // Progress<T> would report from another thread, after the work.
    private sealed class ImportLine(Session session) : IProgress<ImportProgress>, IDisposable
    {
        private readonly ProgressLine _line = new(session, wanted: true);

        public void Report(ImportProgress value) => _line.Show(value.Done, value.Total ?? 0, value.Phase);

        public void Clear() => _line.Clear();

        public void Say(string said)
        {
            _line.Clear();
            using var output = session.OpenError();
            new Page(output, session.ErrorLook).Write("warning", Ink.Warning).Write(": ").WriteForeign(said).Line();
        }

        public void Dispose() => _line.Dispose();
    }
}
