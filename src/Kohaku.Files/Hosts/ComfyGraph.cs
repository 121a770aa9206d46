namespace Kohaku.Files;

/// <summary>The output of another node that feeds an input.</summary>
internal readonly record struct ComfyLink(string Input, string From, int Slot);

/// <summary>A string that stands in a node.</summary>
internal readonly record struct ComfyString(string Input, ComfyValue Value);

/// <summary>A node of a workflow, whichever form it was saved in.</summary>
internal sealed record ComfyNode(string Id, string Type, string Title, List<ComfyLink> Links, List<ComfyString> Strings);

/// <summary>Reads both forms of ComfyUI's workflows into nodes: the API's, and the editor's with its list of links.</summary>
internal static class ComfyGraph
{
    private const int Muted = 2;
    private const int Bypassed = 4;

    /// <summary>The nodes by id, in the order of the file; null where this is no workflow.</summary>
    public static Dictionary<string, ComfyNode>? Read(ComfyValue root)
    {
        if (root.Members is not { } workflow) return null;
        // The API's request wraps the workflow.
        if (root["prompt"]?.Members is { } inner && inner.Values.Any(static node => node["class_type"] is not null)) workflow = inner;
        return workflow.GetValueOrDefault("nodes")?.Items is { } nodes ? FromEditor(nodes, workflow.GetValueOrDefault("links")?.Items) : FromApi(workflow);
    }

    private static Dictionary<string, ComfyNode>? FromApi(OrderedDictionary<string, ComfyValue> workflow)
    {
        var nodes = new Dictionary<string, ComfyNode>();
        foreach (var (id, node) in workflow)
        {
            if (node["class_type"]?.Text is not { } type) continue;

            var read = new ComfyNode(id, type, node["_meta"]?["title"]?.Text ?? "", [], []);
            foreach (var (name, value) in node["inputs"]?.Members ?? [])
            {
                if (value.Items is [{ Text: { } from }, { Number: { } slot }]) read.Links.Add(new ComfyLink(name, from, slot));
                else if (value.IsString) read.Strings.Add(new ComfyString(name, value));
            }

            nodes.Add(id, read);
        }

        return nodes.Count > 0 ? nodes : null;
    }

    private static Dictionary<string, ComfyNode> FromEditor(List<ComfyValue> nodes, List<ComfyValue>? links)
    {
        var origins = new Dictionary<string, (string From, int Slot)>();
        foreach (var link in links ?? [])
        {
            var (id, from, slot) = link.Items is [var first, var second, var third, ..]
                ? (first.Text, second.Text, third.Number)
                : (link["id"]?.Text, link["origin_id"]?.Text, link["origin_slot"]?.Number);
            if (id is not null && from is not null && slot is not null) origins[id] = (from, slot.Value);
        }

        var read = new Dictionary<string, ComfyNode>();
        foreach (var node in nodes)
        {
            if (node["id"]?.Text is not { } id || node["type"]?.Text is not { } type || node["mode"]?.Number is Muted or Bypassed) continue;

            var inputs = node["inputs"]?.Items ?? [];
            var entry = new ComfyNode(id, type, node["title"]?.Text ?? "", [], []);
            foreach (var input in inputs)
            {
                if (input["link"]?.Text is { } link && origins.TryGetValue(link, out var origin)) entry.Links.Add(new ComfyLink(input["name"]?.Text ?? "", origin.From, origin.Slot));
            }

            AddWidgets(entry, node["widgets_values"], inputs);
            read.TryAdd(id, entry);
        }

        return read;
    }

    // The editor saves values in the order of its widgets; newer ones say which input each belongs to.
    private static void AddWidgets(ComfyNode node, ComfyValue? values, List<ComfyValue> inputs)
    {
        foreach (var (name, value) in values?.Members ?? [])
        {
            if (value.IsString) node.Strings.Add(new ComfyString(name, value));
        }

        if (values?.Items is not { } list) return;

        var widgets = inputs.Where(static input => input["widget"]?.Members is not null).ToList();
        var names = widgets.Select(static input => input["name"]?.Text ?? "").ToList();
        var linked = widgets.Where(static input => input["link"]?.Text is not null).Select(static input => input["name"]?.Text).ToHashSet();
        for (var i = 0; i < list.Count; i++)
        {
            var name = list.Count == names.Count ? names[i] : "text";
            if (list[i].IsString && !linked.Contains(name)) node.Strings.Add(new ComfyString(name, list[i]));
        }
    }
}
