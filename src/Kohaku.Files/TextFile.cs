using System.Diagnostics.CodeAnalysis;

namespace Kohaku.Files;

/// <summary>A file of text: what it says, and how it stood on disk, so that a changed text is written back the same way.</summary>
public sealed class TextFile
{
    /// <summary>The most a file may hold to be read as one text; larger sets belong in a stream.</summary>
    public const int MaximumLength = 256 << 20;

    private LineMap? lines;

    private TextFile(string path, string text, TextEncoding encoding) => (Path, Text, Encoding) = (path, text, encoding);

    /// <summary>The path as the user named it.</summary>
    public string Path { get; }

    /// <summary>The whole text without the byte-order mark; line ends, NUL and (from UTF-16) lone surrogates are kept.</summary>
    public string Text { get; }

    /// <summary>How the text stood on disk.</summary>
    public TextEncoding Encoding { get; }

    /// <summary>Where the lines begin.</summary>
    public LineMap Lines => lines ??= new LineMap(Text);

    /// <summary>Reads a file in five system calls; the problem says what is wrong with one that is missing, forbidden, too large, a pipe or no text.</summary>
    public static bool TryRead(string path, [NotNullWhen(true)] out TextFile? file, [NotNullWhen(false)] out FileProblem? problem) =>
        TryRead(path, mayWait: false, out file, out problem);

    /// <summary>Reads a file, or where it may wait a pipe to its end.</summary>
    internal static bool TryRead(string path, bool mayWait, [NotNullWhen(true)] out TextFile? file, [NotNullWhen(false)] out FileProblem? problem)
    {
        file = null;
        var content = FileContent.Read(path, MaximumLength, mayWait, out problem);
        if (problem is not null) return false;

        using (content) return TryDecode(path, content.Bytes, out file, out problem);
    }

    /// <summary>Decodes bytes that were read elsewhere (standard input, say); <paramref name="path"/> only names them.</summary>
    public static bool TryDecode(
        string path, ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out TextFile? file, [NotNullWhen(false)] out FileProblem? problem)
    {
        var text = TextCodec.Decode(bytes, out var encoding, out var error);
        file = text is null ? null : new TextFile(path, text, encoding);
        problem = text is null ? new FileProblem(path, error!.Value.Message, error.Value.Line) : null;
        return text is not null;
    }

    /// <summary>A text that stands nowhere on disk, or in an editor only.</summary>
    public static TextFile FromText(string path, string text) => new(path, text, TextEncoding.Utf8);

    /// <summary>A text as this file's bytes: the same encoding and mark.</summary>
    public byte[] Encode(string text) => TextCodec.Encode(text, Encoding);

    /// <summary>Replaces the file's text, unless the file has changed since it was read.</summary>
    public ReplaceOutcome Replace(string newText, out FileProblem? problem) =>
        AtomicFile.Replace(Path, Encode(newText), Encode(Text), out problem);
}
