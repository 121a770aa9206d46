using System.Text.Json.Nodes;

namespace Kohaku.LanguageServer.Tests.Conformance;

/// <summary>The Language Server Protocol's machine-readable model: the part that the server uses (<c>tests/Protocol/model.json</c>), or the whole where <c>KOHAKU_METAMODEL</c> names it.</summary>
internal sealed class ProtocolModel
{
    private readonly Dictionary<string, JsonObject> _structures;
    private readonly Dictionary<string, JsonObject> _aliases;
    private readonly Dictionary<string, JsonObject> _enumerations;

    private ProtocolModel(JsonObject model)
    {
        (_structures, _aliases, _enumerations) = (ByName(model, "structures"), ByName(model, "typeAliases"), ByName(model, "enumerations"));
        foreach (var request in model["requests"]!.AsArray())
        {
            var fromClient = request!["messageDirection"]!.GetValue<string>() != "serverToClient";
            Reach(request["params"], fromClient ? Received : Sent);
            Reach(request["result"], fromClient ? Sent : Received);
            Reach(request["partialResult"], Sent);
        }

        foreach (var notification in model["notifications"]!.AsArray())
        {
            var direction = notification!["messageDirection"]!.GetValue<string>();
            if (direction != "serverToClient") Reach(notification["params"], Received);
            if (direction != "clientToServer") Reach(notification["params"], Sent);
        }
    }

    /// <summary>Structures that the server sends.</summary>
    public HashSet<string> Sent { get; } = [];

    /// <summary>Structures that the server receives.</summary>
    public HashSet<string> Received { get; } = [];

    /// <summary>Reads the extract in the source tree.</summary>
    public static ProtocolModel Shipped() => Read(Path.Combine(Root(), "tests", "Protocol", "model.json"));

    /// <summary>Reads a model.</summary>
    public static ProtocolModel Read(string path) => new(JsonNode.Parse(File.ReadAllText(path))!.AsObject());

    /// <summary>Whether there is a structure.</summary>
    public bool Has(string structure) => _structures.ContainsKey(structure);

    /// <summary>The properties of a structure by name, with those it extends and mixes in.</summary>
    public Dictionary<string, JsonObject> Properties(string structure)
    {
        var all = new Dictionary<string, JsonObject>(StringComparer.Ordinal);
        Add(_structures[structure]["properties"]!.AsArray());
        foreach (var kind in (string[])["extends", "mixins"])
        {
            foreach (var parent in _structures[structure][kind]?.AsArray() ?? [])
                foreach (var (name, property) in Properties(parent!["name"]!.GetValue<string>())) all.TryAdd(name, property);
        }

        return all;

        void Add(JsonArray properties)
        {
            foreach (var property in properties) all[property!["name"]!.GetValue<string>()] = property.AsObject();
        }
    }

    /// <summary>What a type is when aliases and enumerations are looked through: the alternatives of an <c>or</c>, or the type itself.</summary>
    public IEnumerable<JsonObject> Alternatives(JsonObject type)
    {
        var kind = type["kind"]!.GetValue<string>();
        if (kind == "or") return type["items"]!.AsArray().SelectMany(item => Alternatives(item!.AsObject()));
        if (kind != "reference") return [type];

        var name = type["name"]!.GetValue<string>();
        if (_aliases.TryGetValue(name, out var alias)) return Alternatives(alias["type"]!.AsObject()).Append(type);
        return _enumerations.TryGetValue(name, out var enumeration) ? [enumeration["type"]!.AsObject()] : [type];
    }

    /// <summary>The folder of the source tree.</summary>
    public static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "KohakuLsp.sln"))) folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("the tests run outside of the source tree");
        return folder;
    }

    private static Dictionary<string, JsonObject> ByName(JsonObject model, string kind) =>
        model[kind]!.AsArray().ToDictionary(item => item!["name"]!.GetValue<string>(), item => item!.AsObject());

    private void Reach(JsonNode? node, HashSet<string> seen)
    {
        switch (node)
        {
            case JsonObject type:
                if (type["kind"] is JsonValue kind && kind.GetValue<string>() == "reference")
                {
                    var name = type["name"]!.GetValue<string>();
                    if (!seen.Add(name)) return;
                    Reach(_structures.GetValueOrDefault(name), seen);
                    Reach(_aliases.GetValueOrDefault(name), seen);
                    return;
                }

                foreach (var (_, value) in type) Reach(value, seen);
                break;
            case JsonArray items:
                foreach (var item in items) Reach(item, seen);
                break;
        }
    }
}
