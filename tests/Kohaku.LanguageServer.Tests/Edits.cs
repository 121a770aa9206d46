using System.Text.Json.Nodes;

namespace Kohaku.LanguageServer.Tests;

/// <summary>Edits of answers, applied as a client applies them.</summary>
internal static class Edits
{
    /// <summary>The text after the edits of an answer; they must not overlap.</summary>
    public static string Apply(string text, JsonNode? edits)
    {
        var lines = LineStarts(text);
        var spans = edits!.AsArray().Select(edit => (Start: Offset(edit!["range"]!["start"]!), End: Offset(edit["range"]!["end"]!), Text: edit["newText"]!.GetValue<string>()))
            .OrderBy(edit => edit.Start).ThenBy(edit => edit.End).ToList();
        for (var i = 1; i < spans.Count; i++) Assert.True(spans[i - 1].End <= spans[i].Start, "edits overlap");
        for (var i = spans.Count - 1; i >= 0; i--) text = text[..spans[i].Start] + spans[i].Text + text[spans[i].End..];
        return text;

        int Offset(JsonNode place)
        {
            var offset = lines[place["line"]!.GetValue<int>()] + place["character"]!.GetValue<int>();
            Assert.InRange(offset, 0, text.Length);
            return offset;
        }
    }

    /// <summary>The edits of a workspace edit in a document.</summary>
    public static JsonArray Of(JsonNode? workspaceEdit, string uri) =>
        workspaceEdit!["changes"]?[uri]?.AsArray()
        ?? workspaceEdit["documentChanges"]!.AsArray().Single(change => change!["textDocument"]?["uri"]?.GetValue<string>() == uri)!["edits"]!.AsArray();

    /// <summary>A range as the protocol writes it, of a whole text.</summary>
    public static JsonObject Whole(string text) => TestClient.Range((0, 0), (LineStarts(text).Count, 0));

    private static List<int> LineStarts(string text)
    {
        var starts = new List<int> { 0 };
        for (var i = 0; i < text.Length; i++)
            if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.Length || text[i + 1] != '\n'))) starts.Add(i + 1);
        return starts;
    }
}
