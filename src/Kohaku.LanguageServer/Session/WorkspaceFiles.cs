using Kohaku.Files;

namespace Kohaku.LanguageServer.Session;

/// <summary>The prompt files of a workspace.</summary>
internal static class WorkspaceFiles
{
    /// <summary>All of them, in order: absolute paths.</summary>
    public static IEnumerable<string> Prompts(Snapshot snapshot)
    {
        // What may not be read is told by the command line; an editor shows such folders itself.
        var walker = new FileWalker(new WalkOptions { Input = InputKind.Auto }, _ => { });
        foreach (var file in walker.Walk([.. snapshot.Client.Folders]))
        {
            if (file.Kind == InputKind.Prompt && !snapshot.Setup.IsExcluded(file.Path)) yield return Path.GetFullPath(file.Path);
        }
    }
}
