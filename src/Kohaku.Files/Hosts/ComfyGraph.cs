using Newtonsoft.Json.Linq;

namespace Kohaku.Files;

/// <summary>The output of another node that feeds an input.</summary>
internal readonly record struct ComfyLink(string Input, string From, int Slot);

/// <summary>A string that stands in a node.</summary>
internal readonly record struct ComfyString(string Input, JValue Value);

/// <summary>A node of a workflow, whichever form it was saved in.</summary>
internal sealed record ComfyNode(string Id, string Type, string Title, List<ComfyLink> Links, List<ComfyString> Strings);

/// <summary>Reads both forms of ComfyUI's workflows into nodes: the API's, and the editor's with its list of links.</summary>
internal static class ComfyGraph
{
    private const int Muted = 2;
    private const int Bypassed = 4;

    /// <summary>The nodes by id, in the order of the file; null where this is no workflow.</summary>
    public static Dictionary<string, ComfyNode>? Read(JToken root)
    {
        if (root is not JObject workflow) return null;
        // The API's request wraps the workflow.
        if (workflow["prompt"] is JObject inner && inner.Properties().Any(static property => property.Value is JObject node && node["class_type"] is not null)) workflow = inner;
        return workflow["nodes"] is JArray nodes ? FromEditor(nodes, workflow["links"] as JArray) : FromApi(workflow);
    }

    private static Dictionary<string, ComfyNode>? FromApi(JObject workflow)
    {
        var nodes = new Dictionary<string, ComfyNode>();
        foreach (var property in workflow.Properties())
        {
            if (property.Value is not JObject node || Text(node["class_type"]) is not { } type) continue;

            var read = new ComfyNode(property.Name, type, Text((node["_meta"] as JObject)?["title"]) ?? "", [], []);
            foreach (var input in (node["inputs"] as JObject)?.Properties() ?? [])
            {
                if (input.Value is JArray { Count: 2 } link && Text(link[0]) is { } from && Number(link[1]) is { } slot) read.Links.Add(new ComfyLink(input.Name, from, slot));
                else if (input.Value is JValue { Type: JTokenType.String } value) read.Strings.Add(new ComfyString(input.Name, value));
            }

            nodes.TryAdd(property.Name, read);
        }

        return nodes.Count > 0 ? nodes : null;
    }

    private static Dictionary<string, ComfyNode> FromEditor(JArray nodes, JArray? links)
    {
        var origins = new Dictionary<string, (string From, int Slot)>();
        foreach (var link in links ?? [])
        {
            var (id, from, slot) = link switch
            {
                JArray { Count: >= 3 } list => (Text(list[0]), Text(list[1]), Number(list[2])),
                JObject named => (Text(named["id"]), Text(named["origin_id"]), Number(named["origin_slot"])),
                _ => (null, null, null),
            };
            if (id is not null && from is not null && slot is not null) origins[id] = (from, slot.Value);
        }

        var read = new Dictionary<string, ComfyNode>();
        foreach (var node in nodes.OfType<JObject>())
        {
            if (Text(node["id"]) is not { } id || Text(node["type"]) is not { } type || Number(node["mode"]) is Muted or Bypassed) continue;

            var inputs = (node["inputs"] as JArray ?? []).OfType<JObject>().ToList();
            var entry = new ComfyNode(id, type, Text(node["title"]) ?? "", [], []);
            foreach (var input in inputs)
            {
                if (Text(input["link"]) is { } link && origins.TryGetValue(link, out var origin)) entry.Links.Add(new ComfyLink(Text(input["name"]) ?? "", origin.From, origin.Slot));
            }

            AddWidgets(entry, node["widgets_values"], inputs);
            read.TryAdd(id, entry);
        }

        return read;
    }

    // The editor saves values in the order of its widgets; newer ones say which input each belongs to.
    private static void AddWidgets(ComfyNode node, JToken? values, List<JObject> inputs)
    {
        if (values is JObject named)
        {
            foreach (var property in named.Properties())
            {
                if (property.Value is JValue { Type: JTokenType.String } value) node.Strings.Add(new ComfyString(property.Name, value));
            }

            return;
        }

        if (values is not JArray list) return;

        var names = inputs.Where(static input => input["widget"] is JObject).Select(static input => Text(input["name"]) ?? "").ToList();
        var linked = inputs.Where(static input => input["widget"] is JObject && Text(input["link"]) is not null).Select(static input => Text(input["name"])).ToHashSet();
        for (var i = 0; i < list.Count; i++)
        {
            var name = list.Count == names.Count ? names[i] : "text";
            if (list[i] is JValue { Type: JTokenType.String } value && !linked.Contains(name)) node.Strings.Add(new ComfyString(name, value));
        }
    }

    private static string? Text(JToken? token) => token is JValue { Type: JTokenType.String or JTokenType.Integer, Value: { } value } ? Convert.ToString(value) : null;

    private static int? Number(JToken? token) => token is JValue { Type: JTokenType.Integer, Value: long value and >= 0 and < int.MaxValue } ? (int)value : null;
}
