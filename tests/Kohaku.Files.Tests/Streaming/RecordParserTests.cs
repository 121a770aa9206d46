using System.Text;
using System.Text.Json;
using CsCheck;

namespace Kohaku.Files.Tests;

public sealed class RecordParserTests
{
    private readonly RecordParser parser = new();

    [Fact]
    public void A_record_has_prompt_negative_prompt_and_id()
    {
        var line = """{"id": {"a": [1, "}"]}, "prompt": "1girl", "x": 1e5, "negative_prompt": "bad"}"""u8;
        Assert.True(parser.TryParse(line));
        Assert.Equal("1girl", parser.Prompt);
        Assert.Equal("bad", parser.Negative);
        Assert.Equal("""{"a": [1, "}"]}"""u8, line.Slice(parser.IdToken.Start, parser.IdToken.Length));
    }

    [Theory]
    [InlineData("""{"prompt": "a", "prompt": "b"}""", "b")]
    [InlineData("""{"x": {"prompt": "a"}, "prompt": "b"}""", "b")]
    [InlineData("""{"pr\u006fmpt": "a"}""", "a")]
    [InlineData("""{"prompt": "\ud83d\ude00\n\/\\\""}""", "\ud83d\ude00\n/\\\"")]
    [InlineData(" \t{ \"prompt\" : \"\" } \r", "")]
    public void The_prompt_is_decoded(string line, string prompt)
    {
        Assert.True(parser.TryParse(Encoding.UTF8.GetBytes(line)), parser.Error);
        Assert.Equal(prompt, parser.Prompt.ToString());
    }

    [Fact]
    public void A_lone_surrogate_is_kept()
    {
        Assert.True(parser.TryParse("""{"prompt": "\ud800a\udc00"}"""u8));
        Assert.Equal("\ud800a\udc00", parser.Prompt.ToString());
    }

    [Theory]
    [InlineData("", "no JSON object; a record is one object on one line")]
    [InlineData("[]", "no JSON object; a record is one object on one line")]
    [InlineData("{}", "no property \"prompt\"; name the prompt's property with --field")]
    [InlineData("{\"prompt\": null}", "\"prompt\" is no string; write the prompt as a string")]
    [InlineData("{\"prompt\": \"a\", \"negative_prompt\": 1}", "\"negative_prompt\" is no string; write the negative prompt as a string or null")]
    [InlineData("{\"prompt\": \"a\"", "invalid JSON at byte 15; a record is one object on one line")]
    [InlineData("{\"prompt\": \"a\",}", "invalid JSON at byte 16; a record is one object on one line")]
    [InlineData("{\"prompt\": \"a\"} x", "invalid JSON at byte 17; a record is one object on one line")]
    [InlineData("{\"prompt\": \"\\x\"}", "invalid JSON at byte 13; a record is one object on one line")]
    [InlineData("{\"prompt\": \"a\tb\"}", "invalid JSON at byte 14; a record is one object on one line")]
    [InlineData("{\"a\": 01, \"prompt\": \"a\"}", "invalid JSON at byte 7; a record is one object on one line")]
    public void A_line_that_is_no_record_says_why(string line, string error)
    {
        Assert.False(parser.TryParse(Encoding.UTF8.GetBytes(line)));
        Assert.Equal(error, parser.Error);
    }

    [Fact]
    public void Bytes_that_are_no_text_say_so()
    {
        Assert.False(parser.TryParse([.. "{\"prompt\": \""u8, 0xFF, .. "\"}"u8]));
        Assert.Equal("invalid UTF-8; write the record as UTF-8", parser.Error);
    }

    [Fact]
    public void Deep_nesting_is_refused_and_overflows_nothing() =>
        Assert.False(parser.TryParse(Encoding.UTF8.GetBytes("{\"a\":" + new string('[', 1_000_000))));

    [Fact]
    public void A_null_negative_prompt_is_none()
    {
        Assert.True(parser.TryParse("""{"prompt": "a", "negative_prompt": null}"""u8));
        Assert.False(parser.HasNegative);
    }

    [Fact]
    public void Any_prompt_is_read_as_the_framework_wrote_it() => Gen.String.Select(Gen.String).Sample((prompt, negative) =>
    {
        var (a, b) = (Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(prompt)), Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(negative)));
        var own = new RecordParser();
        var line = $"{{\"negative_prompt\":{JsonSerializer.Serialize(b)},\"prompt\":\"{JsonText.Escape(a)}\"}}";
        return own.TryParse(Encoding.UTF8.GetBytes(line)) && own.Prompt.SequenceEqual(a) && own.Negative.SequenceEqual(b);
    });

    [Fact]
    public void Whether_a_line_is_JSON_is_decided_as_the_framework_does() => Gen.String[Gen.Char["{}[]\",:\\ue0-1.+tf"], 0, 14].Sample(tail =>
    {
        var line = Encoding.UTF8.GetBytes("{\"prompt\":\"a\",\"x\":" + tail + "}");
        return new RecordParser().TryParse(line) == IsObject(line);
    }, iter: 20_000);

    [Fact]
    public void No_bytes_make_it_throw() => Gen.Byte.Array.Sample(bytes => new RecordParser().TryParse(bytes) || true);

    private static bool IsObject(byte[] line)
    {
        try
        {
            // A later "prompt" that is no string would be refused for another reason; the alphabet above can not spell one.
            using var document = JsonDocument.Parse(line);
            return document.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
