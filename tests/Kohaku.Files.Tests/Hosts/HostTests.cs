using CsCheck;

namespace Kohaku.Files.Tests;

public sealed class HostTests
{
    [Theory]
    [InlineData("a.prompt", InputKind.Prompt)]
    [InlineData("a.prompt.txt", InputKind.Prompt)]
    [InlineData("a.TXT", InputKind.Text)]
    [InlineData("x/wildcards/colour/a.txt", InputKind.Lines)]
    [InlineData("styles.csv", InputKind.Styles)]
    [InlineData("a.jsonl", InputKind.JsonLines)]
    [InlineData("a.png", InputKind.Png)]
    [InlineData("a.json", InputKind.ComfyUI)]
    [InlineData("a", InputKind.Prompt)]
    public void A_name_says_what_it_is_read_as(string name, InputKind kind) => Assert.Equal(kind, InputKinds.OfName(name));

    [Fact]
    public void Each_line_of_a_list_is_a_prompt_but_comments()
    {
        var host = Open("a\r\n# b\n\n  c, d\re", InputKind.Lines);
        Assert.Equal(["a", "  c, d", "e"], host.Prompts.Select(prompt => prompt.Text.Text));
        Assert.Equal(new LinePosition(4, 6), host.Locate(host.Prompts[1].Text, 5));
    }

    [Fact]
    public void A_list_keeps_its_line_ends_when_one_line_changes()
    {
        var host = Open("a\r\nb, c\rd", InputKind.Lines);
        Assert.Equal("a\r\nb, x y\rd", host.Apply([new Rewrite(host.Prompts[1].Text, "b, x\ny")]));
    }

    [Fact]
    public void A_style_has_a_prompt_and_a_negative_one()
    {
        var host = Open("name,prompt,negative_prompt\none,\"a, \"\"b\"\"\nc\",bad\n", InputKind.Styles);
        var style = Assert.Single(host.Prompts);
        Assert.Equal(("one", "a, \"b\"\nc", "bad"), (style.Name, style.Text.Text, style.Negative!.Text));
        Assert.Equal(new LinePosition(2, 9), host.Locate(style.Text, 3));
        Assert.Equal(new LinePosition(2, 11), host.Locate(style.Text, 4));
        Assert.Equal(new LinePosition(3, 1), host.Locate(style.Text, 7));
        Assert.Equal(new LinePosition(3, 4), host.Locate(style.Negative!, 0));
    }

    [Fact]
    public void The_place_of_the_prompt_in_a_style_is_a_hole()
    {
        var style = Open("name,prompt\nx,\"a, {prompt}, b\"", InputKind.Styles).Prompts[0];
        Assert.Equal((3, 8), (style.Text.Holes[0].Start, style.Text.Holes[0].Length));
    }

    [Fact]
    public void A_field_without_quotes_gets_them_when_it_needs_them()
    {
        var host = Open("name,prompt\nx,a\ny,b", InputKind.Styles);
        Assert.Equal("name,prompt\nx,\"a, \"\"c\"\"\"\ny,b", host.Apply([new Rewrite(host.Prompts[0].Text, "a, \"c\"")]));
    }

    [Fact]
    public void The_old_form_of_styles_is_read() => Assert.Equal("a", Open("name,text\nx,a", InputKind.Styles).Prompts[0].Text.Text);

    [Fact]
    public void A_row_that_is_commented_out_is_no_style() => Assert.Empty(Open("name,prompt\n# x,a", InputKind.Styles).Prompts);

    [Fact]
    public void A_quote_that_nothing_closes_is_named_where_it_opens() =>
        Assert.Equal("x:3:3: the quote opened here is never closed; close it (a quote inside a field is written twice)",
            Problem("name,prompt\na,b\nc,\"d\ne,f\n", InputKind.Styles));

    [Fact]
    public void A_table_without_prompts_is_no_styles_file() =>
        Assert.Equal("x:1: no column is called prompt; the first line of a styles file is name,prompt,negative_prompt", Problem("a,b\n1,2", InputKind.Styles));

    [Fact]
    public void An_image_can_not_be_read_from_a_text() =>
        Assert.Equal("x: an image is no text; give the path of its file", Problem("1girl", InputKind.Png));

    [Fact]
    public void A_record_keeps_its_escapes_where_nothing_changed()
    {
        var host = Open("{\"id\": 7, \"prompt\": \"\\u00e9, a, \\\"b\\\"\", \"negative_prompt\": null}\r\n", InputKind.JsonLines);
        var record = Assert.Single(host.Prompts);
        Assert.Equal(("7", "\u00e9, a, \"b\"", null), (record.Name, record.Text.Text, record.Negative));
        Assert.Equal(new LinePosition(1, 30), host.Locate(record.Text, 3));
        Assert.Equal("{\"id\": 7, \"prompt\": \"\\u00e9, x\\\\, \\\"b\\\"\", \"negative_prompt\": null}\r\n",
            host.Apply([new Rewrite(record.Text, "\u00e9, x\\, \"b\"")]));
    }

    [Fact]
    public void A_line_that_is_no_record_is_said_and_the_rest_goes_on()
    {
        var host = Open("{\"prompt\": 1}\n\n{\"prompt\": \"a\"}\n[", InputKind.JsonLines);
        Assert.Equal(["x:1: \"prompt\" is no string; write the prompt as a string", "x:4: no JSON object; a record is one object on one line"],
            host.Problems.Select(problem => problem.ToString()));
        Assert.Equal(new LinePosition(3, 13), host.Locate(Assert.Single(host.Prompts).Text, 0));
    }

    [Fact]
    public void Styles_are_read_as_they_were_written() => Rows.Sample(rows =>
    {
        var text = "name,prompt,negative_prompt\r\n" + string.Concat(rows.Select(row => $"n,{Quote(row.Item1)},{Quote(row.Item2)}\r\n"));
        var host = Open(text, InputKind.Styles);
        return rows.Where(row => row != ("", "")).SequenceEqual(host.Prompts.Select(prompt => (prompt.Text.Text, prompt.Negative?.Text ?? "")))
            && host.Prompts.All(prompt => IsMapped(text, prompt.Text, "\"\""));

        static string Quote(string field) => $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    });

    [Fact]
    public void An_edited_prompt_is_read_back_as_edited() => Rows.Select(Rows, Gen.Enum<InputKind>()).Sample((before, after, kind) =>
    {
        if (kind is not (InputKind.Styles or InputKind.JsonLines or InputKind.Lines or InputKind.Prompt)) return true;
        var text = Write(kind, before);
        var host = Open(text, kind);
        var rewrites = host.Prompts.Zip(after, (prompt, now) => new Rewrite(prompt.Text, OneLine(kind, now.Item1))).ToList();
        var expected = host.Prompts.Select((prompt, i) => i < rewrites.Count ? rewrites[i].NewText : prompt.Text.Text).Where(prompt => kind == InputKind.JsonLines || prompt.Length > 0);
        var edited = Open(host.Apply(rewrites), kind);
        return expected.SequenceEqual(edited.Prompts.Select(prompt => prompt.Text.Text).Where(prompt => kind == InputKind.JsonLines || prompt.Length > 0));
    });

    [Fact]
    public void No_bytes_make_any_host_throw() => Gen.Byte.Array.Select(Gen.Enum<InputKind>(), Gen.Int[0, 2].Select(head => new[] { "", "name,prompt\n", "{\"prompt\": \"" }[head])).Sample((bytes, kind, head) =>
    {
        if (!TextFile.TryDecode("x", [.. System.Text.Encoding.UTF8.GetBytes(head), .. bytes], out var file, out var problem)) return problem.Line > 0;
        if (!HostDocument.TryOpen(file, kind, HostOptions.Default, out var host, out problem)) return problem.Message.Length > 0;
        return host.Prompts.All(prompt => host.Locate(prompt.Text, prompt.Text.Text.Length).Line > 0);
    });

    [Fact]
    public void Any_text_opens_as_any_host() => Text.Select(Gen.Enum<InputKind>(), Gen.Int[0, 2].Select(head => new[] { "", "name,prompt\n", "{\"prompt\": \"" }[head])).Sample((text, kind, head) =>
        !HostDocument.TryOpen(TextFile.FromText("x", head + text), kind, HostOptions.Default, out var host, out _)
        || host.Prompts.All(prompt => host.Locate(prompt.Text, prompt.Text.Text.Length).Line > 0));

    private static Gen<(string, string)[]> Rows { get; } = Gen.Select(Text, Text).Array[1, 4];

    private static Gen<string> Text => Gen.String[Gen.Char["ab,, \"\\\r\n\u00e9{}\t"], 0, 12];

    private static string OneLine(InputKind kind, string text) => kind == InputKind.Lines ? "x" + text.Replace('\r', ' ').Replace('\n', ' ') : text;

    private static string Write(InputKind kind, (string, string)[] rows) => kind switch
    {
        InputKind.Styles => "name,prompt\n" + string.Concat(rows.Select(row => $"n,\"{row.Item1.Replace("\"", "\"\"", StringComparison.Ordinal)}\"\n")),
        InputKind.JsonLines => string.Concat(rows.Select(row => $"{{\"prompt\": \"{JsonText.Escape(row.Item1)}\"}}\n")),
        InputKind.Lines => string.Concat(rows.Select(row => $"{OneLine(kind, row.Item1)}\r\n")),
        _ => rows[0].Item1,
    };

    private static bool IsMapped(string host, HostText text, string quote)
    {
        for (var i = 0; i < text.Text.Length; i++)
        {
            var at = text.Map.ToHost(i);
            if (text.Text[i] == '"' ? host.Substring(at, 2) != quote : host[at] != text.Text[i]) return false;
            if (text.Map.ToPrompt(at) != i) return false;
        }

        return true;
    }

    private static HostDocument Open(string text, InputKind kind)
    {
        Assert.True(HostDocument.TryOpen(TextFile.FromText("x", text), kind, HostOptions.Default, out var host, out var problem), problem?.ToString());
        return host;
    }

    private static string Problem(string text, InputKind kind)
    {
        Assert.False(HostDocument.TryOpen(TextFile.FromText("x", text), kind, HostOptions.Default, out _, out var problem));
        return problem.ToString();
    }
}
