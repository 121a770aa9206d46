using CsCheck;
using Newtonsoft.Json;

namespace Kohaku.Files.Tests;

public sealed class ComfyHostTests
{
    private const string Api = """
        {
          "3": {"class_type": "KSampler", "inputs": {"seed": 1, "sampler_name": "euler", "positive": ["6", 0], "negative": ["7", 0]}},
          "6": {"class_type": "CLIPTextEncode", "inputs": {"text": "a \"cat\", \u00e9", "clip": ["4", 1]}},
          "7": {"class_type": "CLIPTextEncode", "inputs": {"text": "bad"}}, // the other side
          "9": {"class_type": "SaveImage", "inputs": {"filename_prefix": "2024-01-01T00:00:00"}}
        }
        """;

    [Fact]
    public void The_texts_of_a_sampler_are_found_with_their_places()
    {
        var host = Open(Api);
        var prompt = Assert.Single(host.Prompts);
        Assert.Equal(Kohaku.Syntax.Dialect.ComfyUI, host.Dialect);
        Assert.Equal((PromptForm.Positive, "a \"cat\", \u00e9", "bad", "6"), (prompt.Form, prompt.Text.Text, prompt.Negative!.Text, prompt.Name));
        Assert.Equal(new LinePosition(3, 61), host.Locate(prompt.Text, 0));
        Assert.Equal(new LinePosition(3, 72), host.Locate(prompt.Text, 9));
        Assert.Equal(new LinePosition(4, 61), host.Locate(prompt.Negative!, 0));
    }

    [Fact]
    public void A_fix_changes_the_string_and_nothing_else()
    {
        var host = Open(Api);
        Assert.Equal(Api.Replace("\\\"cat\\\"", "dog\\n", StringComparison.Ordinal), host.Apply([new Rewrite(host.Prompts[0].Text, "a dog\n, \u00e9")]));
    }

    [Fact]
    public void Texts_are_followed_through_other_nodes()
    {
        var host = Open("""
            {"1": {"class_type": "PrimitiveStringMultiline", "inputs": {"value": "far"}},
             "2": {"class_type": "CLIPTextEncode", "inputs": {"text": ["1", 0]}},
             "3": {"class_type": "CLIPTextEncode", "inputs": {"text": "bad"}},
             "4": {"class_type": "ConditioningCombine", "inputs": {"conditioning_1": ["2", 0], "conditioning_2": ["8", 0]}},
             "5": {"class_type": "ControlNetApplyAdvanced", "inputs": {"positive": ["4", 0], "negative": ["3", 0], "control_net": ["9", 0]}},
             "6": {"class_type": "KSampler", "inputs": {"positive": ["5", 0], "negative": ["5", 1]}},
             "8": {"class_type": "CLIPTextEncodeSDXL", "inputs": {"text_g": "g", "text_l": "l", "width": 1024}},
             "9": {"class_type": "ControlNetLoader", "inputs": {"control_net_name": "x"}}}
            """);
        Assert.Equal(["far", "g", "l"], host.Prompts.Select(prompt => prompt.Text.Text));
        Assert.Equal("bad", host.Prompts[0].Negative!.Text);
    }

    [Fact]
    public void The_form_of_the_editor_is_read_too()
    {
        var host = Open("""
            {"last_node_id": 9, "nodes": [
              {"id": 6, "type": "CLIPTextEncode", "inputs": [{"name": "clip", "link": 5}], "widgets_values": ["a cat"]},
              {"id": 7, "type": "CLIPTextEncode", "inputs": [{"name": "text", "widget": {"name": "text"}, "link": null}], "widgets_values": ["bad"]},
              {"id": 8, "type": "CLIPTextEncode", "mode": 4, "widgets_values": ["muted"]},
              {"id": 3, "type": "KSampler", "inputs": [{"name": "model", "link": 1}, {"name": "positive", "link": 4}, {"name": "negative", "link": 6}], "widgets_values": [1, "fixed", 20, 8, "euler", "normal", 1]}],
             "links": [[4, 6, 0, 3, 1, "CONDITIONING"], [6, 7, 0, 3, 2, "CONDITIONING"]]}
            """);
        var prompt = Assert.Single(host.Prompts);
        Assert.Equal(("a cat", "bad"), (prompt.Text.Text, prompt.Negative!.Text));
    }

    [Fact]
    public void A_circle_of_nodes_ends() =>
        Assert.Empty(Open("""{"1": {"class_type": "KSampler", "inputs": {"positive": ["2", 0]}}, "2": {"class_type": "ConditioningCombine", "inputs": {"conditioning_1": ["2", 0]}}}""").Prompts);

    [Fact]
    public void Without_a_sampler_the_titles_tell_the_sides()
    {
        var host = Open("""{"1": {"class_type": "CLIPTextEncode", "inputs": {"text": "a"}}, "2": {"class_type": "CLIPTextEncode", "inputs": {"text": "b"}, "_meta": {"title": "Negative"}}}""");
        Assert.Equal([(PromptForm.Positive, "a"), (PromptForm.Negative, "b")], host.Prompts.Select(prompt => (prompt.Form, prompt.Text.Text)));
    }

    [Theory]
    [InlineData("{\"a\": ]", "x.json:1:7: not JSON: JsonToken EndArray is not valid for closing JsonType Object; save the workflow again")]
    [InlineData("{\r\n", "x.json:2:1: not JSON: the file ends inside a bracket; save the workflow again")]
    [InlineData("", "x.json:1:1: not JSON: the file is empty; save the workflow again")]
    [InlineData("{\"a\": new Date(1)}", "x.json:1:15: not JSON: no JSON value; save the workflow again")]
    [InlineData("{} {}", "x.json:1:3: not JSON: Additional text encountered after finished reading JSON content: {; save the workflow again")]
    [InlineData("{\"name\": \"package\"}", "x.json: no ComfyUI workflow: it has neither nodes with a class_type nor a list of nodes; say with --input what the file is")]
    public void What_is_no_workflow_says_so(string text, string expected)
    {
        Assert.False(HostDocument.TryOpen(TextFile.FromText("x.json", text), InputKind.Auto, HostOptions.Default, out _, out var problem));
        Assert.Equal(expected, problem.ToString());
    }

    [Fact]
    public void Any_text_is_found_where_it_stands() => Gen.String[Gen.Char["a\"\\\r\n\t\u00e9'/,"], 0, 12].Select(Gen.Bool).Sample((prompt, isIndented) =>
    {
        var text = """{"0": "\\", "1": {"class_type": "CLIPTextEncode", "inputs": {"text": @}}, "2": {"class_type": "KSampler", "inputs": {"positive": ["1", 0]}}}"""
            .Replace("@", System.Text.Json.JsonSerializer.Serialize(prompt), StringComparison.Ordinal);
        if (isIndented) text = text.Replace(", \"", ",\r\n \"", StringComparison.Ordinal).Replace("\": ", "\":\n", StringComparison.Ordinal);
        var host = Open(text);
        var found = Assert.Single(host.Prompts).Text;
        return found.Text == prompt && (prompt.Length == 0 || text[found.Map.ToHost(0)] == prompt[0] || text[found.Map.ToHost(0)] == '\\')
            && text[found.Map.ToHost(prompt.Length)] == '"';
    });

    [Fact]
    public void No_text_makes_it_throw() => Gen.String[Gen.Char["{}[]\",:1a'\\/\n "], 0, 30].Sample(text =>
    {
        var file = TextFile.FromText("x.json", "{\"nodes\": [{\"id\": 1, \"type\": \"CLIPTextEncode\", \"widgets_values\": [" + text + "]}]}");
        return HostDocument.TryOpen(file, InputKind.ComfyUI, HostOptions.Default, out var host, out var problem) ? host.Prompts.Count >= 0 : problem.Line > 0;
    }, iter: 20_000);

    private static HostDocument Open(string text)
    {
        Assert.True(HostDocument.TryOpen(TextFile.FromText("x.json", text), InputKind.Auto, HostOptions.Default, out var host, out var problem), problem?.ToString());
        return host;
    }
}
