using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Kohaku.Files;
using Kohaku.LanguageServer.Documents;
using Kohaku.LanguageServer.Session;

namespace Kohaku.LanguageServer.Diagnosing;

/// <summary>The findings of files that are not open. Only their results' names are kept: linting a file again costs less than the memory of what was found.</summary>
internal sealed class WorkspaceFindings
{
    private readonly ConcurrentDictionary<string, Seen> _seen = new(StringComparer.Ordinal);

    /// <summary>The result of a file as it is now.</summary>
    /// <param name="snapshot">What it is linted with.</param>
    /// <param name="path">The file.</param>
    /// <param name="known">The result that the client has, or null.</param>
    /// <param name="cancel">Stops.</param>
    /// <param name="result">The result's name, and the findings unless the client has them.</param>
    /// <returns>Whether the file can be read.</returns>
    public bool TryRead(Snapshot snapshot, string path, string? known, CancellationToken cancel, [NotNullWhen(true)] out FileFindings? result)
    {
        result = null;
        var pool = snapshot.Setup.PoolFor(path);
        var file = new FileInfo(path);
        if (!file.Exists) return false;

        var stamp = (file.Length, file.LastWriteTimeUtc.Ticks, pool.Id);
        if (known is not null && _seen.TryGetValue(path, out var seen) && seen.Stamp == stamp && seen.ResultId == known)
        {
            result = new FileFindings(known, null);
            return true;
        }

        if (!TextFile.TryRead(path, out var text, out _)) return false;

        var id = ResultId.Of(pool, text.Text);
        _seen[path] = new Seen(stamp, id);
        result = new FileFindings(id, id == known ? null : PartLinter.Findings(snapshot, Document.Open(DocumentPath.ToUri(path), null, text.Text, snapshot.Client.Encoding), cancel));
        return true;
    }

    private readonly record struct Seen((long Length, long Written, long Pool) Stamp, string ResultId);
}

/// <summary>The result of a file.</summary>
/// <param name="ResultId">Its name.</param>
/// <param name="Items">The findings; null where the client has them.</param>
internal sealed record FileFindings(string ResultId, DiagnosticList? Items);
