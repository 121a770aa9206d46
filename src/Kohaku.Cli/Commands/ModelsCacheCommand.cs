using System.Globalization;
using Kohaku.Cli.Models;
using Kohaku.Cli.Terminal;
using Kohaku.Files;

namespace Kohaku.Cli.Commands;

/// <summary><c>kohaku models cache</c>: the models with adapters merged in that are kept.</summary>
internal static class ModelsCacheCommand
{
    /// <summary>Builds the command.</summary>
    public static CommandFrame Build(CommandRow row, Session session)
    {
        var frame = new CommandFrame(row.Name, row.Summary);
        var clear = frame.Flag("--clear", "Delete them all");
        frame.Examples.Add(new("kohaku models cache", "what is kept, the last used first"));
        frame.Examples.Add(new("kohaku models cache --clear", "free the space; each is made again when it is asked for"));
        frame.Run = result => result.GetValue(clear) ? Clear(session) : Show(session);
        return frame;
    }

    private static int Show(Session session)
    {
        var cache = ModelCache.Of(session.Surroundings);
        var files = cache.List();
        using var output = session.OpenOutput();
        var page = new Page(output, session.OutputLook);
        if (files.Count > 0) page.Write($"{"size",10}  {"last use",-16}  model and adapters", Ink.Strong).Line();
        foreach (var file in files)
        {
            page.Write(ByteSize.Of(file.Length).PadLeft(10)).Write("  ");
            page.Write(file.LastUse.ToLocalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), Ink.Faint).Write("  ");
            page.WriteForeign(ContentOf(file)).Line();
        }

        if (files.Count > 0) page.Line();
        page.Write($"{Count(files.Count)}, {ByteSize.Of(files.Sum(file => file.Length))} of {ByteSize.Of(ModelCache.DefaultLimit)} in ").WriteForeign(cache.Folder).Line();
        return ExitCode.Clean;
    }

    private static int Clear(Session session)
    {
        var cache = ModelCache.Of(session.Surroundings);
        var before = cache.List();
        var left = cache.Clear();
        using (var output = session.OpenOutput())
        {
            new Page(output, session.OutputLook).Line($"{Count(before.Count - left.Count)} deleted, {ByteSize.Of(before.Sum(file => file.Length) - left.Sum(file => file.Length))} freed");
        }

        if (left.Count == 0) return ExitCode.Clean;
        throw new UserException($"{Count(left.Count)} could not be deleted, the first {left[0].Path}", "End what uses them, and check the folder's rights");
    }

    // A broken file is listed by its name: it takes space all the same.
    private static string ContentOf(CachedModel file) =>
        SafetensorsHeader.TryRead(file.Path, out var header, out _) && header.Metadata.TryGetValue(ModelCache.ContentKey, out var content)
            ? content
            : $"{Path.GetFileName(file.Path)} (broken)";

    private static string Count(int models) => models == 1 ? "1 merged model" : $"{models} merged models";
}
