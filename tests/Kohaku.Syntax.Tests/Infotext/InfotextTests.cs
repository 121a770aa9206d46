using CsCheck;
using Kohaku.Syntax.Tests.Golden;
using Kohaku.Syntax.Tests.Meaning;

namespace Kohaku.Syntax.Tests.Infotexts;

public sealed class InfotextTests
{
    public static TheoryData<int> Readings { get; } =
        [.. Enumerable.Range(0, GoldenFile.Read("infotext.json").GetProperty("read").GetArrayLength())];

    public static TheoryData<int> Quotings { get; } =
        [.. Enumerable.Range(0, GoldenFile.Read("infotext.json").GetProperty("quoted").GetArrayLength())];

    [Theory, MemberData(nameof(Readings))]
    public void It_is_read_as_A1111_reads_it(int index)
    {
        var golden = GoldenFile.Read("infotext.json").GetProperty("read")[index];
        var read = Infotext.Read(golden.GetProperty("text").GetString()!);
        Assert.Equal(golden.GetProperty("prompt").GetString(), read.Prompt);
        Assert.Equal(golden.GetProperty("negative").GetString(), read.Negative);
        Assert.Equal(
            golden.GetProperty("parameters").EnumerateObject().Select(pair => $"{pair.Name}={pair.Value.GetString()}"),
            read.ToParameters().Select(pair => $"{pair.Key}={pair.Value}"));
    }

    [Theory, MemberData(nameof(Quotings))]
    public void Values_are_quoted_as_A1111_quotes_them(int index)
    {
        var golden = GoldenFile.Read("infotext.json").GetProperty("quoted")[index];
        Assert.Equal(golden[1].ToString(), InfotextQuote.Write(golden[0].ToString()));
    }

    [Fact]
    public void Names_and_values_have_their_places()
    {
        const string text = "a,\n b \nNegative prompt: c\n  d\nSteps: 4, Sampler: Euler a, Model: \"x: y\"";
        var read = Infotext.Read(text);
        Assert.Equal("a,\n b", Cut(read.PromptSpan));
        Assert.Equal("c\n  d", Cut(read.NegativeSpan));
        Assert.Equal("Steps: 4, Sampler: Euler a, Model: \"x: y\"", Cut(read.ParametersSpan));
        Assert.Equal(["Steps", "Sampler", "Model"], read.Fields.Select(field => Cut(field.KeySpan)));
        Assert.Equal(["4", "Euler a", "\"x: y\""], read.Fields.Select(field => Cut(field.ValueSpan)));
        Assert.Equal("x: y", read.Find("Model"));

        string Cut(TextSpan span) => text.Substring(span.Start, span.Length);
    }

    [Theory]
    [InlineData("1girl\nNegative prompt: lowres\nSteps: 20, Sampler: Euler a, Size: 832x1216, Lora hashes: \"delta: aaaa, eps: bbbb\", Version: v1.10.1")]
    [InlineData("a\nSteps: 4, Tiling, Sampler: Euler, Seed: 5, Hires prompt: \"1girl,\\nsolo\"")]
    [InlineData("Negative prompt: x\nSteps: 1, Sampler: Euler, Seed: 2")]
    [InlineData("only a prompt")]
    [InlineData("")]
    public void What_A1111_wrote_comes_back_the_same(string text) => Assert.Equal(text, Infotext.Read(text).Write());

    [Theory]
    [InlineData("a\nAa: \"\", Bb: 1, Cc: 2")]
    [InlineData("a\nAa: \" x\", Bb: 1, Cc: \"2 \"")]
    [InlineData("a\nNote: \"\\\",\\\\a\\\"\", aa: , Note: a")]
    [InlineData("Aa: 1, Bb: 2, Cc: 3\nNegative prompt:")]
    [InlineData("Negative prompt: a\nNegative prompt: Negative prompt: b")]
    [InlineData("a\nNegative prompt: b\nAa: 1, Bb: 2, Cc: 3\nNegative prompt:")]
    public void What_would_be_read_as_something_else_is_written_so_that_it_is_not(string text) => Assert.Equal(text, Infotext.Read(text).Write());

    [Theory]
    [InlineData("Note:\",\\a\"aa:,Note:a")]
    [InlineData("Note: \"a\\q\", Aa: 1, Bb: 2")]
    public void A_quote_that_never_ends_reaches_no_other_value(string text)
    {
        var read = Infotext.Read(text);
        Assert.Equal(read.ToParameters(), Infotext.Read(read.Write()).ToParameters());
    }

    [Fact]
    public void What_was_written_is_read_back_and_written_the_same()
    {
        var line = Gen.String[Gen.Char.AlphaNumeric, 1, 8];
        var lines = Gen.Select(line, Gen.OneOf(Gen.Const(""), line), (a, b) => b.Length == 0 ? a : $"{a}, ({b}:1.2)\n{b}");
        var key = Gen.Select(Gen.Char["ABCDEFG"], Gen.String[Gen.Char["abc -/"], 1, 6], (first, rest) => first + rest + "x");
        var value = Gen.OneOf(line, Gen.Int.Select(number => $"{number}"), AnyText.Any.Where(text => text.Trim('\u001C', '\u001D', '\u001E', '\u001F').Trim() == text && text is not ([] or ['"', ..])));
        Gen.Select(lines, Gen.OneOf(Gen.Const(""), lines), Gen.Select(key, value, (k, v) => new InfotextField(k, v)).Array[3, 8])
            .Sample((prompt, negative, fields) =>
            {
                fields = [.. fields.Where(field => !field.IsBare)];
                if (fields.Length < 3)
                    return;
                var text = new Infotext(prompt, negative, fields).Write();
                var read = Infotext.Read(text);
                Assert.Equal(text, read.Write());
                Assert.Equal((prompt, negative), (read.Prompt, read.Negative));
                Assert.Equal(fields.Select(field => (field.Key, field.Value)), read.Fields.Select(field => (field.Key, field.Value)));
            }, iter: 5_000);
    }

    [Fact]
    public void Any_text_is_read_and_settles_when_written()
    {
        AnyText.Any.Sample(text =>
        {
            var read = Infotext.Read(text);
            foreach (var field in read.Fields)
                Assert.Equal(field.Key, text.Substring(field.KeySpan.Start, field.KeySpan.Length));
        }, iter: 20_000);
    }

    [Theory, MemberData(nameof(AnyText.Huge), MemberType = typeof(AnyText))]
    public void Long_and_deep_texts_are_read(string piece, int count)
    {
        var text = AnyText.Repeat(piece, count);
        Assert.NotEmpty(Infotext.Read(text + "\nAa: 1, Bb: 2, Cc: 3").Fields);
        Assert.Empty(Infotext.Read("Aa: 1, Bb: 2, Cc: 3\n" + text + "\nx").Fields);
    }
}
