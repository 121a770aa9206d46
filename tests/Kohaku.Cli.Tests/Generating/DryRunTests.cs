using System.Globalization;
using System.Text.Json;
using Kohaku.Cli.Tests.Commands;

namespace Kohaku.Cli.Tests.Generating;

public sealed class DryRunTests
{
    public static TheoryData<string> Images { get; } = [.. Golden("images.json").EnumerateArray().Where(image => image.TryGetProperty("sigmas", out _)).Select(image => image.GetProperty("id").GetString()!)];

    public static TheoryData<int> Prompts { get; } = [.. Enumerable.Range(0, Golden("tokens.json").GetArrayLength())];

    [Theory, MemberData(nameof(Images))]
    public void Noise_levels_and_time_ids_are_those_of_A1111s_images(string id)
    {
        var golden = Golden("images.json").EnumerateArray().Single(image => image.GetProperty("id").GetString() == id);
        string[] arguments =
        [
            "-p", Text("prompt"), "--negative", Text("negative"), "--steps", Text("steps"), "--sampler", Text("sampler"), "--schedule", Text("schedule"), "--cfg", Text("cfg"),
            "--seed", Text("seed"), "--size", $"{Text("width")}x{Text("height")}", "--seed-dialect", $"a1111-{Text("rng")}",
        ];
        if (golden.TryGetProperty("hires", out var hires))
            arguments = [.. arguments, "--hires", $"{hires.GetProperty("width")}x{hires.GetProperty("height")}", "--hires-steps", $"{hires.GetProperty("steps")}", "--denoise", hires.GetProperty("denoise").GetRawText()];
        if (golden.TryGetProperty("denoise", out var denoise))
            arguments = [.. arguments, "--denoise", denoise.GetRawText(), "--init", Path.Combine(AppContext.BaseDirectory, "Golden", "images", "img2img-init.png")];
        var plan = Plan(arguments);

        AssertClose(golden.GetProperty("sigmas"), plan.GetProperty("sigmas"));
        if (golden.TryGetProperty("hires_sigmas", out var sigmas)) AssertClose(sigmas, plan.GetProperty("hires").GetProperty("sigmas"));
        int[] ids = [Number("height"), Number("width"), 0, 0, Number("height"), Number("width")];
        Assert.Equal(ids, plan.GetProperty("timeIds").EnumerateArray().Select(value => value.GetInt32()));

        string Text(string name) => golden.GetProperty(name).ToString();
        int Number(string name) => golden.GetProperty(name).GetInt32();
    }

    [Theory]
    [InlineData("original", "(a×1.5:1.5), b")]
    [InlineData("comfy", "(a×1.5:1.5), b")]
    [InlineData("ignore", "(a:1.5), b")]
    [InlineData("none", "(a:1.5), b")]
    public void Weights_are_shown_where_they_have_an_effect(string emphasis, string shown)
    {
        var run = Cli.Run("generate", "--dry-run", "-p", "(a:1.5), b", "--emphasis", emphasis);
        Assert.Equal((0, shown), (run.Code, run.Output.Split('\n')[0]));
    }

    [Theory]
    [InlineData("none", "chunk 1 ", "chunk 2 ")]
    [InlineData("ignore", "chunk 2 ", "chunk 3 ")]
    public void BREAK_is_a_word_where_nothing_is_emphasised(string emphasis, string last, string missing)
    {
        var run = Cli.Run("generate", "--dry-run", "-p", "a BREAK (b", "--emphasis", emphasis);
        Assert.Equal(0, run.Code);
        Assert.Contains(last, run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(missing, run.Output, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Prompts))]
    public void Networks_parts_schedule_and_chunks_are_those_of_the_golden_file(int index)
    {
        var golden = Golden("tokens.json")[index];
        var run = Cli.Run("generate", "--dry-run", "--json", "--steps", "10", "--emphasis", "no-norm", "--negative", "", "--sampler", "Euler", "--prompt", golden.GetProperty("prompt").GetString()!);
        var plan = JsonDocument.Parse(run.Output).RootElement;

        Assert.Equal(golden.TryGetProperty("error", out _) ? 1 : 0, run.Code);
        foreach (var member in golden.EnumerateObject()) Assert.True(JsonElement.DeepEquals(member.Value, plan.GetProperty(member.Name)), member.Name);
    }

    [Fact]
    public void Samplers_that_call_the_model_twice_schedule_twice_as_many_calls()
    {
        Assert.Equal(8, Plan("-p", "[a:b:0.5]", "--sampler", "Heun", "--steps", "4").GetProperty("steps").GetInt32());
        Assert.Equal(4, Plan("-p", "[a:b:0.5]", "--sampler", "Euler", "--steps", "4").GetProperty("steps").GetInt32());
    }

    [Fact]
    public void Emphasis_decides_the_weights()
    {
        Assert.Equal([1, 1.5], Weights("no-norm"));
        Assert.Equal([1], Weights("ignore"));
        Assert.Equal([1], Weights("none"));
        Assert.True(Plan("-p", "(a:1.5)", "--emphasis", "none").GetProperty("parts")[0].GetProperty("schedule")[0].GetProperty("count").GetInt32() > 1);

        static double[] Weights(string emphasis) =>
            [.. Plan("-p", "(a:1.5)", "--emphasis", emphasis).GetProperty("parts")[0].GetProperty("schedule")[0].GetProperty("chunks")[0].GetProperty("weights").EnumerateArray()
                .Select(run => run[1].GetDouble()).Distinct()];
    }

    [Fact]
    public void The_second_pass_has_its_own_prompt_schedule_and_time_ids()
    {
        var hires = Plan("-p", "1girl, [day:night:0.5]", "--size", "192x128", "--steps", "5", "--hires", "288x192", "--hires-steps", "4", "--denoise", "0.6").GetProperty("hires");

        Assert.Equal([192, 288, 0, 0, 192, 288], hires.GetProperty("timeIds").EnumerateArray().Select(value => value.GetInt32()));
        Assert.Equal(4, hires.GetProperty("samplingSteps").GetInt32());
        Assert.Equal("1girl, night", hires.GetProperty("parts")[0].GetProperty("schedule")[0].GetProperty("text").GetString());
    }

    [Fact]
    public void Memory_is_estimated_for_SDXL_without_a_model_and_for_a_model_by_its_header()
    {
        using var folder = new Folder();
        byte[] header = [.. "{\"model.diffusion_model.input_blocks.0.0.weight\":{\"dtype\":\"F32\",\"shape\":[32,4,3,3],\"data_offsets\":[0,4608]}}"u8];
        var path = folder.Write("m.safetensors", [.. BitConverter.GetBytes((long)header.Length), .. header, .. new byte[4608]]);

        Assert.InRange(Plan("-p", "a").GetProperty("memory").GetProperty("weights").GetInt64(), 6_900_000_000, 20_000_000_000);
        Assert.Equal(4608, Plan("-p", "a", "--model", path).GetProperty("memory").GetProperty("weights").GetInt64());
        Assert.Equal(2, Cli.Run("generate", "--dry-run", "-p", "a", "--model", folder["none.safetensors"]).Code);
    }

    [Fact]
    public void A_page_says_it_for_people()
    {
        var run = Cli.Run("generate", "--dry-run", "-p", "1girl, (smile:1.2)", "--seed", "42", "--size", "832x1216", "--steps", "3", "--sampler", "Euler", "--batch", "2");

        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.StartsWith("1girl, (smile×1.2:1.2)\nchunk 1 ", run.Output, StringComparison.Ordinal);
        Assert.Contains("size        832×1216, time ids 1216 832 0 0 1216 832\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("sampler     Euler, Automatic, 3 steps, guidance scale 6\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("seed        42 to 43, a1111-nv\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("σ           14.6146 1.6156 0.0292 0\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_asked_of_the_part_that_makes_images()
    {
        using var folder = new Folder();
        var run = Cli.Run(["generate", "--dry-run", "-p", "a"], [], folder.Path, generators: () => throw new InvalidOperationException());

        Assert.Equal(0, run.Code);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    private static JsonElement Plan(params string[] arguments)
    {
        var run = Cli.Run(["generate", "--dry-run", "--json", .. arguments]);
        Assert.Equal((0, ""), (run.Code, run.Error));
        return JsonDocument.Parse(run.Output).RootElement;
    }

    private static void AssertClose(JsonElement expected, JsonElement actual)
    {
        var (wanted, have) = (expected.EnumerateArray().Select(value => value.GetDouble()).ToArray(), actual.EnumerateArray().Select(value => value.GetDouble()).ToArray());
        Assert.Equal(wanted.Length, have.Length);
        Assert.All(Enumerable.Range(0, wanted.Length), i => Assert.Equal(wanted[i], have[i], 1e-5 * Math.Max(1e-5, Math.Abs(wanted[i]))));
    }

    private static JsonElement Golden(string name) => JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", name))).RootElement;
}
