using Kohaku.LanguageServer.Documents;
using Kohaku.LanguageServer.Protocol;

namespace Kohaku.LanguageServer.Session;

/// <summary>What is known of the client since <c>initialize</c>.</summary>
/// <param name="Capabilities">What it can do.</param>
/// <param name="Encoding">What columns are counted in.</param>
/// <param name="Folders">The folders that are open: absolute paths.</param>
/// <param name="StoragePath">Where the user's own data may lie, or null.</param>
internal sealed record ClientFacts(ClientCapabilities Capabilities, PositionEncoding Encoding, IReadOnlyList<string> Folders, string? StoragePath)
{
    /// <summary>Before <c>initialize</c>.</summary>
    public static ClientFacts None { get; } = new(new ClientCapabilities(), PositionEncoding.Utf16, [], null);

    /// <summary>Whether it is kohaku's own extension, which knows its commands.</summary>
    public bool IsOurs { get; init; }

    /// <summary>Whether it knows the command <c>kohaku.applyFix</c>.</summary>
    public bool AppliesFixes { get; init; }

    /// <summary>Whether it knows the command <c>kohaku.generate</c> and the notification <c>kohaku/generation</c>.</summary>
    public bool Generates { get; init; }

    /// <summary>Whether hovers are Markdown: unless it lists formats and Markdown is not among them.</summary>
    public bool WantsMarkdown => Capabilities.TextDocument?.Hover?.ContentFormat is not { Length: > 0 } formats || formats.Contains("markdown");

    /// <summary>Whether it asks for findings; to others they are sent.</summary>
    public bool Pulls => Capabilities.TextDocument?.Diagnostic is not null;

    /// <summary>The first folder, or where the process runs.</summary>
    public string FirstFolder => Folders.Count > 0 ? Folders[0] : Environment.CurrentDirectory;
}
