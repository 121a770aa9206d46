using System.Globalization;
using Kohaku.Files;
using Kohaku.Generation.Models;
using Kohaku.Jobs.Models;

namespace Kohaku.Generation.Checkpoints;

/// <summary>A single-file SDXL checkpoint: which tensors it has, and where they lie. Data is not read.</summary>
public sealed class Checkpoint
{
    private const string VaePrefix = "first_stage_model.";

    /// <summary>Beyond what any model has; a larger index in a name is no layer.</summary>
    private const int MostLayers = 256;

    private readonly Dictionary<string, CheckpointTensor> _tensors = new(StringComparer.Ordinal);
    private readonly List<string> _missing = [];
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);
    private readonly List<ModelFinding> _warnings = [];
    private string[] _names = [];
    private string? _vae;

    private Checkpoint(string path, IReadOnlyDictionary<string, string> metadata) => (Path, Metadata) = (path, metadata);

    /// <summary>The file as it was named.</summary>
    public string Path { get; }

    /// <summary>The strings of its header's <c>__metadata__</c>.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>All tensors, those of a separate VAE and of merged adapters in place of the file's own.</summary>
    public IReadOnlyCollection<CheckpointTensor> Tensors => _tensors.Values;

    /// <summary>What is odd, though it can be used.</summary>
    public IReadOnlyList<ModelFinding> Warnings => _warnings;

    /// <summary>Names asked for with <see cref="Require"/> that it lacks.</summary>
    internal IReadOnlyList<string> Missing => _missing;

    /// <summary>Opens a checkpoint.</summary>
    /// <param name="path">The .safetensors file.</param>
    /// <param name="vae">A VAE of its own to use in place of the checkpoint's, or <see langword="null"/>.</param>
    /// <param name="merged">A .safetensors file whose tensors stand in place of those of the same name, or <see langword="null"/>: what adapters have made of them.</param>
    /// <exception cref="ModelException">A file cannot be read, is broken, or is no SDXL model.</exception>
    public static Checkpoint Open(string path, string? vae = null, string? merged = null)
    {
        var header = Header(path);
        var findings = CheckpointLook.Of(path, header, vae is not null).ToList();
        if (findings.Find(finding => finding.IsError) is { } refused) throw Exception(refused);

        var checkpoint = new Checkpoint(path, header.Metadata);
        checkpoint.Add(path, header, static name => name);
        if (vae is not null) checkpoint.AddVae(vae);
        if (merged is not null) checkpoint.Add(merged, Header(merged), static name => name);
        checkpoint._names = [.. checkpoint._tensors.Keys.Order(StringComparer.Ordinal)];
        checkpoint._warnings.AddRange(findings);
        return checkpoint;
    }

    /// <summary>A tensor, or <see langword="null"/> where there is none of the name.</summary>
    public CheckpointTensor? Find(string name) => _tensors.GetValueOrDefault(name);

    /// <summary>A tensor that a model cannot do without. One that is missing is noted in <see cref="Missing"/>, and a stand-in returned, so that all can be told at once.</summary>
    /// <exception cref="ModelException">It has another rank, is empty, or has a type that nothing here reads.</exception>
    internal CheckpointTensor Require(string name, params ReadOnlySpan<int> ranks)
    {
        if (!_tensors.TryGetValue(name, out var tensor))
        {
            if (_told.Add(name)) _missing.Add(name);
            return new CheckpointTensor(name, Path, "F32", [.. Enumerable.Repeat(64L, ranks[0])], 0, 0) { IsMissing = true };
        }

        var shape = $"[{string.Join(", ", tensor.Shape)}]";
        if (!ranks.Contains(tensor.Shape.Length)) throw new ModelException($"Tensor {name} of {FileName(tensor)} has the shape {shape}, which is not that of SDXL", "Name another checkpoint");
        if (tensor.Shape.Contains(0)) throw new ModelException($"Tensor {name} of {FileName(tensor)} is empty: {shape}", "Get the file again");
        if (CheckpointLook.IsEightBit(tensor.Type)) throw Exception(CheckpointLook.EightBit(tensor.File, tensor.Type));
        if (tensor.Type is not ("F16" or "BF16" or "F32")) throw new ModelException($"Tensor {name} of {FileName(tensor)} has the type {tensor.Type}", "Name a file of F16, BF16 or F32 weights");
        return tensor;
    }

    /// <summary>Throws where a tensor was asked for that is not there.</summary>
    /// <exception cref="ModelException">Names the first, and says how many.</exception>
    internal void RequireComplete()
    {
        if (_missing.Count == 0) return;

        var isVae = _missing.All(name => name.StartsWith(VaePrefix, StringComparison.Ordinal));
        var file = System.IO.Path.GetFileName(isVae ? _vae ?? Path : Path);
        var which = _missing.Count == 1 ? $"the tensor {_missing[0]}" : $"{_missing.Count} tensors, the first {_missing[0]}";
        throw new ModelException($"{file} lacks {which}", isVae && _vae is null ? "Give a VAE of its own with --vae, or get the file again" : "Get the file again");
    }

    /// <summary>Whether any name begins so.</summary>
    internal bool HasAny(string prefix)
    {
        var at = FirstFrom(prefix);
        return at < _names.Length && _names[at].StartsWith(prefix, StringComparison.Ordinal);
    }

    /// <summary>How many numbered children there are below a prefix: the largest index and one more.</summary>
    internal int CountOf(string prefix)
    {
        var count = 0;
        for (var at = FirstFrom(prefix); at < _names.Length && _names[at].StartsWith(prefix, StringComparison.Ordinal); at++)
        {
            var rest = _names[at].AsSpan(prefix.Length);
            var end = rest.IndexOf('.');
            if (end > 0 && int.TryParse(rest[..end], NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < MostLayers) count = Math.Max(count, index + 1);
        }

        return count;
    }

    private int FirstFrom(string prefix)
    {
        var found = Array.BinarySearch(_names, prefix, StringComparer.Ordinal);
        return found >= 0 ? found : ~found;
    }

    private void Add(string path, SafetensorsHeader header, Func<string, string> rename)
    {
        var file = Resolve(path);
        foreach (var tensor in header.Tensors)
        {
            var name = rename(tensor.Name);
            _tensors[name] = new CheckpointTensor(name, file, tensor.Type, tensor.Shape, tensor.Offset, tensor.Length);
        }
    }

    private void AddVae(string path)
    {
        var header = Header(path);
        if (CheckpointLook.NotVae(path, header) is { } other) throw Exception(other);

        var prefix = CheckpointLook.HoldsVae(header) ? "" : VaePrefix;
        _vae = path;
        // All or nothing: half of one VAE and half of another would decode to noise.
        foreach (var name in _tensors.Keys.Where(name => name.StartsWith(VaePrefix, StringComparison.Ordinal)).ToList()) _tensors.Remove(name);
        Add(path, header, name => prefix + name);
    }

    private static SafetensorsHeader Header(string path) => CheckpointLook.TryRead(path, out var header) is { } problem ? throw Exception(problem) : header!;

    private static ModelException Exception(ModelFinding finding) => new(finding.Message, finding.Help);

    private static string Resolve(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        try
        {
            return Links.Resolve(full);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new ModelException($"{path}: {refused.Message}", "Name the file itself", refused);
        }
    }

    private static string FileName(CheckpointTensor tensor) => System.IO.Path.GetFileName(tensor.File);
}
