using System.Text.Encodings.Web;
using System.Text.Json;
using Kohaku.Syntax.Meaning;
using Kohaku.Syntax.Tokens;

namespace Kohaku.Syntax.Tests.Tokens;

public sealed class TokensJsonTests
{
    private readonly ClipTokenizer _tokenizer = Vocabulary.Tokenizer();

    [Fact]
    public void The_golden_prompts_give_the_golden_objects()
    {
        var prompts = GoldenPrompts.Read("tokens.json");
        Assert.Equal(89, prompts.Length);
        foreach (var expected in prompts)
        {
            var text = expected.GetProperty("prompt").GetString()!;
            var actual = Write(text, null, expected.GetProperty("steps").GetInt32());
            using var parsed = JsonDocument.Parse(actual);
            Assert.True(JsonElement.DeepEquals(expected, parsed.RootElement), $"{text}\n{expected}\n{actual}");
        }
    }

    [Fact]
    public void What_A1111_fails_on_is_an_error()
    {
        Assert.Equal("""{"prompt":"(a:1.2.3)","steps":10,"error":"could not convert string to float: '1.2.3'"}""", Write("(a:1.2.3)", null));
        Assert.False(TokensJson.Write(
            new Utf8JsonWriter(new MemoryStream()), Meaning("a"), Meaning("(a:1.2.3)"), Dialect.A1111, _tokenizer));
        Assert.True(TokensJson.Write(new Utf8JsonWriter(new MemoryStream()), Meaning("a"), Meaning("b"), Dialect.A1111, _tokenizer));
    }

    [Fact]
    public void A_negative_prompt_has_the_same_form()
    {
        using var both = JsonDocument.Parse(Write("a", "[b:c:5]"));
        using var negative = JsonDocument.Parse(Write("[b:c:5]", null));
        Assert.True(JsonElement.DeepEquals(negative.RootElement, both.RootElement.GetProperty("negative")));
    }

    [Theory]
    [InlineData("(a:inf)", "\"Infinity\"")]
    [InlineData("(a:-inf)", "\"-Infinity\"")]
    [InlineData("(a:nan)", "\"NaN\"")]
    public void A_weight_that_is_no_JSON_number_is_a_string(string text, string weight) =>
        Assert.Contains($"[1,{weight}]", Write(text, null, 10, Dialect.ComfyUI), StringComparison.Ordinal);

    [Fact]
    public void A_lone_surrogate_does_not_fail() =>
        Assert.StartsWith("{\"prompt\":\"a\uFFFDb\"", Write("a\uD800b", null), StringComparison.Ordinal);

    private static PromptMeaning Meaning(string text, int steps = 10, Dialect dialect = Dialect.A1111) => PromptMeaning.Of(text, dialect, steps);

    private string Write(string text, string? negative, int steps = 10, Dialect dialect = Dialect.A1111)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            TokensJson.Write(json, Meaning(text, steps, dialect), negative is null ? null : Meaning(negative, steps, dialect), dialect, _tokenizer);
        }

        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }
}
