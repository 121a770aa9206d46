using CsCheck;
using Kohaku.Syntax.Meaning;
using Kohaku.Syntax.Tokens;

namespace Kohaku.Syntax.Tests.Tokens;

public sealed class ChunkLayoutTests
{
    private static readonly string[] s_pieces =
    [
        "1girl", ", ", " ", "(", ")", "[", "]", ":1.2)", "\\(", "\\)", "\\", "BREAK", " BREAK ", "\n", "word ", "word word word word ", "long hair, ", "猫耳", "“x”",
        "&amp;", "pneumonoultramicroscopicsilicovolcanoconiosis", ":-1)", "\0\u0001", "e\u0301",
    ];

    private static readonly Gen<string> s_prompts = Gen.Int[0, s_pieces.Length - 1].Select(i => s_pieces[i]).Array[0, 60].Select(pieces => string.Concat(pieces));

    private readonly ClipTokenizer _tokenizer = Vocabulary.Tokenizer();
    private readonly AttentionReader _reader = new();
    private readonly ChunkLayout _layout = new(Vocabulary.Tokenizer());

    [Fact]
    public void Counts_and_chunks_of_the_golden_prompts()
    {
        foreach (var prompt in GoldenPrompts.A1111.Where(prompt => prompt.TryGetProperty("attention", out _)))
        {
            var text = prompt.GetProperty("text").GetString()!;
            Read(text, Dialect.A1111);
            Assert.Equal((text, prompt.GetProperty("count").GetInt32()), (text, _layout.Count));
            Assert.Equal((text, prompt.GetProperty("chunks").GetArrayLength()), (text, _layout.ChunkCount));
        }
    }

    [Theory]
    [InlineData(Dialect.A1111)]
    [InlineData(Dialect.ComfyUI)]
    public void The_layout_agrees_with_the_chunks(Dialect dialect) => s_prompts.Sample(
        text =>
        {
            var chunked = Chunks.Of(Attention.Of(text, dialect).Runs, dialect, _tokenizer);
            Read(text, dialect);
            Assert.Equal(chunked.Count, _layout.Count);
            Assert.Equal(chunked.Chunks.Count, _layout.ChunkCount);
            Assert.Equal(chunked.Chunks.Count - 1, _layout.Borders.Length);
            var offset = 0;
            for (var i = 0; i < _layout.Borders.Length; i++)
            {
                Assert.InRange(_layout.Borders[i].Offset, offset, text.Length);
                offset = _layout.Borders[i].Offset;
                Assert.Equal(Array.IndexOf(chunked.Chunks[i].Tokens, ClipTokenizer.End), _layout.Borders[i].Tokens + 1);
            }
        },
        iter: 2000,
        threads: 1);

    [Fact]
    public void A_border_falls_behind_the_last_comma_nearby()
    {
        var words = string.Concat(Enumerable.Repeat("word ", 70));
        var text = words + "a, (long hair blue eyes:1.2) end";
        Read(text, Dialect.A1111);
        Assert.Equal(new ChunkBorder(words.Length + 4, 72, false), Assert.Single(_layout.Borders.ToArray()));
        Assert.Equal(75 + 5, _layout.Count);
    }

    [Fact]
    public void Without_a_comma_nearby_a_border_may_fall_into_a_word()
    {
        var words = string.Concat(Enumerable.Repeat("word ", 73));
        Read(words + "pneumonoultra", Dialect.A1111);
        Assert.Equal(new ChunkBorder(words.Length + 7, 75, false), Assert.Single(_layout.Borders.ToArray()));
    }

    [Fact]
    public void A_border_is_placed_in_the_text_as_it_is_written()
    {
        // Escapes, brackets and equal neighbours are joined before the tokenizer sees them.
        var words = string.Concat(Enumerable.Repeat("(word)(s) ", 74));
        Read(words + "\\(a\\) b", Dialect.A1111);
        var border = Assert.Single(_layout.Borders.ToArray());
        Assert.Equal(TokenChunk.Capacity, border.Tokens);
        Assert.Equal("a\\) b", (words + "\\(a\\) b")[border.Offset..]);
    }

    [Fact]
    public void A_BREAK_is_a_border_of_its_own_kind()
    {
        Read("a BREAK b", Dialect.A1111);
        Assert.Equal(new ChunkBorder(8, 1, true), Assert.Single(_layout.Borders.ToArray()));
        Read("a BREAK", Dialect.A1111);
        Assert.Empty(_layout.Borders.ToArray());
        Assert.Equal(75, _layout.Count);
    }

    [Fact]
    public void Laying_out_again_allocates_nothing()
    {
        var text = string.Concat(Enumerable.Repeat("1girl, (long hair:1.2), \\(x\\), 猫耳, ", 20));
        Read(text, Dialect.A1111);
        var before = GC.GetAllocatedBytesForCurrentThread();
        _layout.Read(text, _reader.Runs, Dialect.A1111);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private void Read(string text, Dialect dialect)
    {
        _reader.Read(text, dialect);
        _layout.Read(text, _reader.Runs, dialect);
    }
}
