namespace Kohaku.Files;

/// <summary>A prompt that stands in a node.</summary>
/// <param name="Node">The node's id.</param>
/// <param name="Value">The string in the file.</param>
internal readonly record struct ComfyText(string Node, ComfyValue Value);

/// <summary>Goes from each sampler back along its conditionings to the texts that made them.</summary>
internal static class ComfyTexts
{
    private static readonly string[] TextInputs = ["text", "text_g", "text_l", "clip_g", "clip_l", "t5xxl", "prompt", "string", "value", "wildcard_text", "populated_text"];

    /// <summary>The texts of each sampler that no sampler before it has; without samplers, those of all text nodes by their titles.</summary>
    public static IEnumerable<(List<ComfyText> Positive, List<ComfyText> Negative)> Find(Dictionary<string, ComfyNode> nodes)
    {
        var taken = new HashSet<ComfyValue>(ReferenceEqualityComparer.Instance);
        var any = false;
        foreach (var sampler in nodes.Values.Where(IsStart))
        {
            var positive = Collect(nodes, sampler, "positive", taken);
            var negative = Collect(nodes, sampler, "negative", taken);
            if (positive.Count == 0 && negative.Count == 0) continue;

            any = true;
            yield return (positive, negative);
        }

        if (any) yield break;

        foreach (var node in nodes.Values.Where(static node => node.Type.Contains("TextEncode", StringComparison.OrdinalIgnoreCase)))
        {
            var texts = new List<ComfyText>();
            AddStrings(node, "positive", taken, texts);
            yield return node.Title.Contains("negative", StringComparison.OrdinalIgnoreCase) ? ([], texts) : (texts, []);
        }
    }

    // Samplers, guiders and loaders that encode: whatever takes both sides, and a guider that takes one.
    private static bool IsStart(ComfyNode node) =>
        node.Links.Exists(static link => link.Input is "positive" or "negative")
        || node.Strings.Exists(static text => text.Input is "positive" or "negative")
        || node.Type.Contains("Guider", StringComparison.Ordinal);

    private static List<ComfyText> Collect(Dictionary<string, ComfyNode> nodes, ComfyNode start, string side, HashSet<ComfyValue> taken)
    {
        var texts = new List<ComfyText>();
        var seen = new HashSet<(string, string)>();
        var waiting = new Stack<(string Id, string Side)>();
        foreach (var text in start.Strings)
        {
            if (text.Input == side && taken.Add(text.Value)) texts.Add(new ComfyText(start.Id, text.Value));
        }

        foreach (var link in start.Links)
        {
            if (link.Input == side || (side == "positive" && link.Input == "conditioning")) waiting.Push((link.From, SideOf(nodes, link, side)));
        }

        while (waiting.TryPop(out var next))
        {
            if (!nodes.TryGetValue(next.Id, out var node) || !seen.Add(next)) continue;

            AddStrings(node, next.Side, taken, texts);
            for (var i = node.Links.Count - 1; i >= 0; i--)
            {
                if (Leads(node.Links[i].Input, next.Side)) waiting.Push((node.Links[i].From, SideOf(nodes, node.Links[i], next.Side)));
            }
        }

        return texts;
    }

    // Nodes that pass both sides through (ControlNet) give the positive one at their first output, the negative one at their second.
    private static string SideOf(Dictionary<string, ComfyNode> nodes, ComfyLink link, string side) =>
        nodes.TryGetValue(link.From, out var from) && from.Links.Exists(static input => input.Input == "positive") && from.Links.Exists(static input => input.Input == "negative")
            ? link.Slot switch { 0 => "positive", 1 => "negative", _ => side }
            : side;

    private static bool Leads(string input, string side) =>
        input == side || input.Length == 0 || input == "any" || input.StartsWith("cond", StringComparison.OrdinalIgnoreCase)
        || input.StartsWith("string", StringComparison.Ordinal) || IsText(input, side);

    private static void AddStrings(ComfyNode node, string side, HashSet<ComfyValue> taken, List<ComfyText> texts)
    {
        // The editor's form gives no names to old nodes' values: there only nodes made for text are asked.
        foreach (var (input, value) in node.Strings)
        {
            if ((IsText(input, side) || input == side) && IsTextNode(node.Type) && taken.Add(value)) texts.Add(new ComfyText(node.Id, value));
        }
    }

    private static bool IsText(string input, string side) =>
        Array.IndexOf(TextInputs, input) >= 0 || input == $"text_{side}" || input.StartsWith("string_", StringComparison.Ordinal);

    private static bool IsTextNode(string type) =>
        type.Contains("Text", StringComparison.OrdinalIgnoreCase) || type.Contains("Prompt", StringComparison.OrdinalIgnoreCase)
        || type.Contains("String", StringComparison.OrdinalIgnoreCase) || type.Contains("Encode", StringComparison.OrdinalIgnoreCase)
        || type.Contains("positive", StringComparison.OrdinalIgnoreCase) || type.Contains("negative", StringComparison.OrdinalIgnoreCase);
}
