using Kohaku.Files;

namespace Kohaku.Jobs.Models;

/// <summary>What a model, a VAE, a network or an embedding is, by its header or its folder's files alone: weights are not read.</summary>
public sealed record ModelFacts
{
    private static readonly string[] s_titleKeys = ["modelspec.title", "ss_output_name"];
    private static readonly string[] s_hashKeys = ["modelspec.hash_sha256", "sshs_model_hash"];

    private ModelFacts(string path) => Path = path;

    /// <summary>The file or folder.</summary>
    public string Path { get; }

    /// <summary>What it holds.</summary>
    public ModelKind Kind { get; private init; }

    /// <summary>The family that it is of or for: <c>SDXL</c>; null where nothing tells.</summary>
    public string? Family { get; private init; }

    /// <summary>Which part of a model it is; null for what is none.</summary>
    public string? Part { get; private init; }

    /// <summary>Bytes on disk; of a folder, its graphs and their weights.</summary>
    public long Bytes { get; private init; }

    /// <summary>How many tensors; 0 for a folder.</summary>
    public int Tensors { get; private init; }

    /// <summary>How many numbers they have; 0 for a folder.</summary>
    public long Parameters { get; private init; }

    /// <summary>Element types with the numbers of each, the most first; none for a folder.</summary>
    public IReadOnlyList<(string Type, long Parameters)> Types { get; private init; } = [];

    /// <summary>What the file says of itself: <c>modelspec.title</c>, <c>ss_network_module</c>, …</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; private init; } = new Dictionary<string, string>();

    /// <summary><c>epsilon</c> or <c>v</c>; null for what predicts nothing.</summary>
    public string? Prediction { get; private init; }

    /// <summary>Whether a model has a VAE to decode with; null for what needs none.</summary>
    public bool? HasVae { get; private init; }

    /// <summary>What its memory is estimated from; null for what images cannot be made with.</summary>
    public ModelSize? Size { get; private init; }

    /// <summary>How a network was trained; null for what is none.</summary>
    public NetworkTraining? Training { get; private init; }

    /// <summary>Tags that a network was trained on, the most frequent first.</summary>
    public IReadOnlyList<(string Tag, long Count)> Tags { get; private init; } = [];

    /// <summary>What stands in the way of using it, or is odd.</summary>
    public IReadOnlyList<ModelFinding> Findings { get; private init; } = [];

    /// <summary>What it calls itself, or null.</summary>
    public string? Title => First(s_titleKeys);

    /// <summary>The SHA-256 of its weights as its trainer wrote it down, or null: nobody has checked it.</summary>
    public string? StoredHash => First(s_hashKeys);

    /// <summary>Looks at a file or folder.</summary>
    /// <param name="path">What to look at.</param>
    /// <param name="mostTags">How many training tags at most.</param>
    /// <param name="facts">What it is, or null.</param>
    /// <returns>Why it cannot be looked at, or null.</returns>
    /// <exception cref="OutOfMemoryException">A header of up to 100 MB did not fit.</exception>
    public static ModelFinding? TryRead(string path, int mostTags, out ModelFacts? facts)
    {
        facts = null;
        if (!System.IO.Path.Exists(path)) return ModelCheck.Missing(path);
        if (Directory.Exists(path)) return TryReadFolder(path, out facts);
        if (CheckpointLook.TryRead(path, out var header) is { } problem) return problem;

        facts = OfHeader(path, header!, mostTags);
        return null;
    }

    private static ModelFinding? TryReadFolder(string folder, out ModelFacts? facts)
    {
        facts = null;
        try
        {
            FolderLook.Index(folder);
        }
        catch (GenerationException refused)
        {
            return new ModelFinding(refused.Message, refused.Help) { IsError = true };
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return new ModelFinding($"{folder}: {refused.Message}", "Check the path and its rights") { IsError = true };
        }

        var report = ModelCheck.Of(folder);
        facts = new ModelFacts(folder)
        {
            Kind = ModelKind.OnnxFolder,
            Family = "SDXL",
            Bytes = ModelSize.Of(folder).WeightBytes,
            Prediction = FolderLook.Prediction(folder),
            HasVae = Directory.Exists(System.IO.Path.Combine(folder, FolderLook.Parts[^1])),
            Size = report.Size,
            Findings = report.Findings,
        };
        return null;
    }

    private static ModelFacts OfHeader(string path, SafetensorsHeader header, int mostTags)
    {
        var (kind, family, part) = CheckpointLook.KindOf(header);
        var network = kind == ModelKind.Network ? NetworkHeader.Of(path, header) : null;
        var report = kind == ModelKind.Checkpoint ? ModelCheck.Of(path) : null;
        var types = header.Tensors.GroupBy(tensor => tensor.Type, tensor => NumbersOf(tensor)).Select(group => (group.Key, group.Sum())).OrderByDescending(type => type.Item2).ThenBy(type => type.Key, StringComparer.Ordinal);
        return new ModelFacts(path)
        {
            Kind = kind,
            Family = network is null ? family : FamilyOf(network),
            Part = part,
            Bytes = LengthOf(path),
            Tensors = header.Tensors.Count,
            Parameters = header.Tensors.Sum(NumbersOf),
            Types = [.. types],
            Metadata = header.Metadata,
            Prediction = kind != ModelKind.Checkpoint ? null : CheckpointLook.PredictsNoise(header) ? "epsilon" : "v",
            HasVae = kind == ModelKind.Checkpoint ? CheckpointLook.HoldsDecoder(header) : null,
            Size = report?.Size,
            Training = network is null ? null : NetworkTraining.Of(header),
            Tags = network is null ? [] : NetworkTags.Of(network, mostTags),
            Findings = report?.Findings ?? OwnFindings(path, header, kind, network),
        };
    }

    private static IReadOnlyList<ModelFinding> OwnFindings(string path, SafetensorsHeader header, ModelKind kind, NetworkHeader? network) => kind switch
    {
        ModelKind.Vae when CheckpointLook.NotVae(path, header) is { } wrong => [wrong],
        ModelKind.Network when network is { Base: not (BaseModel.Sdxl or BaseModel.Unknown) } =>
            [new ModelFinding($"{System.IO.Path.GetFileName(path)} was trained for {FamilyOf(network)}, whose networks no SDXL model takes", "Use one that was trained for SDXL") { IsError = true }],
        _ => [],
    };

    private static string? FamilyOf(NetworkHeader network) => network.Base switch
    {
        BaseModel.Sdxl => "SDXL",
        BaseModel.Sd1 => "Stable Diffusion 1.x",
        BaseModel.Sd2 => "Stable Diffusion 2.x",
        BaseModel.Other => network.BaseName ?? "another model",
        _ => null,
    };

    // The header was checked: the product is the tensor's bytes by its type's, but for a side of 0 among others that are too long.
    private static long NumbersOf(TensorInfo tensor) => tensor.Length == 0 ? 0 : tensor.Shape.Aggregate(1L, (product, side) => product * side);

    // A link's own length is that of the path in it.
    private static long LengthOf(string path) => ((FileInfo?)File.ResolveLinkTarget(path, returnFinalTarget: true) ?? new FileInfo(path)).Length;

    private string? First(string[] keys) => keys.Select(key => Metadata.GetValueOrDefault(key)).FirstOrDefault(value => !string.IsNullOrWhiteSpace(value));
}
