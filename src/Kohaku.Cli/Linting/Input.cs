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
        return TextFile.TryDecode(name, ReadAll(session), out var file, out problem)
            && HostDocument.TryOpen(file, kind, options.Host, out document, out problem);
    }

    /// <summary>All bytes of standard input.</summary>
    public static byte[] ReadAll(Session session)
    {
        using var bytes = new MemoryStream();
        session.Input().CopyTo(bytes);
        return bytes.ToArray();
    }
}
