using System.Text.Json;

namespace Kohaku.Files;

/// <summary>What a network's header says of its training: kohya's <c>ss_*</c> metadata, which most trainers write.</summary>
/// <param name="Algorithm"><c>LoRA</c>, <c>LoHa</c>, …; null where nothing tells.</param>
/// <param name="Rank">As written: a number, or <c>Dynamic</c>; null where nothing tells.</param>
/// <param name="Alpha">As written; null where nothing tells.</param>
/// <remarks>For the tags it was trained on see <see cref="NetworkTags"/>.</remarks>
public sealed record NetworkTraining(string? Algorithm, string? Rank, string? Alpha)
{
    // Those that only one algorithm has come first.
    private static readonly (string Part, string Algorithm)[] s_parts =
        [("lokr_", "LoKr"), ("hada_", "LoHa"), ("oft_", "OFT"), ("lora_down", "LoRA"), ("lora_A", "LoRA"), ("lora.down", "LoRA"), (".diff", "full")];

    private static readonly string[] s_downs = [".lora_down.weight", ".lora_A.weight", ".lora.down.weight", ".hada_w1_b", ".hada_w2_b"];

    private static readonly JsonDocumentOptions s_options = new() { MaxDepth = 8 };

    /// <summary>Reads it out of a header's metadata; what is broken is as good as missing.</summary>
    /// <param name="metadata"><see cref="NetworkHeader.Metadata"/>.</param>
    public static NetworkTraining Of(IReadOnlyDictionary<string, string> metadata)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        return new NetworkTraining(
            AlgorithmOf(metadata),
            metadata.GetValueOrDefault("ss_network_dim"),
            metadata.GetValueOrDefault("ss_network_alpha"));
    }

    /// <summary>The same, with what the tensors tell where the metadata does not.</summary>
    /// <param name="header">The whole header.</param>
    public static NetworkTraining Of(SafetensorsHeader header)
    {
        ArgumentNullException.ThrowIfNull(header);
        var said = Of(header.Metadata);
        return said with { Algorithm = said.Algorithm ?? AlgorithmOf(header.Tensors), Rank = said.Rank ?? RankOf(header.Tensors) };
    }

    private static string? AlgorithmOf(IReadOnlyList<TensorInfo> tensors)
    {
        foreach (var (part, algorithm) in s_parts)
            if (tensors.Any(tensor => tensor.Name.Contains(part, StringComparison.Ordinal))) return algorithm;
        return null;
    }

    // The side of the small matrices; a network may have several.
    private static string? RankOf(IReadOnlyList<TensorInfo> tensors)
    {
        long[] ranks = [.. tensors.Where(tensor => tensor.Shape.Length > 1 && s_downs.Any(tensor.Name.EndsWith)).Select(tensor => tensor.Shape[0])];
        if (ranks.Length == 0) return null;

        var (least, most) = (ranks.Min(), ranks.Max());
        return least == most ? FormattableString.Invariant($"{least}") : FormattableString.Invariant($"{least} to {most}");
    }

    private static string? AlgorithmOf(IReadOnlyDictionary<string, string> metadata)
    {
        if (Parse(metadata.GetValueOrDefault("ss_network_args")) is { } parsed)
        {
            using (parsed)
            {
                var arguments = parsed.RootElement;
                if (arguments.ValueKind == JsonValueKind.Object && arguments.TryGetProperty("algo", out var name) && name.ValueKind == JsonValueKind.String) return Name(name.GetString()!);
            }
        }

        if (!metadata.TryGetValue("ss_network_module", out var module) || module.Length == 0) return null;
        return module switch
        {
            "networks.lora" => "LoRA",
            "networks.dylora" => "DyLoRA",
            "networks.oft" => "OFT",
            "networks.loha" => "LoHa",
            "networks.lokr" => "LoKr",
            _ => module,
        };
    }

    private static string Name(string algorithm) => algorithm.ToUpperInvariant() switch
    {
        "LORA" or "LOCON" => "LoCon",
        "LOHA" => "LoHa",
        "LOKR" => "LoKr",
        "IA3" => "(IA)³",
        "DYLORA" => "DyLoRA",
        "DIAG-OFT" or "OFT" => "OFT",
        "FULL" => "full",
        _ => algorithm,
    };

    private static JsonDocument? Parse(string? json)
    {
        if (string.IsNullOrEmpty(json)) return null;

        try
        {
            return JsonDocument.Parse(json, s_options);
        }
        catch (Exception broken) when (broken is JsonException or ArgumentException)
        {
            return null;
        }
    }
}
