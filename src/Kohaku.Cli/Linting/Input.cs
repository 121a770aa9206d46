using System.Diagnostics.CodeAnalysis;
using Kohaku.Cli.Terminal;
using Kohaku.Files;

namespace Kohaku.Cli.Linting;

/// <summary>Texts that are no files: standard input and the command line.</summary>
internal static class Input
{
    /// <summary>Opens the text that the options name.</summary>
    public static bool TryOpen(
        LintOptions options, Session session, string name, [NotNullWhen(true)] out HostDocument? document, [NotNullWhen(false)] out FileProblem? problem)
    {
        if (options.Prompt is not null)
        {
            document = HostDocument.OfPrompt(name, options.Prompt);
            problem = null;
            return true;
        }

        document = null;
        var kind = options.Input == InputKind.Auto && options.StandardInputName is null ? InputKind.Prompt : options.Input;
        if (ReadAll(session) is not { } bytes)
        {
            problem = new FileProblem(name, $"larger than {TextFile.MaximumLength >> 20} MB; give the prompts as JSON Lines or one a line, with --format jsonl");
            return false;
        }

        return TextFile.TryDecode(name, bytes, out var file, out problem)
            && HostDocument.TryOpen(file, kind, options.Host, out document, out problem);
    }

    // Null where there are more than a text may have.
    private static byte[]? ReadAll(Session session)
    {
        var input = session.Input();
        using var bytes = new MemoryStream();
        var piece = new byte[64 << 10];
        for (int read; (read = input.Read(piece)) > 0;)
        {
            if (bytes.Length + read > TextFile.MaximumLength) return null;
            bytes.Write(piece.AsSpan(0, read));
        }

        return bytes.ToArray();
    }
}
