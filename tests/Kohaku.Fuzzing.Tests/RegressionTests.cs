using System.Text;
using Kohaku.Fuzzing.Engine;
using Kohaku.Fuzzing.Targets;
using Kohaku.Fuzzing.Texts;

namespace Kohaku.Fuzzing.Tests;

/// <summary>Inputs that once broke what must hold.</summary>
public sealed class RegressionTests
{
    [Theory]
    [InlineData("configuration", "{\"wildcards\":\"\\u0000\"}")]
    [InlineData("configuration", "{\"extends\":\"\\u0000\"}")]
    [InlineData("configuration", "{\"baseline\":\"\\u0000\"}")]
    [InlineData("configuration", "{\r\n")]
    [InlineData("configuration", "u\naa")]
    [InlineData("globs", "\n\0")]
    [InlineData("globs", "[[:]")]
    [InlineData("comfyui", "")]
    [InlineData("comfyui", "{\r\n")]
    [InlineData("fixes", "0:3\n---\n\\（a）")]
    [InlineData("framing", "Content-Length:43\n\n{\"aaaaaaa\":\"aaa\",\"id\":1,\"aaaaaa\":\"aaaaaa\"} ")]
    [InlineData("dynamic", "a${x}__${x}__${x=!__a____@a__}")]
    [InlineData("meaning", "a\u0A5E\u20D2")]
    [InlineData("syntax", "\n[AND\U00010080:5]")]
    [InlineData("fixes", "\u0004artoria pendragon (fate),artoria pendragon (fate),:(,a,:3\n---\n")]
    [InlineData("edits", "aUa((wlop:1.5)a")]
    [InlineData("renames", "aa<a:a :>")]
    [InlineData("renames", "aaaaaaaaa\\ [")]
    [InlineData("renames", "ad\\)BREAK")]
    [InlineData("updates", "page\n")]
    [InlineData("updates", "page\t\t\n")]
    [InlineData("updates", "tag\t\t0\t\t\ndone\t\t7\n")]
    [InlineData("updates", "implies\ta\ndone\ttags\t7\n")]
    public void An_input_that_broke_something_breaks_nothing(string name, string input)
    {
        using var target = AllTargets.Make(name)!;
        target.Check(Encoding.UTF8.GetBytes(input));
    }

    [Fact]
    public void A_page_with_a_name_that_is_no_text_is_one_error()
    {
        using var target = new UpdatesTarget();
        target.Check([.. "[{\""u8, 0xED, .. "\":3}]"u8, 0xFE]);
    }

    [Fact]
    public void A_comma_inside_a_number_s_brackets_does_not_stop_the_formatter()
    {
        using var target = new FormatTarget();
        target.Check(Options.Input(0x6E, "reverse:1999(,)explicit,"));
    }

    [Fact]
    public void A_weight_that_is_no_number_is_converted_in_no_time_to_nothing()
    {
        using var target = new EditsTarget();
        target.Check([189, 138, .. Options.Input(2, ",(r:nan)")]);
    }

    [Fact]
    public void A_tag_without_a_name_is_one_error()
    {
        using var target = new DatabasesTarget();
        var error = Record.Exception(() => target.Check(SeededRun.Input(target, 1, 6)));
        Assert.Null(error);
    }
}
