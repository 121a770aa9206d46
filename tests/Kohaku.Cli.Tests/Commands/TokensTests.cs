using System.Text.Json;

namespace Kohaku.Cli.Tests.Commands;

public sealed class TokensTests
{
    public static TheoryData<int> Prompts { get; } = [.. Enumerable.Range(0, Golden().GetArrayLength())];

    [Theory, MemberData(nameof(Prompts))]
    public void Json_has_the_form_and_the_values_of_the_golden_file(int index)
    {
        var golden = Golden()[index];
        var run = Cli.Run("tokens", "--json", "--steps", "10", "--prompt", golden.GetProperty("prompt").GetString()!);

        Assert.Equal(golden.TryGetProperty("error", out _) ? 1 : 0, run.Code);
        Assert.EndsWith("}\n", run.Output, StringComparison.Ordinal);
        Assert.Equal(1, run.Output.Count(c => c == '\n'));
        using var json = JsonDocument.Parse(run.Output);
        Assert.True(JsonElement.DeepEquals(golden, json.RootElement), run.Output);
    }

    [Fact]
    public void Chunks_are_shown_with_a_bar_and_where_they_end()
    {
        var run = Cli.Run("tokens", "--prompt", "1girl, (smile:1.2), night sky");

        Assert.StartsWith("a BREAK b\nchunk 1 ", Cli.Run("tokens", "--prompt", "a BREAK b").Output, StringComparison.Ordinal);
        Assert.Equal("1girl, (smile×1.2:1.2), night sky\nchunk 1 ▕██░░░░░░░░░░░░░░░░░░░▏ 7/75  ends at \"night sky\"\n", run.Output);
    }

    [Fact]
    public void A_prompt_of_two_chunks_has_two_bars()
    {
        var run = Cli.Run("tokens", "--prompt", string.Join(", ", Enumerable.Repeat("night sky", 30)));

        Assert.Contains("chunk 2 ", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("chunk 3 ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_negative_prompt_stands_under_negative()
    {
        using var json = JsonDocument.Parse(Cli.Run(["tokens", "--json", "-"], "1girl # me\nNegative prompt: blurry\n").Output);

        Assert.Equal("1girl", json.RootElement.GetProperty("prompt").GetString());
        Assert.Equal("blurry", json.RootElement.GetProperty("negative").GetProperty("prompt").GetString());
    }

    [Fact]
    public void Every_prompt_of_a_library_is_a_line()
    {
        var run = Cli.Run(["tokens", "--json", "-"], "1girl\n---\n2girls\n");

        Assert.Equal(2, run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public void Without_a_prompt_it_says_what_to_give()
    {
        var run = Cli.Run("tokens");

        Assert.Equal((2, "error: no prompt is named\n  = Give a file, - for standard input, or --prompt TEXT\n"), (run.Code, run.Error));
    }

    private static JsonElement Golden() => JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", "tokens.json"))).RootElement;
}
