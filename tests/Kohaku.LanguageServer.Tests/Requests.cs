using System.Text.Json.Nodes;
using Kohaku.Files;

namespace Kohaku.LanguageServer.Tests;

/// <summary>Parameters that many requests share, and what answers look like in one line.</summary>
internal static class Requests
{
    /// <summary>About a document.</summary>
    public static JsonObject Document(string uri) => new() { ["textDocument"] = new JsonObject { ["uri"] = uri } };

    /// <summary>About a stretch of a document.</summary>
    public static JsonObject Stretch(string uri, (int Line, int Character) start, (int Line, int Character) end)
    {
        var request = Document(uri);
        request["range"] = TestClient.Range(start, end);
        return request;
    }

    /// <summary>About all of a document.</summary>
    public static JsonObject All(string uri) => Stretch(uri, (0, 0), (1_000_000, 0));

    /// <summary><c>0:1-0:5</c>.</summary>
    public static string Write(JsonNode range) => $"{Place(range["start"]!)}-{Place(range["end"]!)}";

    /// <summary><c>0:1</c>.</summary>
    public static string Place(JsonNode position) => $"{position["line"]}:{position["character"]}";

    /// <summary>The capabilities of a client that counts columns in bytes.</summary>
    public static JsonObject Bytes() => JsonNode.Parse(
        """{"general":{"positionEncodings":["utf-8"]},"textDocument":{"diagnostic":{},"documentSymbol":{"hierarchicalDocumentSymbolSupport":true}}}""")!.AsObject();

    /// <summary>Writes a file into the workspace.</summary>
    public static void WriteFile(TestClient client, string name, ReadOnlySpan<byte> content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(client.Folder, name))!);
        Assert.Null(AtomicFile.Write(Path.Combine(client.Folder, name), content));
    }

    /// <summary>Writes a text file into the workspace.</summary>
    public static void WriteFile(TestClient client, string name, string text) => WriteFile(client, name, System.Text.Encoding.UTF8.GetBytes(text));

    /// <summary>The options of kohaku's own extension.</summary>
    public static JsonObject Own() => JsonNode.Parse("""{"client":{"showDocument":true,"applyFix":true}}""")!.AsObject();
}
