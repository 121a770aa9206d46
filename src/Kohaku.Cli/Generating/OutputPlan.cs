using System.Globalization;
using System.Text;
using Kohaku.Cli.Terminal;
using Kohaku.Files;
using Kohaku.Jobs;

namespace Kohaku.Cli.Generating;

/// <summary>Where images go. A name that the user gave is theirs to be free; in folders a free one is found.</summary>
internal sealed class OutputPlan
{
    private const string Extension = ".png";
    private const int LongestTitle = 60;

    private readonly Session _session;
    private readonly string _folder;
    private readonly string? _file;
    private readonly string _title;
    private readonly int _images;

    /// <summary>Plans the outputs of a run.</summary>
    /// <exception cref="UserException">A file of that name is there, or it is none that can be written.</exception>
    public OutputPlan(GenerateOrder order, FoundPrompts prompts, Session session)
    {
        _session = session;
        _images = prompts.Prompts.Sum(prompt => prompt.Resolved.Requests.Sum(request => request.Count));
        _title = TitleOf(order.Prompt is null ? Path.GetFileNameWithoutExtension(order.Title) : order.Title);
        var output = order.Output is { } named ? session.Absolute(named) : session.Absolute("out");
        var isFolder = order.Output is null || Directory.Exists(output) || order.Output is [.., '/'] || order.Output[^1] == Path.DirectorySeparatorChar;
        var extension = Path.GetExtension(output);
        if (!isFolder && extension.Equals(Extension, StringComparison.OrdinalIgnoreCase))
        {
            _file = output;
            _folder = Path.GetDirectoryName(output)!;
            RequireFree(output);
            for (var i = 0; i < _images && _images > 1; i++) RequireFree(NumberedFile(i));
            return;
        }

        if (!isFolder && extension is ".jpg" or ".jpeg" or ".webp" or ".bmp" or ".gif" or ".tif" or ".tiff")
            throw new UserException($"--out {order.Output}: images are written as PNG only", "Name a .png file, or a folder");
        if (File.Exists(output)) throw new UserException($"--out {session.Relative(output)}: a file is there, and it is no folder", "Name a .png file, or a folder");
        _folder = output;
    }

    /// <summary>Writes an image to its place.</summary>
    /// <param name="number">Which image of the run, from 0.</param>
    /// <param name="seed">Its seed.</param>
    /// <param name="write">Writes a file that must not be there yet.</param>
    /// <returns>The path that was written, as a person here would write it.</returns>
    /// <exception cref="UserException">It cannot be written.</exception>
    public string Write(int number, ulong seed, Func<string, FileProblem?> write)
    {
        CreateFolder();
        var wanted = _file is null
            ? Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"{_title}-{seed}{Extension}"))
            : _images == 1 ? _file : NumberedFile(number);

        // A name may be taken, by an earlier run or meanwhile by another: the image is worth the next free one.
        for (var attempt = 1; ; attempt++)
        {
            var path = attempt == 1 ? wanted : Suffixed(wanted, attempt);
            if (Path.Exists(path)) continue;

            var problem = write(path);
            if (problem is null) return _session.Relative(path);
            if (!Path.Exists(path)) throw new UserException((problem with { Path = _session.Relative(path) }).ToString());
        }
    }

    private void CreateFolder()
    {
        try
        {
            Directory.CreateDirectory(_folder);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new UserException($"{_session.Relative(_folder)}: {refused.Message}", "Name another place with --out");
        }
    }

    private void RequireFree(string path)
    {
        if (Path.Exists(path)) throw new UserException($"{_session.Relative(path)} exists, and nothing is written over", "Remove it or name another file with --out");
    }

    private string NumberedFile(int number) => Suffixed(_file!, number + 1);

    private static string Suffixed(string path, int number) =>
        Path.Combine(Path.GetDirectoryName(path)!, string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileNameWithoutExtension(path)}-{number}{Path.GetExtension(path)}"));

    /// <summary>A text as a file name on every system: what names must not hold becomes <c>_</c>, and it is cut between characters.</summary>
    internal static string TitleOf(string text)
    {
        var name = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (name.Length >= LongestTitle) break;
            if (Rune.IsWhiteSpace(rune)) name.Append(name.Length > 0 && name[^1] != ' ' ? " " : "");
            else if (Rune.IsControl(rune) || rune == Rune.ReplacementChar || rune.Value is '<' or '>' or ':' or '"' or '/' or '\\' or '|' or '?' or '*') name.Append('_');
            else name.Append(rune.ToString());
        }

        var title = name.ToString().Trim(' ', '.', '-');
        return title.Length == 0 ? "image" : IsReserved(title) ? title + "_" : title;
    }

    // CON, COM1 and their kin are devices on Windows, whatever follows a dot.
    private static bool IsReserved(string title)
    {
        var stem = title.Split('.')[0].ToUpperInvariant();
        return stem is "CON" or "PRN" or "AUX" or "NUL" || (stem.Length == 4 && stem[..3] is "COM" or "LPT" && char.IsAsciiDigit(stem[3]));
    }
}
