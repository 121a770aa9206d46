namespace Kohaku.Syntax.Tokens;

/// <summary>The textual-inversion embeddings that prompts may name: how many vectors each has, and so how many tokens it spends.</summary>
public sealed class Embeddings
{
    private readonly Dictionary<string, int> _vectors = new(StringComparer.Ordinal);
    private readonly Dictionary<ushort, List<Spelled>> _byFirst = [];

    /// <summary>Embeddings by their names, as a folder has them.</summary>
    /// <param name="names">Each name, without folder and extension, with its number of vectors, at least one.</param>
    /// <param name="tokenizer">Tells how a name reads among the tokens: so A1111 finds them.</param>
    public Embeddings(IEnumerable<KeyValuePair<string, int>> names, ClipTokenizer tokenizer)
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(tokenizer);
        var tokens = new TokenBuffer();
        foreach (var (name, vectors) in names)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(vectors, 1, nameof(names));
            tokens.Clear();
            tokenizer.Encode(name, TextCleaning.Ftfy, tokens);
            if (tokens.Count == 0 || !_vectors.TryAdd(name, vectors)) continue;

            if (!_byFirst.TryGetValue(tokens.Ids[0], out var same)) _byFirst.Add(tokens.Ids[0], same = []);
            same.Add(new Spelled(tokens.Ids.ToArray(), name, vectors));
            // The longest name first, as A1111 sorts them.
            same.Sort((a, b) => b.Tokens.Length.CompareTo(a.Tokens.Length));
        }
    }

    /// <summary>A1111: the embedding whose name's tokens stand at a text's beginning.</summary>
    internal bool TryMatch(ReadOnlySpan<ushort> tokens, out Spelled embedding)
    {
        if (_byFirst.TryGetValue(tokens[0], out var same))
        {
            foreach (var candidate in same)
            {
                if (!tokens.StartsWith(candidate.Tokens)) continue;

                embedding = candidate;
                return true;
            }
        }

        embedding = default;
        return false;
    }

    /// <summary>ComfyUI: the embedding that is called by its name.</summary>
    internal bool TryFind(ReadOnlySpan<char> name, out string known, out int vectors)
    {
        var found = _vectors.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var key, out vectors);
        known = key ?? "";
        return found;
    }

    internal readonly record struct Spelled(ushort[] Tokens, string Name, int Vectors);
}
