namespace Kohaku.Analysis.Configuration.Json;

/// <summary>Takes an object's members by name, and reports those that nobody took and those of another kind than was asked for.</summary>
internal sealed class JsonObject
{
    private readonly JsonNode node;
    private readonly string path;
    private readonly JsonProblems problems;
    private readonly List<string> asked = [];

    public JsonObject(JsonNode node, string path, JsonProblems problems)
    {
        this.node = node;
        this.path = path;
        this.problems = problems;
        if (node.Kind != JsonKind.Object) problems.Add(node.Start, path, $"{node.Described} stands where an object belongs");
    }

    /// <summary>Where the object begins.</summary>
    public int Start => node.Start;

    public string Path => path;

    public string Text(string name, string orElse = "") => Take(name, JsonKind.String, "text")?.Text ?? orElse;

    public double Number(string name, double orElse, double minimum, double maximum)
    {
        if (Take(name, JsonKind.Number, "a number") is not { } value) return orElse;
        if (value.Number >= minimum && value.Number <= maximum) return value.Number;

        problems.Add(value.Start, PathOf(name), $"{value.Text} is outside {minimum} to {maximum}");
        return orElse;
    }

    public int Integer(string name, int orElse, int minimum, int maximum)
    {
        var number = Number(name, orElse, minimum, maximum);
        if (number == Math.Floor(number)) return (int)number;

        problems.Add(node.Start, PathOf(name), $"{number} is no whole number");
        return orElse;
    }

    public bool Flag(string name) => Take(name, JsonKind.Boolean, "true or false")?.Boolean ?? false;

    public JsonObject? Object(string name) =>
        Take(name, JsonKind.Object, "an object") is { } value ? new JsonObject(value, PathOf(name), problems) : null;

    /// <summary>A list of objects.</summary>
    public IEnumerable<JsonObject> Objects(string name) =>
        Items(name).Select((item, i) => new JsonObject(item, $"{PathOf(name)}[{i}]", problems));

    /// <summary>A list of strings.</summary>
    public List<string> Texts(string name)
    {
        var texts = new List<string>();
        foreach (var item in Items(name))
        {
            if (item.Kind == JsonKind.String) texts.Add(item.Text);
            else problems.Add(item.Start, PathOf(name), $"{item.Described} stands where text belongs");
        }

        return texts;
    }

    /// <summary>A list of numbers.</summary>
    public List<double> Numbers(string name)
    {
        var numbers = new List<double>();
        foreach (var item in Items(name))
        {
            if (item.Kind == JsonKind.Number) numbers.Add(item.Number);
            else problems.Add(item.Start, PathOf(name), $"{item.Described} stands where a number belongs");
        }

        return numbers;
    }

    /// <summary>All members whose values are strings: a table of names.</summary>
    public IEnumerable<(string Name, string Value, int Start)> Table()
    {
        foreach (var member in node.Members)
        {
            asked.Add(member.Name);
            if (member.Value.Kind == JsonKind.String) yield return (member.Name, member.Value.Text, member.Start);
            else problems.Add(member.Value.Start, PathOf(member.Name), $"{member.Value.Described} stands where text belongs");
        }
    }

    /// <summary>Reports members that nobody asked for.</summary>
    public void Done()
    {
        foreach (var member in node.Members)
        {
            if (asked.Contains(member.Name) || member.Name == "$schema") continue;
            problems.AddUnknown(member.Start, PathOf(member.Name), member.Name, "key", asked);
        }
    }

    public void Report(string name, string fact)
    {
        var start = node.Start;
        foreach (var member in node.Members)
        {
            if (member.Name == name) start = member.Start;
        }

        problems.Add(start, name.Length > 0 ? PathOf(name) : path, fact);
    }

    private List<JsonNode> Items(string name) => Take(name, JsonKind.Array, "a list")?.Items ?? [];

    private JsonNode? Take(string name, JsonKind kind, string expected)
    {
        asked.Add(name);
        JsonNode? found = null;
        foreach (var member in node.Members)
        {
            if (member.Name == name) found = member.Value;
        }

        if (found is null || found.Kind == kind) return found;
        problems.Add(found.Start, PathOf(name), $"{found.Described} stands where {expected} belongs");
        return null;
    }

    private string PathOf(string name) => path.Length > 0 ? $"{path}.{name}" : name;
}
