using System.Text.Json.Nodes;

namespace Kohaku.LanguageServer.Tests.RandomClient;

/// <summary>A kind of request and how one is made.</summary>
/// <param name="Method">Its name.</param>
/// <param name="Capability">Offered where the server's capabilities hold this path.</param>
/// <param name="Parameters">Made for a document's URI and two places, the first before the second.</param>
/// <param name="Refusals">Errors that are right answers: <c>rename</c> where there is no tag.</param>
internal sealed record RequestKind(string Method, string Capability, Func<string, JsonObject, JsonObject, JsonObject> Parameters, params int[] Refusals)
{
    /// <summary>Whether every place in its answer is one of the document asked about.</summary>
    public bool IsAboutDocument { get; init; } = true;
}

/// <summary>Every request that a server may offer for a document.</summary>
internal static class RandomRequests
{
    private const int RequestFailed = -32803;

    private static readonly RequestKind[] s_all =
    [
        new("textDocument/diagnostic", "diagnosticProvider", (uri, _, _) => Of(uri)),
        new("workspace/diagnostic", "diagnosticProvider/workspaceDiagnostics", (_, _, _) => new JsonObject { ["previousResultIds"] = new JsonArray() }) { IsAboutDocument = false },
        new("textDocument/completion", "completionProvider", At),
        new("textDocument/hover", "hoverProvider", At),
        new("textDocument/codeAction", "codeActionProvider", (uri, start, end) => With(InRange(uri, start, end), "context", new JsonObject { ["diagnostics"] = new JsonArray() })),
        new("textDocument/semanticTokens/full", "semanticTokensProvider/full", (uri, _, _) => Of(uri)),
        new("textDocument/semanticTokens/full/delta", "semanticTokensProvider/full/delta", (uri, _, _) => With(Of(uri), "previousResultId", "1")),
        new("textDocument/semanticTokens/range", "semanticTokensProvider/range", InRange),
        new("textDocument/inlayHint", "inlayHintProvider", InRange),
        new("textDocument/documentSymbol", "documentSymbolProvider", (uri, _, _) => Of(uri)),
        new("workspace/symbol", "workspaceSymbolProvider", (_, _, _) => new JsonObject { ["query"] = "girl" }) { IsAboutDocument = false },
        new("textDocument/foldingRange", "foldingRangeProvider", (uri, _, _) => Of(uri)),
        new("textDocument/selectionRange", "selectionRangeProvider", (uri, start, end) => With(Of(uri), "positions", new JsonArray(start.DeepClone(), end.DeepClone()))),
        new("textDocument/documentHighlight", "documentHighlightProvider", At),
        new("textDocument/linkedEditingRange", "linkedEditingRangeProvider", At),
        new("textDocument/references", "referencesProvider", (uri, start, end) => With(At(uri, start, end), "context", new JsonObject { ["includeDeclaration"] = true })) { IsAboutDocument = false },
        new("textDocument/prepareRename", "renameProvider/prepareProvider", At, RequestFailed),
        new("textDocument/rename", "renameProvider", (uri, start, end) => With(At(uri, start, end), "newName", "red eyes"), RequestFailed) { IsAboutDocument = false },
        new("textDocument/documentLink", "documentLinkProvider", (uri, _, _) => Of(uri)),
        new("textDocument/codeLens", "codeLensProvider", (uri, _, _) => Of(uri)),
        new("textDocument/formatting", "documentFormattingProvider", (uri, _, _) => With(Of(uri), "options", Options())),
        new("textDocument/rangeFormatting", "documentRangeFormattingProvider", (uri, start, end) => With(InRange(uri, start, end), "options", Options())),
        new("textDocument/onTypeFormatting", "documentOnTypeFormattingProvider", (uri, start, end) => With(With(At(uri, start, end), "options", Options()), "ch", ",")),
    ];

    /// <summary>Those that a server offers.</summary>
    public static RequestKind[] Offered(JsonNode capabilities) => [.. s_all.Where(kind => Holds(capabilities, kind.Capability))];

    private static bool Holds(JsonNode capabilities, string path)
    {
        JsonNode? node = capabilities;
        foreach (var key in path.Split('/'))
        {
            node = node is JsonObject inner ? inner[key] : null;
        }

        return node is not null && !(node is JsonValue value && value.TryGetValue(out bool offered) && !offered);
    }

    private static JsonObject Of(string uri) => new() { ["textDocument"] = new JsonObject { ["uri"] = uri } };

    private static JsonObject At(string uri, JsonObject start, JsonObject end) => With(Of(uri), "position", start);

    private static JsonObject InRange(string uri, JsonObject start, JsonObject end) =>
        With(Of(uri), "range", new JsonObject { ["start"] = start.DeepClone(), ["end"] = end.DeepClone() });

    private static JsonObject Options() => new() { ["tabSize"] = 4, ["insertSpaces"] = true };

    private static JsonObject With(JsonObject parameters, string name, JsonNode value)
    {
        parameters[name] = value.DeepClone();
        return parameters;
    }
}
