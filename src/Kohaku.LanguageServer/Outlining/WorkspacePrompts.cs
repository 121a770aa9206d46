using System.Collections.Concurrent;
using Kohaku.Files;
using Kohaku.LanguageServer.Documents;
using Kohaku.LanguageServer.Protocol;
using Kohaku.LanguageServer.Session;

namespace Kohaku.LanguageServer.Outlining;

/// <summary>The first lines of all prompts of the workspace: of open documents as they are, of files as they were when they last changed.</summary>
internal sealed class WorkspacePrompts
{
    private readonly ConcurrentDictionary<string, Known> _files = new(StringComparer.Ordinal);

    /// <summary>The prompts, file by file.</summary>
    public IEnumerable<SymbolInformation> Of(Snapshot snapshot, CancellationToken cancel)
    {
        foreach (var document in snapshot.Documents.Values.OrderBy(document => document.Path, StringComparer.Ordinal))
        {
            cancel.ThrowIfCancellationRequested();
            foreach (var prompt in LinesOf(document)) yield return prompt;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var path in WorkspaceFiles.Prompts(snapshot))
        {
            cancel.ThrowIfCancellationRequested();
            if (!seen.Add(path) || snapshot.Documents.ContainsKey(path)) continue;

            foreach (var prompt in OfFile(path, snapshot.Client.Encoding)) yield return prompt;
        }

        foreach (var gone in _files.Keys)
            if (!seen.Contains(gone)) _files.TryRemove(gone, out _);
    }

    private SymbolInformation[] OfFile(string path, PositionEncoding encoding)
    {
        var file = new FileInfo(path);
        if (!file.Exists) return [];

        var stamp = (file.Length, file.LastWriteTimeUtc);
        if (_files.TryGetValue(path, out var known) && known.Stamp == stamp) return known.Prompts;

        // A file that cannot be read has no prompts that could be shown; the linter tells why.
        SymbolInformation[] prompts = TextFile.TryRead(path, out var text, out _) ? [.. LinesOf(Document.Open(DocumentPath.ToUri(path), null, text.Text, encoding))] : [];
        _files[path] = new Known(stamp, prompts);
        return prompts;
    }

    private static IEnumerable<SymbolInformation> LinesOf(Document document)
    {
        foreach (var part in document.Parts)
        {
            if (FirstLine(part.Part.Text) is not { } line) continue;

            var span = new Kohaku.Syntax.TextSpan(part.Start + line.Start, line.Length);
            yield return new SymbolInformation(PromptName.Line(document.Text.AsSpan(span.Start, span.Length)), SymbolKind.Module, new Location(document.Uri, document.Lines.Range(span)))
            {
                ContainerName = Path.GetFileName(document.Path),
            };
        }
    }

    // The first line with anything but a comment in it.
    private static Kohaku.Syntax.TextSpan? FirstLine(string text)
    {
        for (var start = 0; start < text.Length;)
        {
            var length = text.AsSpan(start).IndexOfAny('\n', '\r');
            if (length < 0) length = text.Length - start;
            var line = text.AsSpan(start, length);
            var trimmed = line.TrimStart().TrimStart('\uFEFF').TrimStart();
            if (trimmed.Length > 0 && trimmed[0] != '#')
            {
                var begin = start + line.Length - trimmed.Length;
                return new Kohaku.Syntax.TextSpan(begin, trimmed.TrimEnd().Length);
            }

            start += length + 1;
        }

        return null;
    }

    private sealed record Known((long Length, DateTime Written) Stamp, SymbolInformation[] Prompts);
}
