using System.Text.Encodings.Web;
using System.Text.Json;
using Kohaku.Analysis.Configuration.Json;
using Kohaku.Syntax;

namespace Kohaku.Analysis.Configuration;

/// <summary>Adds a text to <c>tags.allow</c> of a <c>kohaku.json</c>; all else, comments included, stays as it is.</summary>
public static class AllowEdit
{
    /// <summary>A configuration that allows one text and says nothing else.</summary>
    public static string NewFile(string tag) => $"{{\n  \"tags\": {{ \"allow\": [{Quoted(tag)}] }}\n}}\n";

    /// <summary>The edits; null where the text is no configuration, or allows it already.</summary>
    /// <param name="text">The file.</param>
    /// <param name="tag">What shall count as known.</param>
    public static IReadOnlyList<TextEdit>? In(string text, string tag)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (JsonText.Read(text).Root is not { Kind: JsonKind.Object } root) return null;

        var mark = text.StartsWith('\uFEFF') ? 1 : 0;
        var quoted = Quoted(tag);
        if (Find(root, "tags") is not { } tags) return [Member(text, mark, root, $"\"tags\": {{ \"allow\": [{quoted}] }}")];
        if (tags.Kind != JsonKind.Object) return null;
        if (Find(tags, "allow") is not { } allow) return [Member(text, mark, tags, $"\"allow\": [{quoted}]")];
        if (allow.Kind == JsonKind.Array)
            return allow.Items.Exists(item => item.Text == tag) ? null : [First(text, mark + allow.Start + 1, allow.Items.Count > 0 ? mark + allow.Items[0].Start : -1, quoted)];
        if (allow.Kind != JsonKind.String || allow.Text == tag) return null;

        // One text alone may stand without its list.
        var start = mark + allow.Start;
        return [new TextEdit(new TextSpan(start, 0), "["), new TextEdit(new TextSpan(EndOfString(text, start), 0), $", {quoted}]")];
    }

    private static JsonNode? Find(JsonNode node, string name)
    {
        JsonNode? found = null;
        foreach (var member in node.Members)
            if (member.Name == name) found = member.Value;
        return found;
    }

    private static TextEdit Member(string text, int mark, JsonNode node, string member) =>
        First(text, mark + node.Start + 1, node.Members.Count > 0 ? mark + node.Members[0].Start : -1, member);

    /// <summary>Writes something before the first thing in a bracket, in that one's layout.</summary>
    private static TextEdit First(string text, int start, int first, string added)
    {
        if (first < 0) return new TextEdit(new TextSpan(start, 0), added);

        var before = text[start..first];
        return new TextEdit(new TextSpan(first, 0), added + "," + (string.IsNullOrWhiteSpace(before) && before.Contains('\n', StringComparison.Ordinal) ? before : " "));
    }

    private static int EndOfString(string text, int start)
    {
        var at = start + 1;
        while (at < text.Length && text[at] != text[start]) at += text[at] == '\\' ? 2 : 1;
        return Math.Min(at + 1, text.Length);
    }

    private static string Quoted(string tag) => $"\"{JsonEncodedText.Encode(tag, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
}
