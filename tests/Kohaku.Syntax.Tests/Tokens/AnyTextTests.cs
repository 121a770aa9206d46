using System.Text;
using CsCheck;
using Kohaku.Syntax.Tokens;

namespace Kohaku.Syntax.Tests.Tokens;

public sealed class AnyTextTests
{
    private static readonly Gen<string> s_units = Gen.OneOf(
            Gen.Int[0, 0xFFFF], Gen.Int[0, 0x7F], Gen.Int[0xD800, 0xDFFF], Gen.Int[0x300, 0x36F], Gen.Int[0x1100, 0x11FF], Gen.Int[0xFF00, 0xFFFF])
        .Select(unit => ((char)unit).ToString());

    private static readonly string[] s_marks = ["&", "#", "x", ";", "amp", "&#x", "&lt", "<", "<|endoftext|>", "<end_of_text>", "\u001B[", "Σ", "İ", "'", "\uD83D\uDE00"];

    private static readonly Gen<string> s_texts = Gen.OneOf(s_units, Gen.Int[0, s_marks.Length - 1].Select(i => s_marks[i])).Array[0, 60].Select(parts => string.Concat(parts));

    private readonly ClipTokenizer _tokenizer = Vocabulary.Tokenizer();

    [Theory]
    [InlineData(TextCleaning.Ftfy)]
    [InlineData(TextCleaning.Canonical)]
    public void Every_text_has_tokens_at_rising_places(TextCleaning cleaning) => s_texts.Sample(
        text =>
        {
            var tokens = new TokenBuffer();
            _tokenizer.Encode(text, cleaning, tokens);
            Assert.Equal(tokens.Count, _tokenizer.Count(text, cleaning));
            // Marks change places when they are ordered; nothing else does.
            var before = 0;
            foreach (var offset in tokens.Offsets)
            {
                Assert.InRange(offset, 0, text.Length - 1);
                if (!text.Any(unit => unit >= 0x300)) Assert.True(offset >= before);
                before = offset;
            }
        },
        iter: 5000,
        threads: 1);

    [Fact]
    public void Composing_twice_is_composing_once() => s_units.Array[0, 20].Select(parts => string.Concat(parts)).Sample(
        text =>
        {
            var composer = new CanonicalComposer(Vocabulary.Table);
            var once = Composed(composer, text);
            Assert.Equal(once, Composed(composer, once));
        },
        iter: 5000,
        threads: 1);

    [Fact]
    public void Hangul_composes_by_arithmetic()
    {
        var composer = new CanonicalComposer(Vocabulary.Table);
        for (var lead = 0; lead < 19; lead++)
        {
            for (var vowel = 0; vowel < 21; vowel++)
            {
                for (var trail = 0; trail < 28; trail++)
                {
                    var parts = new StringBuilder().Append((char)(0x1100 + lead)).Append((char)(0x1161 + vowel));
                    if (trail > 0) parts.Append((char)(0x11A7 + trail));
                    Assert.Equal(((char)(0xAC00 + (((lead * 21) + vowel) * 28) + trail)).ToString(), Composed(composer, parts.ToString()));
                }
            }
        }
    }

    private static string Composed(CanonicalComposer composer, string text)
    {
        var source = new MappedText();
        var target = new MappedText();
        source.AddGiven(text, 0);
        return (composer.Compose(source, target) ? target : source).Chars.ToString();
    }
}
