using System.Text.Json.Serialization;
using System.Text.Json;

namespace Kohaku.LanguageServer.Protocol;

/// <summary>The first request.</summary>
internal sealed record InitializeParams
{
    /// <summary>The process that started the server; the server ends with it.</summary>
    public int? ProcessId { get; init; }

    /// <summary>What the client is.</summary>
    public ClientInfo? ClientInfo { get; init; }

    /// <summary>What the client can do.</summary>
    public ClientCapabilities? Capabilities { get; init; }

    /// <summary>The server's own options: <see cref="ServerOptions"/>.</summary>
    public JsonElement? InitializationOptions { get; init; }

    /// <summary>The folder of clients that know only one; superseded by <see cref="WorkspaceFolders"/>.</summary>
    public string? RootUri { get; init; }

    /// <summary>The folders that are open.</summary>
    [JsonConverter(typeof(WholeArray<WorkspaceFolder>))]
    public WorkspaceFolder[]? WorkspaceFolders { get; init; }
}

/// <summary>What the client is.</summary>
internal sealed record ClientInfo(string Name, string? Version = null);

/// <summary>The answer to <c>initialize</c>.</summary>
internal sealed record InitializeResult(ServerCapabilities Capabilities, ServerInfo ServerInfo);

/// <summary>What the server is.</summary>
internal sealed record ServerInfo(string Name, string Version);

/// <summary>What kohaku's own clients send with <c>initialize</c>; each key may be missing.</summary>
internal sealed record ServerOptions
{
    /// <summary>The settings of the section <c>kohaku</c>.</summary>
    public JsonElement? Settings { get; init; }

    /// <summary>Whether files named by the workspace may be read as models; missing means yes.</summary>
    public bool? Trusted { get; init; }

    /// <summary>What kohaku's own extension can do; missing from other clients.</summary>
    public OwnClientOptions? Client { get; init; }

    /// <summary>Whether the client shows how images are made: it knows <c>kohaku.generate</c> and takes <c>kohaku/generation</c>.</summary>
    public bool? Generation { get; init; }

    /// <summary>Where the user's own data may lie; a path.</summary>
    public string? StoragePath { get; init; }
}

/// <summary>What kohaku's own extension can do.</summary>
internal sealed record OwnClientOptions
{
    /// <summary>Whether hovers may lead to the command <c>kohaku.applyFix</c>.</summary>
    public bool? ApplyFix { get; init; }
}
