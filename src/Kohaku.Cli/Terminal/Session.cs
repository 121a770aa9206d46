using System.Text;
using Kohaku.Jobs;

namespace Kohaku.Cli.Terminal;

/// <summary>What a command may touch of the world around it: streams, environment, clock.</summary>
/// <param name="Input">Opens standard input.</param>
/// <param name="Output">Standard output: results.</param>
/// <param name="Error">Standard error: errors, progress and the summary of a run.</param>
/// <param name="Variable">Looks an environment variable up.</param>
/// <param name="OutputLook">What standard output can show.</param>
/// <param name="ErrorLook">What standard error can show.</param>
/// <param name="InputIsTerminal">Whether a person would have to type the input.</param>
/// <param name="Directory">Where relative paths begin: absolute.</param>
/// <param name="Time">The clock.</param>
/// <param name="StopOnInterrupt">From its first call on, Ctrl-C no longer kills the process but cancels the token. For commands that must tidy up.</param>
internal sealed record Session(
    Func<Stream> Input,
    Stream Output,
    Stream Error,
    Func<string, string?> Variable,
    Look OutputLook,
    Look ErrorLook,
    Func<bool> InputIsTerminal,
    string Directory,
    TimeProvider Time,
    Func<CancellationToken> StopOnInterrupt)
{
    /// <summary>Opens models; asked only by commands that generate, since it brings the runtime's libraries with it.</summary>
    public Func<IGeneratorSource>? Generators { get; init; }

    /// <summary>UTF-8 without a mark; a lone surrogate becomes U+FFFD.</summary>
    public static Encoding Utf8 { get; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    /// <summary>What reading tags and configurations may touch; its warnings go to standard error.</summary>
    public Surroundings Surroundings => new(Variable, Directory, Warn);

    /// <summary>A buffered writer on standard output; what it holds is written when it is disposed.</summary>
    public TextWriter OpenOutput() => new StreamWriter(Output, Utf8, 64 * 1024, leaveOpen: true);

    /// <summary>A writer on standard error.</summary>
    public TextWriter OpenError() => new StreamWriter(Error, Utf8, 1024, leaveOpen: true);

    /// <summary>The absolute path of a path that a user wrote.</summary>
    public string Absolute(string path) => Path.GetFullPath(path, Directory);

    /// <summary>An absolute path as a person here would write it.</summary>
    public string Relative(string path)
    {
        if (!Path.IsPathRooted(path)) return path;

        var relative = Path.GetRelativePath(Directory, path);
        return relative is ".." or ['.', '.', '/' or '\\', ..] ? path : relative.Replace('\\', '/');
    }

    private void Warn(string said)
    {
        using var output = OpenError();
        new Page(output, ErrorLook).Write("warning", Ink.Warning).Write(": ").WriteForeign(said).Line();
    }
}
