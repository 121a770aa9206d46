using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kohaku.LanguageServer.Diagnosing;

namespace Kohaku.LanguageServer.Tests.Conformance;

/// <summary>Every record against the protocol's own model: names, optionality, kinds. Where <c>KOHAKU_METAMODEL</c> names the whole model, the part that lies here is checked against it too.</summary>
public sealed class ConformanceTests
{
    private static readonly ProtocolModel s_model = ProtocolModel.Shipped();

    public static TheoryData<string> Records => [.. ProtocolRecords.All.Select(type => type.Name).Except(ProtocolRecords.Own)];

    [Theory]
    [MemberData(nameof(Records))]
    public void A_record_is_a_structure_of_the_protocol(string record)
    {
        var type = ProtocolRecords.All.Single(type => type.Name == record);
        foreach (var structure in ProtocolRecords.StructuresOf(type))
        {
            Assert.True(s_model.Has(structure), $"the protocol has no {structure}; ProtocolRecords says what {record} is");
            Assert.Empty(Faults(type, structure));
        }
    }

    [Fact]
    public void Names_of_records_are_kept_up_to_date()
    {
        var records = ProtocolRecords.All.Select(type => type.Name).ToHashSet();
        Assert.Empty(ProtocolRecords.Own.Except(records));
    }

    [Fact]
    public void The_part_of_the_model_that_lies_here_is_the_model()
    {
        // Whoever has the model checks against it; here the extract is at least what the script writes from itself.
        var folder = Path.Combine(ProtocolModel.Root(), "tests", "Protocol");
        var extract = Path.Combine(folder, "model.json");
        var whole = Environment.GetEnvironmentVariable("KOHAKU_METAMODEL") is { Length: > 0 } path ? path : null;
        if (whole is null)
        {
            Assert.Equal("3.18.0", JsonNode.Parse(File.ReadAllText(extract))!["version"]!.GetValue<string>());
            return;
        }

        using var node = Process.Start(new ProcessStartInfo("node", [Path.Combine(folder, "make-model.mjs"), whole]) { RedirectStandardOutput = true })!;
        Assert.Equal(node.StandardOutput.ReadToEnd(), File.ReadAllText(extract));
        node.WaitForExit();
        Assert.Equal(0, node.ExitCode);
    }

    private static IEnumerable<string> Faults(Type record, string structure)
    {
        var expected = s_model.Properties(structure);
        var actual = ProtocolRecords.PropertiesOf(record).ToDictionary(ProtocolRecords.NameOf);
        foreach (var (name, property) in actual)
        {
            if (!expected.TryGetValue(name, out var model))
            {
                if (ProtocolRecords.Names.TryGetValue(record.Name, out var all) && all.Length > 1 && all.Any(other => s_model.Properties(other).ContainsKey(name))) continue;
                yield return $"{structure} has no {name}";
                continue;
            }

            var isOptional = model["optional"]?.GetValue<bool>() == true;
            if (s_model.Received.Contains(structure) && !ProtocolRecords.OnlySent.Contains(structure) && isOptional && ProtocolRecords.IsRequired(record, property)) yield return $"{structure}.{name} may be missing, and a message without it would be refused";
            if (s_model.Sent.Contains(structure) && !isOptional && ProtocolRecords.IsOptional(property) && !ProtocolRecords.IsEither(record)) yield return $"{structure}.{name} must be there, and may be left out";
            if (!s_model.Alternatives(model["type"]!.AsObject()).Any(type => Fits(property.PropertyType, type))) yield return $"{structure}.{name} is {model["type"]!.ToJsonString()}, not {property.PropertyType.Name}";
        }

        if (!s_model.Sent.Contains(structure)) yield break;
        foreach (var (name, model) in expected)
            if (model["optional"]?.GetValue<bool>() != true && !actual.ContainsKey(name) && !ProtocolRecords.IsEither(record)) yield return $"{structure}.{name} must be there, and is not sent";
    }

    private static bool Fits(Type actual, JsonObject type)
    {
        actual = Nullable.GetUnderlyingType(actual) ?? actual;
        if (actual == typeof(JsonElement) || actual == typeof(JsonNode) || actual == typeof(object)) return true;

        return type["kind"]!.GetValue<string>() switch
        {
            "base" => type["name"]!.GetValue<string>() switch
            {
                "boolean" => actual == typeof(bool),
                "integer" or "uinteger" => actual == typeof(int) || actual == typeof(uint) || actual.IsEnum,
                "decimal" => actual == typeof(double),
                "null" => false,
                _ => actual == typeof(string),
            },
            "stringLiteral" => actual == typeof(string),
            "array" => actual == typeof(DiagnosticList) || (ElementOf(actual) is { } element && s_model.Alternatives(type["element"]!.AsObject()).Any(inner => Fits(element, inner))),
            "tuple" => actual.IsArray,
            "map" => actual.IsGenericType && actual.GetGenericTypeDefinition() == typeof(Dictionary<,>),
            "reference" => type["name"]!.GetValue<string>() is var name && (name is "LSPAny" or "LSPObject" || ProtocolRecords.StructuresOf(actual).Contains(name) || ProtocolRecords.Own.Contains(actual.Name)),
            "literal" => true,
            _ => false,
        };
    }

    private static Type? ElementOf(Type type) => type.IsArray ? type.GetElementType()
        : type.GetInterfaces().Append(type).FirstOrDefault(item => item.IsGenericType && item.GetGenericTypeDefinition() == typeof(IEnumerable<>))?.GetGenericArguments()[0];
}
