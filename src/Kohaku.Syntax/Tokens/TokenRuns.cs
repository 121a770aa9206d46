using Kohaku.Syntax.Meaning;

namespace Kohaku.Syntax.Tokens;

/// <summary>A text's tokens with the weights of its runs, before they are divided into chunks. The room is kept between texts.</summary>
/// <remarks>The exact chunks and the layout that the linter asks for both come from here and from the divisions, so that they cannot differ.</remarks>
internal sealed class TokenRuns(ClipTokenizer tokenizer, Embeddings? embeddings)
{
    private const string EmbeddingPrefix = "embedding:";

    private readonly List<Run> _runs = [];
    private readonly List<Insert> _inserts = [];
    private readonly List<int> _words = [];
    private readonly MappedText _text = new();
    private readonly TokenBuffer _spelled = new();

    /// <summary>A stretch of tokens.</summary>
    /// <param name="End">Index behind its last token.</param>
    /// <param name="Weight">Its weight.</param>
    /// <param name="IsBreak">Whether it is a BREAK of A1111's, which has no tokens.</param>
    public readonly record struct Run(int End, double Weight, bool IsBreak);

    /// <summary>An embedding among the tokens, where each of its vectors has a token 0.</summary>
    /// <param name="Start">Index of the first.</param>
    /// <param name="Length">How many vectors it has.</param>
    /// <param name="Name">Its name.</param>
    public readonly record struct Insert(int Start, int Length, string Name);

    /// <summary>All tokens.</summary>
    public TokenBuffer Tokens { get; } = new();

    /// <summary>Runs of tokens of one weight.</summary>
    public List<Run> Runs => _runs;

    /// <summary>Embeddings, in the order of their places.</summary>
    public List<Insert> Inserts => _inserts;

    /// <summary>ComfyUI: the index behind the last token of each word.</summary>
    public List<int> Words => _words;

    /// <summary>Reads runs that have been joined and whose escapes are resolved.</summary>
    public void Read(IReadOnlyList<WeightedText> texts, Dialect dialect)
    {
        Clear();
        foreach (var (text, weight) in texts)
        {
            if (dialect == Dialect.A1111) AddRun(text, weight);
            else AddWords(text, weight);
        }
    }

    /// <summary>Reads runs as they stand in their text; the tokens' offsets are those in that text.</summary>
    public void Read(ReadOnlySpan<char> text, ReadOnlySpan<AttentionRun> runs, Dialect dialect)
    {
        Clear();
        for (var i = 0; i < runs.Length;)
        {
            var first = i++;
            var from = Tokens.Count;
            var weight = runs[first].Weight;
            // A1111 joins neighbours of one weight before it tokenizes.
            while (dialect == Dialect.A1111 && i < runs.Length && runs[i].Weight == weight) i++;

            var run = runs[first];
            var source = text.Slice(run.Start, run.Length);
            if (i - first == 1 && (dialect == Dialect.A1111 || source.IndexOfAny('\\', '\0') < 0))
            {
                Add(source, weight, dialect);
                Tokens.Shift(from, run.Start);
                continue;
            }

            _text.Clear();
            foreach (var part in runs[first..i])
            {
                if (dialect == Dialect.A1111) _text.AddGiven(text.Slice(part.Start, part.Length), part.Start);
                else Unescape(source, run.Start, _text);
            }

            Add(_text.Chars, weight, dialect);
            Tokens.Map(from, _text.Offsets);
            _text.Trim();
        }
    }

    private void Clear()
    {
        Tokens.Clear();
        _runs.Clear();
        _inserts.Clear();
        _words.Clear();
    }

    private void Add(ReadOnlySpan<char> text, double weight, Dialect dialect)
    {
        if (dialect == Dialect.A1111) AddRun(text, weight);
        else AddWords(text, weight);
    }

    private void AddRun(ReadOnlySpan<char> text, double weight)
    {
        var isBreak = weight == -1 && text.SequenceEqual("BREAK");
        if (!isBreak && embeddings is null) tokenizer.Encode(text, TextCleaning.Ftfy, Tokens);
        else if (!isBreak) AddSpelled(text, embeddings!);
        _runs.Add(new Run(Tokens.Count, weight, isBreak));
    }

    /// <summary>A1111 finds an embedding by the tokens of its name, at any place of a run.</summary>
    private void AddSpelled(ReadOnlySpan<char> text, Embeddings known)
    {
        _spelled.Clear();
        tokenizer.Encode(text, TextCleaning.Ftfy, _spelled);
        for (var at = 0; at < _spelled.Count;)
        {
            if (known.TryMatch(_spelled.Ids[at..], out var embedding))
            {
                AddInsert(embedding.Name, embedding.Vectors, _spelled.Offsets[at]);
                at += embedding.Tokens.Length;
                continue;
            }

            Tokens.Add(_spelled.Ids[at], _spelled.Offsets[at]);
            at++;
        }
    }

    /// <summary>ComfyUI tokenizes word by word, and keeps short words whole.</summary>
    private void AddWords(ReadOnlySpan<char> text, double weight)
    {
        foreach (var range in text.SplitAny(' ', '\n'))
        {
            var (start, length) = range.GetOffsetAndLength(text.Length);
            var word = text.Slice(start, length);
            if (embeddings is not null && word.StartsWith(EmbeddingPrefix))
            {
                word = AddCalled(word[EmbeddingPrefix.Length..], start, embeddings);
                start += length - word.Length;
            }

            var from = Tokens.Count;
            tokenizer.Encode(word, TextCleaning.Canonical, Tokens);
            Tokens.Shift(from, start);
            if (Tokens.Count > from) _words.Add(Tokens.Count);
        }

        _runs.Add(new Run(Tokens.Count, weight, IsBreak: false));
    }

    /// <summary>A name that is not known is left out, as ComfyUI does.</summary>
    /// <returns>What is left as text.</returns>
    private ReadOnlySpan<char> AddCalled(ReadOnlySpan<char> name, int offset, Embeddings known)
    {
        // ComfyUI takes the commas off both ends and then as many units off the beginning as are left: `,a` leaves the `a`.
        var bare = known.TryFind(name, out _, out _) ? name : name.Trim(',');
        if (known.TryFind(bare, out var found, out var vectors))
        {
            AddInsert(found, vectors, offset);
            _words.Add(Tokens.Count);
        }

        return name[bare.Length..];
    }

    private void AddInsert(string name, int vectors, int offset)
    {
        _inserts.Add(new Insert(Tokens.Count, vectors, name));
        for (var i = 0; i < vectors; i++) Tokens.Add(0, offset);
    }

    /// <summary><see cref="ComfyAttention.Unescape"/>, keeping the places.</summary>
    private static void Unescape(ReadOnlySpan<char> text, int start, MappedText plain)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var next = i + 1 < text.Length ? text[i + 1] : ' ';
            var unit = (text[i], next) switch
            {
                ('\\', '(' or ')') => next,
                ('\0', '\u0001') => ')',
                ('\0', '\u0002') => '(',
                _ => text[i],
            };
            plain.Add(unit, start + i);
            if (unit != text[i]) i++;
        }
    }
}
