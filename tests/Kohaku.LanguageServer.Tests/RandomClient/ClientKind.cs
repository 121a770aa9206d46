using System.Text.Json.Nodes;

namespace Kohaku.LanguageServer.Tests.RandomClient;

/// <summary>A client's abilities.</summary>
/// <param name="Encoding">What columns count.</param>
/// <param name="IsRich">Whether it can be asked for everything, as kohaku's own extension can.</param>
internal sealed record ClientKind(string Encoding, bool IsRich)
{
    private static readonly string[] s_requests =
    [
        "client/registerCapability", "workspace/diagnostic/refresh", "workspace/semanticTokens/refresh", "workspace/inlayHint/refresh", "workspace/codeLens/refresh", "window/workDoneProgress/create",
    ];

    // The last: a request of the server for a client that goes away is taken back.
    private static readonly string[] s_notifications = ["textDocument/publishDiagnostics", "$/progress", "window/logMessage", "window/showMessage", "kohaku/serverStatusChanged", "$/cancelRequest"];

    /// <summary>Its capabilities.</summary>
    /// <param name="pulls">Whether it is asked for its settings.</param>
    public JsonObject Capabilities(bool pulls)
    {
        var capabilities = TestClient.Pulling();
        capabilities["general"] = new JsonObject { ["positionEncodings"] = new JsonArray(Encoding) };
        if (!IsRich) return capabilities;

        capabilities["textDocument"]!["rename"] = new JsonObject { ["prepareSupport"] = true };
        capabilities["window"] = new JsonObject { ["workDoneProgress"] = true };
        var workspace = capabilities["workspace"]!.AsObject();
        workspace["configuration"] = pulls;
        workspace["workspaceFolders"] = true;
        foreach (var name in (string[])["didChangeWatchedFiles", "didChangeConfiguration"]) workspace[name] = new JsonObject { ["dynamicRegistration"] = true };
        foreach (var name in (string[])["diagnostics", "semanticTokens", "inlayHint", "codeLens"]) workspace[name] = new JsonObject { ["refreshSupport"] = true };
        return capabilities;
    }

    /// <summary>Its <c>initializationOptions</c>.</summary>
    public JsonObject Options() => IsRich ? Requests.Own() : [];

    /// <summary>Answers whatever the server may ask, and bears what it may tell.</summary>
    /// <param name="client">The client.</param>
    /// <param name="settings">Its settings.</param>
    public void Prepare(TestClient client, Func<JsonNode?> settings)
    {
        foreach (var method in s_notifications) client.Expect(method);
        var applied = 0;
        client.Answer("workspace/applyEdit", _ => new JsonObject { ["applied"] = applied++ % 2 == 0 });
        if (!IsRich) return;

        foreach (var method in s_requests) client.Answer(method, _ => null);
        client.Answer("workspace/configuration", _ => new JsonArray(settings()));
    }
}
