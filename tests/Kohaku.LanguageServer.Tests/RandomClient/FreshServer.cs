using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kohaku.LanguageServer.Tests.RandomClient;

/// <summary>A second server in the same workspace that is sent everything whole: what the one that was edited must agree with in every word.</summary>
internal sealed class FreshServer : IAsyncDisposable
{
    private static readonly string[] s_ofDocuments =
    [
        "textDocument/diagnostic", "textDocument/semanticTokens/full", "textDocument/documentSymbol", "textDocument/foldingRange", "textDocument/documentLink", "textDocument/codeLens",
        "textDocument/formatting", "textDocument/inlayHint", "textDocument/hover", "textDocument/documentHighlight", "textDocument/references", "kohaku/promptStatus",
    ];

    private readonly TestClient _fresh;

    private FreshServer(TestClient fresh) => _fresh = fresh;

    /// <summary>Starts one beside another and opens the same documents.</summary>
    public static async Task<FreshServer> StartAsync(TestClient used, ClientKind kind, RandomWorkspace workspace, IEnumerable<(string Uri, int Version, string Text)> documents)
    {
        var options = kind.Options();
        options["settings"] = workspace.Settings;
        options["trusted"] = workspace.IsTrusted;
        var fresh = await TestClient.StartAsync(kind.Capabilities(pulls: false), options, client => kind.Prepare(client, () => null), host: used, folders: workspace.Folders);
        foreach (var (uri, version, text) in documents) await fresh.SendAsync(RandomClient.OpenMessage(uri, version, text));
        return new FreshServer(fresh);
    }

    /// <summary>The first difference between what both say, or null.</summary>
    public async Task<string?> DifferenceAsync(TestClient used, IEnumerable<(string Uri, JsonObject Place)> documents)
    {
        foreach (var (uri, place) in documents)
        {
            foreach (var method in s_ofDocuments)
            {
                if (await DifferenceAsync(used, method, Parameters(uri, place)) is { } difference) return $"{difference}\nin {uri}";
            }
        }

        return await DifferenceAsync(used, "workspace/diagnostic", new JsonObject { ["previousResultIds"] = new JsonArray() })
            ?? await DifferenceAsync(used, "workspace/symbol", new JsonObject { ["query"] = "" });
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _fresh.DisposeAsync();

    /// <summary>A result as it came, without the part of a result's name that counts configurations: half a character cannot be read into a string.</summary>
    public static string Raw(JsonNode? node) => node switch
    {
        null => "null",
        JsonObject inner => "{" + string.Join(',', inner.Select(pair => $"{pair.Key}:{(pair.Key == "resultId" ? NameOf(pair.Value) : Raw(pair.Value))}")) + "}",
        JsonArray items => "[" + string.Join(",\n", items.Select(Raw)) + "]",
        _ => node.GetValue<JsonElement>().GetRawText(),
    };

    private static JsonObject Parameters(string uri, JsonObject place)
    {
        var parameters = Requests.All(uri);
        parameters["position"] = place.DeepClone();
        parameters["options"] = new JsonObject { ["tabSize"] = 4, ["insertSpaces"] = true };
        return parameters;
    }

    // Of a finding's result the text's hash is left; of tokens nothing, they are counted.
    private static string NameOf(JsonNode? resultId) => resultId?.GetValue<string>() is { } id && id.IndexOf('-', StringComparison.Ordinal) is >= 0 and var dash ? id[dash..] : "";

    private async Task<string?> DifferenceAsync(TestClient used, string method, JsonObject parameters)
    {
        var left = used.AskAsync(method, parameters);
        var right = _fresh.AskAsync(method, parameters);
        var (a, b) = (Written(method, await left), Written(method, await right));
        return a == b ? null : $"{method}: the server that was edited says\n{a}\nand a fresh one\n{b}";
    }

    // The order of open documents is nobody's business.
    private static string Written(string method, JsonObject answer)
    {
        if (method != "workspace/diagnostic" || answer["result"] is not { } result) return Raw(answer["result"] ?? answer["error"]);

        return string.Join('\n', result["items"]!.AsArray().Select(Raw).Order(StringComparer.Ordinal));
    }
}
