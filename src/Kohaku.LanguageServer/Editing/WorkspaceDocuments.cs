using Kohaku.Files;
using Kohaku.LanguageServer.Documents;
using Kohaku.LanguageServer.Session;

namespace Kohaku.LanguageServer.Editing;

/// <summary>The documents of a workspace: the open ones as they are in the editor, the others as they are on disk.</summary>
internal static class WorkspaceDocuments
{
    /// <summary>One document first, then the other open ones, then the files of the folders but those that are excluded.</summary>
    public static IEnumerable<Document> Of(Snapshot snapshot, Document first, CancellationToken cancel)
    {
        yield return first;
        foreach (var (path, open) in snapshot.Documents.OrderBy(item => item.Key, StringComparer.Ordinal))
            if (path != first.Path && !snapshot.Lost.Contains(path)) yield return open;

        // What cannot be read is no place for a tag; the linter reports it.
        var walker = new FileWalker(new WalkOptions { Input = InputKind.Prompt }, static _ => { });
        foreach (var file in walker.Walk(snapshot.Client.Folders))
        {
            cancel.ThrowIfCancellationRequested();
            var path = Path.GetFullPath(file.Path);
            if (snapshot.Documents.ContainsKey(path) || snapshot.Setup.IsExcluded(path)) continue;
            if (TextFile.TryRead(path, out var text, out _)) yield return Document.Open(DocumentPath.ToUri(path), null, text.Text, snapshot.Client.Encoding);
        }
    }
}
