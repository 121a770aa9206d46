using System.Text;
using Kohaku.Syntax.Tokens;

namespace Kohaku.Syntax.Tests.Tokens;

public sealed class ClipTokenizerTests
{
    private readonly ClipTokenizer _tokenizer = Vocabulary.Tokenizer();

    [Fact]
    public void Ids_are_those_of_transformers()
    {
        foreach (var prompt in GoldenPrompts.A1111.Where(prompt => prompt.TryGetProperty("hf", out _)))
        {
            var text = prompt.GetProperty("text").GetString()!;
            Assert.Equal((text, Join(GoldenPrompts.Ids(prompt.GetProperty("hf")))), (text, Join(_tokenizer.Encode(text, TextCleaning.Canonical))));
        }
    }

    [Fact]
    public void Ids_are_those_of_A1111()
    {
        foreach (var prompt in GoldenPrompts.A1111.Where(prompt => prompt.TryGetProperty("a1111", out _)))
        {
            var text = prompt.GetProperty("text").GetString()!;
            Assert.Equal((text, Join(GoldenPrompts.Ids(prompt.GetProperty("a1111")))), (text, Join(_tokenizer.Encode(text))));
        }
    }

    [Theory]
    [InlineData("masterpiece, best quality", "12066 267 949 3027")]
    [InlineData("1girl", "272 1611")]
    [InlineData("MASTERPIECE", "12066")]
    [InlineData("", "")]
    [InlineData(" \t\r\n", "")]
    public void Known_ids(string text, string ids) => Assert.Equal(ids, Join(_tokenizer.Encode(text)));

    [Theory]
    [InlineData("a &amp; b", "a & b")]
    [InlineData("&lt3", "<3")]
    [InlineData("&notit;", "¬it;")]
    [InlineData("&#x31;girl&#44; &#49girl", "1girl, 1girl")]
    [InlineData("&amp;amp;lt;3", "<3")]
    [InlineData("&NTILDE;", "ñ")]
    [InlineData("&IMATH;", "i")]
    [InlineData("&AMP;", "&")]
    [InlineData("&#150;", "–")]
    [InlineData("&#xD800; &#x110000;", "\uFFFD \uFFFD")]
    [InlineData("a&#1;b", "ab")]
    [InlineData("AT&T", "at&t")]
    [InlineData("cafe\u0301", "café")]
    [InlineData("\u001B[31mred\u001B[0m", "red")]
    [InlineData("\uFEFFa\u0000b", "ab")]
    [InlineData("“ﬁne”", "\"fine\"")]
    [InlineData("Ĳ", "ij")]
    [InlineData("ｶﾞ", "ガ")]
    [InlineData("\u0093quoted\u0094", "\"quoted\"")]
    [InlineData("ΟΔΟΣ", "οδος")]
    [InlineData("İ", "i\u0307")]
    [InlineData("\u212A", "k")]
    [InlineData("１，ｌｏｎｇ　ｈａｉｒ", "1,long hair")]
    public void Text_is_cleaned_as_ftfy_and_HTML_unescaping_do(string text, string plain) =>
        Assert.Equal(Join(_tokenizer.Encode(plain, TextCleaning.Canonical)), Join(_tokenizer.Encode(text, TextCleaning.Ftfy)));

    [Theory]
    [InlineData("cafe\u0301", "café")]
    [InlineData("\u1100\u1161\u11A8", "각")]
    [InlineData("q\u0307\u0323", "q\u0323\u0307")]
    [InlineData("\u212B", "å")]
    [InlineData("ΟΔΟΣ", "οδοσ")]
    public void Text_is_composed_as_transformers_do(string text, string plain) =>
        Assert.Equal(Join(_tokenizer.Encode(plain, TextCleaning.Canonical)), Join(_tokenizer.Encode(text, TextCleaning.Canonical)));

    [Fact]
    public void References_behind_an_open_angle_bracket_are_resolved_after_the_width()
    {
        // ftfy leaves them to html.unescape there, and nothing narrows what that gives.
        Assert.Equal(Join(_tokenizer.Encode("1", TextCleaning.Canonical)), Join(_tokenizer.Encode("&#xFF11;")));
        Assert.Equal(Join(_tokenizer.Encode("< １", TextCleaning.Canonical)), Join(_tokenizer.Encode("< &#xFF11;")));
    }

    [Fact]
    public void References_nested_deeper_than_18_are_resolved_so_far_only()
    {
        // ftfy would go on until nothing changes, which for megabytes of them never ends.
        var text = "&" + string.Concat(Enumerable.Repeat("amp;", 25)) + "lt;";
        var left = "&" + string.Concat(Enumerable.Repeat("amp;", 25 - 18)) + "lt;";
        Assert.Equal(Join(_tokenizer.Encode(left, TextCleaning.Canonical)), Join(_tokenizer.Encode(text)));
    }

    [Fact]
    public void Special_tokens_are_each_tokenizers_own()
    {
        Assert.Equal([320, 49407, 321, 49406], _tokenizer.Encode("a<|endoftext|>b<|startoftext|>", TextCleaning.Canonical));
        Assert.Equal([320, 49407, 321, 49406], _tokenizer.Encode("a<end_of_text>b <START_OF_TEXT>"));
        Assert.DoesNotContain(49407, _tokenizer.Encode("a<|endoftext|>b"));
        Assert.DoesNotContain(49407, _tokenizer.Encode("a,<end_of_text>"));
    }

    [Theory]
    [InlineData("it's 'single' o'clock")]
    [InlineData("1girl, miku (vocaloid), :3, ^_^")]
    [InlineData("猫耳, “x”, pneumonoultramicroscopicsilicovolcanoconiosis")]
    [InlineData("a &amp; <|endoftext|>")]
    public void Counting_is_encoding_without_the_ids(string text)
    {
        foreach (var cleaning in Enum.GetValues<TextCleaning>())
        {
            Assert.Equal(_tokenizer.Encode(text, cleaning).Length, _tokenizer.Count(text, cleaning));
        }
    }

    [Fact]
    public void Each_token_knows_where_it_begins()
    {
        var tokens = new TokenBuffer();
        _tokenizer.Encode("1girl, “ﬁn” pneumonoultra", TextCleaning.Ftfy, tokens);
        Assert.Equal("0 1 5 7 8 10 12 16 19 22", Join(tokens.Offsets.ToArray()));
    }

    [Theory]
    [InlineData("\u0A5E\u20D2")]
    [InlineData("q\u20DD\u0301\u0323")]
    public void Tokens_of_marks_that_change_places_stand_in_the_order_of_the_text(string text)
    {
        foreach (var cleaning in Enum.GetValues<TextCleaning>())
        {
            var tokens = new TokenBuffer();
            _tokenizer.Encode(text, cleaning, tokens);
            Assert.Equal(tokens.Offsets.ToArray().Order(), tokens.Offsets.ToArray());
        }
    }

    [Fact]
    public void Counting_words_seen_before_allocates_nothing()
    {
        const string text = "1girl, solo, hatsune miku, vocaloid, masterpiece, best quality, (smile:1.2), 猫耳, don't";
        _tokenizer.Count(text);
        var before = GC.GetAllocatedBytesForCurrentThread();
        _tokenizer.Count(text);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void A_lone_surrogate_is_a_replacement_character() =>
        Assert.Equal(_tokenizer.Encode("a\uFFFDb"), _tokenizer.Encode("a\uD800b"));

    [Theory]
    [InlineData("ab")]
    [InlineData("pneumonoultramicroscopicsilicovolcanoconiosis")]
    [InlineData("!?")]
    [InlineData("猫")]
    [InlineData("&amp")]
    [InlineData("&")]
    [InlineData("\u0300\u0323")]
    [InlineData("é\n")]
    [InlineData("<|")]
    [InlineData("<|endoftext|>")]
    public void A_megabyte_of_one_thing_takes_linear_time(string part)
    {
        var text = new StringBuilder().Insert(0, part, 1_000_000 / part.Length).ToString();
        Assert.True(_tokenizer.Count(text, TextCleaning.Ftfy) > 0);
        Assert.True(_tokenizer.Count(text, TextCleaning.Canonical) > 0);
    }

    [Fact]
    public void A_word_of_ten_megabytes_is_encoded() => Assert.Equal(1_250_001, _tokenizer.Count(new string('a', 10_000_000)));

    private static string Join(IEnumerable<int> ids) => string.Join(' ', ids);
}
