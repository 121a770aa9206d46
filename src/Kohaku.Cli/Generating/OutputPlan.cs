using Kohaku.Cli.Terminal;
using Kohaku.Files;
using Kohaku.Jobs.Output;

namespace Kohaku.Cli.Generating;

/// <summary>Where images go. A name that the user gave is theirs to be free; in folders a free one is found.</summary>
internal sealed class OutputPlan
{
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
        _title = OutputName.TitleOf(order.Prompt is null ? Path.GetFileNameWithoutExtension(order.Title) : order.Title);
        var output = order.Output is { } named ? session.Absolute(named) : session.Absolute("out");
        var isFolder = order.Output is null || Directory.Exists(output) || order.Output is [.., '/'] || order.Output[^1] == Path.DirectorySeparatorChar;
        var extension = Path.GetExtension(output);
        if (!isFolder && extension.Equals(OutputName.Extension, StringComparison.OrdinalIgnoreCase))
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
        var wanted = _file is null ? Path.Combine(_folder, OutputName.Of(_title, seed)) : _images == 1 ? _file : NumberedFile(number);
        if (OutputName.WriteFree(wanted, write, out var path) is { } problem) throw new UserException((problem with { Path = _session.Relative(path) }).ToString());
        return _session.Relative(path);
    }

    private void CreateFolder()
    {
        try
        {
            Directory.CreateDirectory(_folder);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new UserException(FileProblem.From(refused, _session.Relative(_folder)).ToString(), "Name another place with --out");
        }
    }

    private void RequireFree(string path)
    {
        if (Path.Exists(path)) throw new UserException($"{_session.Relative(path)} exists, and nothing is written over", "Remove it or name another file with --out");
    }

    private string NumberedFile(int number) => OutputName.Numbered(_file!, number + 1);
}
