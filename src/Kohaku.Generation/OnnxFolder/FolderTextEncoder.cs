using System.Globalization;
using System.Text.Json;
using Kohaku.Generation.Models;
using Kohaku.Generation.Runtime;
using Kohaku.Jobs.Models;
using Microsoft.ML.OnnxRuntime;

namespace Kohaku.Generation.OnnxFolder;

/// <summary>One text encoder of a folder.</summary>
/// <remarks>
/// Exports name the layers' outputs <c>hidden_states.0</c> to <c>hidden_states.N</c>, the last of N layers being the one behind the final norm in some and before it in others; the
/// penultimate is N − 1 in all of them. An export that names them otherwise has them in order, with as many sides.
/// </remarks>
internal sealed class FolderTextEncoder : IDisposable
{
    private const string Help = "Export the folder with optimum (optimum-cli export onnx), which keeps all hidden states of both encoders";

    private readonly FolderSession _session;
    private readonly FolderNode _penultimate;
    private readonly FolderNode? _pooled;

    /// <summary>Opens an encoder.</summary>
    /// <param name="folder"><c>text_encoder</c> or <c>text_encoder_2</c> with its path.</param>
    /// <param name="hasPooled">Whether its pooled vector is wanted.</param>
    /// <param name="sessions">Opens it.</param>
    /// <exception cref="ModelException">It cannot be opened, or lacks an output.</exception>
    public FolderTextEncoder(string folder, bool hasPooled, SessionFactory sessions)
    {
        var config = ConfigFile.Read(Path.Combine(folder, "config.json"));
        _session = FolderSession.Open(folder, sessions);
        try
        {
            foreach (var input in _session.Inputs)
            {
                if (input.Rank != 2 || !FolderTensor.IsKnown(input.Type)) throw new ModelException($"{_session.Path} has an input that is not known: {input}", Help);
            }

            _penultimate = Penultimate(config);
            _pooled = hasPooled ? Pooled() : null;
            Width = _penultimate.Fixed(2) ?? (int?)config?.Number("hidden_size") ?? throw NoWidth("hidden_size");
            PooledWidth = _pooled is null ? 0 : _pooled.Fixed(1) ?? (int?)config?.Number("projection_dim") ?? throw NoWidth("projection_dim");
        }
        catch
        {
            _session.Dispose();
            throw;
        }
    }

    /// <summary>Numbers a token.</summary>
    public int Width { get; }

    /// <summary>Numbers of the pooled vector; 0 where it is not wanted.</summary>
    public int PooledWidth { get; }

    /// <summary>Encodes a chunk.</summary>
    /// <param name="ids">77 token ids.</param>
    /// <param name="cancellation">Stops within one operator.</param>
    /// <returns>The penultimate layer, <c>[tokens, Width]</c>, and the pooled vector, <c>[PooledWidth]</c>.</returns>
    /// <exception cref="ModelException">The export gives other sizes than it says.</exception>
    public (float[] Hidden, float[] Pooled) Encode(int[] ids, CancellationToken cancellation)
    {
        var inputs = new List<FolderTensor>();
        try
        {
            foreach (var input in _session.Inputs)
            {
                var tensor = new FolderTensor(input.Type, 1, ids.Length);
                inputs.Add(tensor);
                // An attention mask attends to every token, the padding too, as the pipelines have it.
                if (IsIds(input)) tensor.Write(ids);
                else tensor.Write(Enumerable.Repeat(1, ids.Length).ToArray());
            }

            string[] names = _pooled is null ? [_penultimate.Name] : [_penultimate.Name, _pooled.Name];
            using var outputs = _session.Run([.. inputs.Select(input => input.Value)], names, cancellation);
            var hidden = Read(outputs[0], ids.Length * Width, _penultimate);
            return (hidden, _pooled is null ? [] : Read(outputs[1], PooledWidth, _pooled));
        }
        finally
        {
            foreach (var input in inputs) input.Dispose();
        }
    }

    /// <summary>Closes it.</summary>
    public void Dispose() => _session.Dispose();

    private bool IsIds(FolderNode input) => _session.Inputs.Count == 1 || !input.Name.Contains("mask", StringComparison.Ordinal);

    private FolderNode Penultimate(JsonElement? config)
    {
        var states = _session.Outputs.Where(output => output.Rank == 3 && output.Name.StartsWith("hidden_states", StringComparison.Ordinal)).ToList();
        var numbered = states.Select(state => (State: state, Number: NumberOf(state.Name))).Where(pair => pair.Number is not null).ToDictionary(pair => pair.Number!.Value, pair => pair.State);
        if (numbered.Count > 0)
        {
            var layers = (int?)config?.Number("num_hidden_layers") ?? numbered.Keys.Max();
            if (numbered.TryGetValue(layers - 1, out var found)) return found;
            if (numbered.Count == 1) return states[0];
        }

        if (numbered.Count == 0)
        {
            if (states.Count == 1) return states[0];

            var others = _session.Outputs.Where(output => output.Rank == 3 && output.Name != "last_hidden_state").ToList();
            if (others.Count >= 2) return others[^2];
        }

        throw new ModelException($"{_session.Path} does not give its penultimate layer; its outputs are {string.Join("; ", _session.Outputs)}", Help);
    }

    private FolderNode Pooled() =>
        _session.Outputs.FirstOrDefault(output => output.Name == "text_embeds")
        ?? _session.Outputs.FirstOrDefault(output => output.Rank == 2)
        ?? throw new ModelException($"{_session.Path} does not give the pooled vector text_embeds; its outputs are {string.Join("; ", _session.Outputs)}", Help);

    private static int? NumberOf(string name) =>
        int.TryParse(name.AsSpan(name.LastIndexOfAny(['.', '_']) + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private float[] Read(OrtValue value, int expected, FolderNode node)
    {
        var values = FolderTensor.Read(value);
        return values.Length == expected ? values : throw new ModelException($"{_session.Path} gives {values.Length} numbers for {node}, not {expected}", Help);
    }

    private ModelException NoWidth(string key) =>
        new($"{_session.Path} leaves its width open, and {Path.Combine(Path.GetDirectoryName(_session.Path)!, "config.json")} has no {key}", "Fetch the folder's config.json files too");
}
