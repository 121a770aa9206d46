using System.Text.Json;

namespace Kohaku.LanguageServer.Protocol;

/// <summary>A capability that is registered after the start.</summary>
internal sealed record Registration(string Id, string Method)
{
    /// <summary>Options of that method.</summary>
    public FileWatcherOptions? RegisterOptions { get; init; }
}

/// <summary>Files whose changes the client tells.</summary>
internal sealed record FileWatcherOptions(FileWatcher[] Watchers);

/// <param name="GlobPattern">A glob, from the folders of the workspace.</param>
internal sealed record FileWatcher(string GlobPattern);

/// <summary>A step of work that lasts.</summary>
/// <param name="Kind"><c>begin</c>, <c>report</c> or <c>end</c>.</param>
internal sealed record WorkDoneProgress(string Kind)
{
    public string? Title { get; init; }

    public string? Message { get; init; }

    /// <summary>0 to 100.</summary>
    public int? Percentage { get; init; }

    public bool? Cancellable { get; init; }
}

/// <summary>Whether the client applied an edit.</summary>
internal sealed record ApplyWorkspaceEditResult(bool Applied, string? FailureReason = null);

/// <summary><c>kohaku/serverStatus</c>: what the server works with.</summary>
internal sealed record ServerStatus
{
    public required string Version { get; init; }

    public required string Profile { get; init; }

    public required string Dialect { get; init; }

    public DatabaseStatus? Database { get; init; }

    /// <summary>The configuration of the first folder, or null.</summary>
    public string? Configuration { get; init; }

    /// <summary><c>ready</c> or <c>degraded</c>.</summary>
    public required string State { get; init; }

    /// <summary>What is degraded, and what to do.</summary>
    public string? Message { get; init; }

    /// <summary>Working set in bytes.</summary>
    public long Memory { get; init; }
}

/// <param name="Path">The index in use.</param>
/// <param name="Tags">How many tags it has.</param>
/// <param name="Source"><c>shipped</c> or <c>imported</c>.</param>
internal sealed record DatabaseStatus(string Path, int Tags, string Source);
