using Kohaku.Files;
using Kohaku.Generation.Models;
using Kohaku.Syntax.Tokens;

namespace Kohaku.Generation.Adapters;

/// <summary>The textual-inversion embeddings of some folders: SDXL's have a tensor for each encoder, <c>clip_l</c> and <c>clip_g</c>, <c>[vectors, width]</c>.</summary>
/// <remarks>Headers are read at once, for a prompt's tokens depend on every name; vectors when they are used.</remarks>
public sealed class TextualInversions
{
    private const string FirstKey = "clip_l";
    private const string SecondKey = "clip_g";

    private readonly Dictionary<string, Inversion> _byName = new(StringComparer.Ordinal);
    private readonly List<FileProblem> _problems = [];

    /// <summary>Reads the headers of all embeddings in folders and those below them.</summary>
    /// <param name="folders">As configured; of two files with one name the first folder's counts.</param>
    /// <param name="report">Told of folders that are not there or may not be read.</param>
    public TextualInversions(IReadOnlyList<string> folders, Action<FileProblem> report)
    {
        foreach (var (name, path) in NetworkFolder.List(folders, report))
        {
            if (Read(path, out var count) is { } problem) _problems.Add(problem);
            else _byName.Add(name, new Inversion(path, count));
        }
    }

    /// <summary>Files that are passed over, and why: of another format, or another model's. Their names stay text, as A1111 has it.</summary>
    public IReadOnlyList<FileProblem> Problems => _problems;

    /// <summary>Each name with its number of vectors, for <see cref="Embeddings"/>.</summary>
    public IReadOnlyDictionary<string, int> Vectors => _byName.ToDictionary(pair => pair.Key, pair => pair.Value.Count, StringComparer.Ordinal);

    /// <summary>What the chunks are made with.</summary>
    public Embeddings Embeddings(ClipTokenizer tokenizer) => new(Vectors, tokenizer);

    /// <summary>The vectors that stand in a chunk.</summary>
    /// <param name="places">The chunk's embeddings.</param>
    /// <param name="firstWidth">Numbers a token of encoder 1.</param>
    /// <param name="secondWidth">Numbers a token of encoder 2.</param>
    /// <exception cref="ModelException">An embedding has other widths, or cannot be read.</exception>
    public IReadOnlyList<TokenVector> For(IReadOnlyList<EmbeddingPlace> places, int firstWidth, int secondWidth)
    {
        ArgumentNullException.ThrowIfNull(places);
        var vectors = new List<TokenVector>();
        foreach (var place in places)
        {
            if (!_byName.TryGetValue(place.Name, out var inversion)) throw new ModelException($"There is no embedding {place.Name}", "Check the folder of embeddings");

            inversion.Load(firstWidth, secondWidth);
            for (var i = 0; i < place.Length; i++)
            {
                var vector = place.First + i;
                vectors.Add(new TokenVector(
                    place.Position + i,
                    inversion.First.AsMemory(vector * firstWidth, firstWidth),
                    inversion.Second.AsMemory(vector * secondWidth, secondWidth)));
            }
        }

        return vectors;
    }

    private static FileProblem? Read(string path, out int vectors)
    {
        vectors = 0;
        if (!path.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase)) return new FileProblem(path, "not a .safetensors file; the other formats can run code when they are read: convert it");
        if (!SafetensorsHeader.TryRead(path, out var header, out var problem)) return problem;

        var first = Find(header, FirstKey);
        var second = Find(header, SecondKey);
        if (first is null || second is null)
        {
            return new FileProblem(path, header.Tensors.Any(tensor => tensor.Name == "emb_params")
                ? "an embedding of Stable Diffusion 1.x or 2.x; use one that was trained for SDXL"
                : $"it has no {FirstKey} and {SecondKey}, which embeddings for SDXL have; leave it out of the folder");
        }

        if (first.Shape is not [var count, > 0] || second.Shape is not [var other, > 0] || count != other || count is < 1 or > short.MaxValue)
            return new FileProblem(path, $"{FirstKey} is {AdapterModule.Shown(first.Shape)} and {SecondKey} {AdapterModule.Shown(second.Shape)}: not as many vectors for both encoders; get it again");
        if (Numbers.Size(first.Type) == 0 || Numbers.Size(second.Type) == 0)
            return new FileProblem(path, $"its vectors are of type {first.Type}; F16, BF16 and F32 are read");

        vectors = (int)count;
        return null;
    }

    private static TensorInfo? Find(SafetensorsHeader header, string name) => header.Tensors.FirstOrDefault(tensor => tensor.Name == name);

    private sealed class Inversion(string path, int count)
    {
        private readonly Lock _gate = new();

        public int Count => count;

        public float[] First { get; private set; } = [];

        public float[] Second { get; private set; } = [];

        public void Load(int firstWidth, int secondWidth)
        {
            lock (_gate)
            {
                if (First.Length == 0)
                {
                    using var file = AdapterFile.Open(path);
                    First = file.Read(Find(file.Header, FirstKey)!);
                    Second = file.Read(Find(file.Header, SecondKey)!);
                }

                if (First.Length == count * firstWidth && Second.Length == count * secondWidth) return;

                throw new ModelException(
                    $"{Path.GetFileName(path)} has vectors of {First.Length / count} and {Second.Length / count} numbers, the model's encoders take {firstWidth} and {secondWidth}",
                    "Use an embedding that was trained for this model");
            }
        }
    }
}
