using System.Text.RegularExpressions;
using CsCheck;
using Kohaku.Syntax.Tokens;
using Microsoft.ML.Tokenizers;

namespace Kohaku.Syntax.Tests.Tokens;

/// <summary>Ours against Microsoft.ML.Tokenizers' byte-pair encoder over the same merges. It composes nothing and knows no letters beyond U+FFFF, so the texts are composed and have none.</summary>
public sealed partial class IndependentTokenizerTests
{
    private static readonly Lazy<BpeTokenizer> s_other = new(Other);

    private static readonly string[] s_words =
    [
        "1girl", "masterpiece", "looking at viewer", ", ", " ", "\n", "\t", "'s", "'RE", "'", "don't", "(", ")", "((", ":1.2)", "_", "^_^", ">:(", "猫耳", "初音ミク",
        "ñ", "É", "ß", "ſ", "½", "Ⅳ", "😀", "❤️", "\u00A0", "\u3000", "…", "“", "Ω", "Σ", "ж", "٣", "\u0085", "\u0000", "<|", "|>", "Ａ", "K", "Ǆ", "ﬁ",
        "pneumonoultramicroscopicsilicovolcanoconiosis",
    ];

    private static readonly Gen<string> s_texts = Gen.OneOf(
            Gen.Int[0, s_words.Length - 1].Select(i => s_words[i]),
            Gen.Int[0x20, 0x7E].Select(unit => ((char)unit).ToString()),
            Gen.Int[0xA0, 0x24F].Where(unit => unit != 'İ').Select(unit => ((char)unit).ToString()),
            Gen.Int['a', 'z'].Select(unit => (char)unit).Array[1, 90].Select(units => new string(units)))
        .Array[0, 30].Select(parts => string.Concat(parts));

    private readonly ClipTokenizer _tokenizer = Vocabulary.Tokenizer();

    [Fact]
    public void Ids_agree_on_generated_text() => s_texts.Sample(
        text => Assert.Equal(s_other.Value.EncodeToIds(text), _tokenizer.Encode(text, TextCleaning.Canonical)),
        iter: 3000,
        threads: 1);

    private static BpeTokenizer Other()
    {
        var bytes = Enumerable.Range(0, 256).ToArray();
        var printable = bytes.Where(value => value is >= '!' and <= '~' or >= 0xA1 and <= 0xAC or >= 0xAE).ToArray();
        var symbols = printable.Select(value => ((char)value).ToString())
            .Concat(Enumerable.Range(256, 256 - printable.Length).Select(value => ((char)value).ToString())).ToArray();
        var merges = System.Text.Encoding.UTF8.GetString(Vocabulary.Read("merges.txt")).TrimEnd('\n').Split('\n');
        var vocabulary = symbols.Concat(symbols.Select(symbol => symbol + "</w>")).Concat(merges.Select(merge => merge.Replace(" ", "", StringComparison.Ordinal)));
        return BpeTokenizer.Create(new BpeOptions(vocabulary.Select((token, id) => KeyValuePair.Create(token, id)))
        {
            Merges = merges,
            ByteLevel = true,
            EndOfWordSuffix = "</w>",
            PreTokenizer = new RegexPreTokenizer(Pattern(), null),
            Normalizer = new LowerCaseNormalizer(),
        });
    }

    [GeneratedRegex(@"'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+")]
    private static partial Regex Pattern();
}
