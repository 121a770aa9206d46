using System.Globalization;
using Kohaku.Analysis.Configuration.Json;
using Kohaku.Analysis.Profiles;
using Kohaku.Analysis.Text;

namespace Kohaku.Analysis.Configuration;

/// <summary>Takes <c>true</c> or <c>false</c>.</summary>
internal sealed class FlagKey : ConfigurationKey<bool>
{
    public override string Values => "`true` or `false`";

    internal override string Schema => "\"type\": \"boolean\"";

    private protected override bool TryRead(JsonNode node, ReadContext context, out bool value)
    {
        value = node.Boolean;
        return node.Kind == JsonKind.Boolean || Wrong(node, context, "true or false");
    }
}

/// <summary>Takes a number within bounds.</summary>
internal sealed class NumberKey(double minimum, double maximum) : ConfigurationKey<double>
{
    public override string Values => $"a number from {Shown(minimum)} to {Shown(maximum)}";

    internal override string Schema => $"\"type\": \"number\", \"minimum\": {Shown(minimum)}, \"maximum\": {Shown(maximum)}";

    private protected override bool TryRead(JsonNode node, ReadContext context, out double value)
    {
        value = node.Number;
        return (node.Kind == JsonKind.Number && value >= minimum && value <= maximum) || Wrong(node, context, Values);
    }

    private static string Shown(double value) => value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Takes a whole number within bounds.</summary>
internal sealed class IntegerKey(int minimum, int maximum) : ConfigurationKey<int>
{
    public override string Values => $"a whole number from {minimum} to {maximum}";

    internal override string Schema => $"\"type\": \"integer\", \"minimum\": {minimum}, \"maximum\": {maximum}";

    private protected override bool TryRead(JsonNode node, ReadContext context, out int value)
    {
        var fits = node.Kind == JsonKind.Number && node.Number >= minimum && node.Number <= maximum && node.Number == Math.Floor(node.Number);
        value = fits ? (int)node.Number : 0;
        return fits || Wrong(node, context, Values);
    }
}

/// <summary>Takes one of a few words.</summary>
/// <typeparam name="T">What the words stand for.</typeparam>
internal sealed class ChoiceKey<T>(params (string Word, T Value)[] choices) : ConfigurationKey<T>
    where T : struct
{
    public override string Values => string.Join(", ", choices.Select(choice => $"`\"{choice.Word}\"`"));

    internal override string Schema => $"\"enum\": [{string.Join(", ", choices.Select(choice => $"\"{choice.Word}\""))}]";

    private protected override bool TryRead(JsonNode node, ReadContext context, out T value)
    {
        value = default;
        if (node.Kind != JsonKind.String) return Wrong(node, context, "one of " + string.Join(", ", choices.Select(choice => choice.Word)));

        foreach (var choice in choices)
        {
            value = choice.Value;
            if (choice.Word.Equals(node.Text, StringComparison.OrdinalIgnoreCase)) return true;
        }

        context.Problem(node.Start, Choices.NoSuch("value", node.Text, choices.Select(choice => choice.Word)));
        return false;
    }
}

/// <summary>Takes one text or a list of them.</summary>
internal sealed class TextListKey : ConfigurationKey<IReadOnlyList<string>>
{
    /// <summary>Whether the texts are paths, relative to the file that says them.</summary>
    public bool ArePaths { get; init; }

    public override string Values => ArePaths ? "a path or a list of paths, relative to the file that says them" : "text or a list of texts";

    internal override string Schema => "\"oneOf\": [{ \"type\": \"string\" }, { \"type\": \"array\", \"items\": { \"type\": \"string\" } }]";

    private protected override bool TryRead(JsonNode node, ReadContext context, out IReadOnlyList<string> value)
    {
        var texts = new List<string>();
        value = texts;
        if (node.Kind is not (JsonKind.String or JsonKind.Array)) return Wrong(node, context, Values);

        foreach (var item in node.Kind == JsonKind.Array ? node.Items : [node])
        {
            if (item.Kind == JsonKind.String) texts.Add(ArePaths ? context.Resolve(item.Text) : item.Text);
            else Wrong(item, context, "text");
        }

        return true;
    }
}

/// <summary>Takes a path.</summary>
internal sealed class PathKey : ConfigurationKey<string>
{
    public override string Values => "a path, relative to the file that says it";

    internal override string Schema => "\"type\": \"string\"";

    private protected override bool TryRead(JsonNode node, ReadContext context, out string value)
    {
        value = context.Resolve(node.Text);
        return node.Kind == JsonKind.String || Wrong(node, context, "a path");
    }
}

/// <summary>Takes the id of a profile that ships, or the path of a profile's JSON.</summary>
internal sealed class ProfileKey : ConfigurationKey<string>
{
    /// <summary>What tells a path from an id.</summary>
    public const string FileEnding = ".json";

    public override string Values => string.Join(", ", Profile.ShippedIds.Select(id => $"`\"{id}\"`")) + ", or the path of a profile's JSON file";

    internal override string Schema =>
        $"\"anyOf\": [{{ \"enum\": [{string.Join(", ", Profile.ShippedIds.Select(id => $"\"{id}\""))}] }}, {{ \"type\": \"string\", \"pattern\": \"\\\\.json$\" }}]";

    private protected override bool TryRead(JsonNode node, ReadContext context, out string value)
    {
        value = node.Text;
        if (node.Kind != JsonKind.String) return Wrong(node, context, "a profile's name");
        if (value.EndsWith(FileEnding, StringComparison.OrdinalIgnoreCase))
        {
            value = context.Resolve(value);
            return true;
        }

        value = value.ToLowerInvariant();
        if (Profile.ShippedIds.Contains(value)) return true;

        context.Problem(node.Start, Choices.NoSuch("profile", node.Text, Profile.ShippedIds));
        return false;
    }
}

/// <summary>Words for a value that is none of the known ones.</summary>
internal static class Choices
{
    public static string NoSuch(string what, string text, IEnumerable<string> known) =>
        EditDistance.Nearest(text, known) is { } near
            ? $"no such {what}: {text}; the nearest is {near}"
            : $"no such {what}: {text}; there are {string.Join(", ", known)}";
}
