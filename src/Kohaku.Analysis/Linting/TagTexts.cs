using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using Kohaku.Analysis.Configuration;
using Kohaku.Syntax;
using Kohaku.Tags;

namespace Kohaku.Analysis.Linting;

/// <summary>Finds <see cref="TagText"/>s by what is written, and keeps them. One thread at a time.</summary>
/// <remarks>
/// Prompts repeat their tags: one hash and one comparison answer nearly every comma field of a stream. What is kept is bounded: texts move
/// from a full table to the next one as they are asked for again, and what nobody asked for is forgotten.
/// </remarks>
public sealed class TagTexts
{
    /// <summary>How many texts are kept, twice over, without another number.</summary>
    public const int DefaultCapacity = 1 << 16;

    private const int LongestKept = 256;
    private readonly TagLookup _lookup;
    private readonly Settings _settings;
    private readonly int _capacity;
    private TextTable _recent = new();
    private TextTable _older = new();

    /// <summary>Texts as one lookup and one configuration see them.</summary>
    /// <param name="lookup">The tag lists.</param>
    /// <param name="settings">The configuration.</param>
    /// <param name="capacity">How many texts are kept, twice over; some 300 bytes each.</param>
    public TagTexts(TagLookup lookup, Settings settings, int capacity = DefaultCapacity)
    {
        _lookup = lookup;
        _settings = settings;
        _capacity = capacity;
    }

    /// <summary>What is known of a written tag.</summary>
    public TagText Get(ReadOnlySpan<char> written) => Find(written).Text;

    /// <summary>Fetches the cache lines that a side's texts will be looked for in, all at once: one after the other they would be waited for.</summary>
    internal void Prefetch(SyntaxTree tree, RowRange pieces)
    {
        if (!Sse.IsSupported) return;
        for (var i = pieces.First; i < pieces.End; i++) _recent.Prefetch(TextTable.Hash(tree.Slice(tree.Pieces[i].Span)));
    }

    /// <summary>The same with what every tag of a prompt needs of it.</summary>
    internal KnownText Find(ReadOnlySpan<char> written)
    {
        var hash = TextTable.Hash(written);
        ref readonly var known = ref _recent.Find(written, hash);
        return Unsafe.IsNullRef(in known) ? Fetch(written, hash) : known;
    }

    private KnownText Fetch(ReadOnlySpan<char> written, uint hash)
    {
        ref readonly var old = ref _older.Find(written, hash);
        var known = Unsafe.IsNullRef(in old) ? KnownText.Of(TagTextFactory.Create(written, _lookup, _settings)) : old;
        if (written.Length > LongestKept) return known;
        if (_recent.Count >= _capacity)
        {
            (_recent, _older) = (_older, _recent);
            _recent.Clear();
        }

        _recent.Add(written, hash, known);
        return known;
    }
}
