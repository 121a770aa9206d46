namespace Kohaku.Files;

/// <summary>Why a file, or a part of one, could not be read or written: one line for the user.</summary>
/// <param name="Path">The file as the user named it.</param>
/// <param name="Message">What is the matter, and what to do.</param>
/// <param name="Line">From 1, where the problem has a line.</param>
/// <param name="Column">In UTF-16 units from 1, where the problem has a column.</param>
public sealed record FileProblem(string Path, string Message, int? Line = null, int? Column = null)
{
    /// <summary><c>path:line:column: message</c>, with as much of the place as is known.</summary>
    public override string ToString() => (Line, Column) switch
    {
        (null, _) => $"{Path}: {Message}",
        (_, null) => $"{Path}:{Line}: {Message}",
        _ => $"{Path}:{Line}:{Column}: {Message}",
    };

    /// <summary>Says what the operating system refused in words that name a remedy.</summary>
    public static FileProblem From(Exception error, string path) => error switch
    {
        // What .NET cannot decode of a name becomes this sign, and no file is found by it.
        FileNotFoundException or DirectoryNotFoundException when path.Contains('\uFFFD', StringComparison.Ordinal) =>
            new(path, "its name is not UTF-8, and only such names can be opened; rename it"),
        FileNotFoundException or DirectoryNotFoundException => new(path, "no such file or directory; check the path"),
        UnauthorizedAccessException => new(path, "permission denied; change the file's rights or leave it out"),
        PathTooLongException => new(path, "the path is too long for this system; move the file up"),
        IOException { HResult: DiskFull or OverQuota or DiskFullOnWindows } => new(path, "the disk is full, nothing was changed; free some space and run again"),
        IOException { HResult: ReadOnlyFileSystem } => new(path, "on a read-only file system, nothing was changed; leave it out, or write elsewhere"),
        _ => new(path, FirstSentence(error.Message, path)),
    };

    /// <summary>The exceptions by which the system says no; all others are mistakes in the program.</summary>
    internal static bool IsExpected(Exception error) =>
        error is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException;

    private const int ReadOnlyFileSystem = 30;
    private const int DiskFull = 28;
    private const int OverQuota = 122;
    private const int DiskFullOnWindows = unchecked((int)0x80070070);

    private static string FirstSentence(string message, string path)
    {
        var text = message.Replace($" : '{path}'", "", StringComparison.Ordinal).Replace($" '{path}'", "", StringComparison.Ordinal);
        return text.TrimEnd('.');
    }
}
