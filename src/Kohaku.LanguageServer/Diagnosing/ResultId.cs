using Kohaku.LanguageServer.Documents;
using Kohaku.LanguageServer.Session;

namespace Kohaku.LanguageServer.Diagnosing;

/// <summary>Names a text together with what it was linted with: where the name is the same, so are the findings.</summary>
internal static class ResultId
{
    /// <summary>An open document's.</summary>
    public static string Of(Snapshot snapshot, Document document)
    {
        var id = Of(snapshot.Setup.PoolFor(document.Path), document.Text);
        return snapshot.ModelInUse is { } model ? $"{id}-{model.Id}" : id;
    }

    /// <summary>A text's.</summary>
    public static string Of(WorkbenchPool pool, string text) => $"{pool.Id}-{ContentHash.Of(text):x32}";
}
