using Kohaku.Analysis.Configuration;
using Kohaku.Files.Configuration;
using Kohaku.LanguageServer.Documents;
using Kohaku.LanguageServer.Protocol;
using Kohaku.LanguageServer.Session;

namespace Kohaku.LanguageServer.Editing;

/// <summary>Adds an unknown tag to those that the document's <c>kohaku.json</c> allows; makes that file where there is none.</summary>
internal static class AllowTag
{
    /// <summary>Adds the action, where the client can do it and the tag can be written.</summary>
    public static void Add(Snapshot snapshot, Document document, Protocol.Diagnostic finding, ActionList actions)
    {
        if (!DocumentPath.IsFile(document.Path) || TagOf(snapshot, document, finding) is not { } tag) return;

        var folder = Path.GetDirectoryName(document.Path)!;
        var file = new ConfigurationFinder().Find(folder);
        if ((file is null ? Create(snapshot, document, tag) : Change(snapshot, file, tag)) is { } edit)
            actions.AddEdit($"Add `{tag}` to the allowed tags", ActionKinds.QuickFix, edit, finding);
    }

    private static string? TagOf(Snapshot snapshot, Document document, Protocol.Diagnostic finding)
    {
        var offset = document.Lines.Offset(finding.Range.Start);
        using var reading = PartReading.At(snapshot, document, offset);
        if (reading.SideAt(reading.ToTree(offset)) is not { } side) return null;

        var tag = PartReading.TagAt(side, reading.ToTree(offset));
        if (tag < 0) return null;

        // Half a character cannot be written into a file.
        var text = side.Tags[tag].Text.Text;
        return TextConverter.FirstLoneSurrogate(text) >= 0 ? null : text;
    }

    private static WorkspaceEdit? Change(Snapshot snapshot, string file, string tag)
    {
        var open = snapshot.Documents.GetValueOrDefault(file);
        if ((open?.Text ?? ConfigurationText.Read(file).Text) is not { } text) return null;
        if (AllowEdit.In(text, tag) is not { } edits) return null;

        var document = open ?? Document.Open(DocumentPath.ToUri(file), null, text, snapshot.Client.Encoding);
        return WorkspaceEdits.Of(snapshot.Client, document, WorkspaceEdits.Places(document, edits));
    }

    private static WorkspaceEdit? Create(Snapshot snapshot, Document document, string tag)
    {
        if (!WorkspaceEdits.CreatesFiles(snapshot.Client)) return null;

        // Beside the workspace's own files, so that it holds for all of them.
        var folder = snapshot.Client.Folders.FirstOrDefault(folder => document.Path.StartsWith(folder.TrimEnd('/') + "/", StringComparison.Ordinal)) ?? Path.GetDirectoryName(document.Path)!;
        var uri = DocumentPath.ToUri(Path.Combine(folder, ConfigurationFinder.FileName));
        var start = new Position(0, 0);
        return new WorkspaceEdit
        {
            DocumentChanges =
            [
                new CreateFile(uri, new CreateFileOptions(IgnoreIfExists: false)),
                new TextDocumentEdit(new OptionalVersionedTextDocumentIdentifier(uri, null), [new TextEdit(new Protocol.Range(start, start), AllowEdit.NewFile(tag))]),
            ],
        };
    }
}
