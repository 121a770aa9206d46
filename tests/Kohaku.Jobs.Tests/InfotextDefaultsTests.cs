namespace Kohaku.Jobs.Tests;

/// <summary>What is missing in a line that another program wrote means that program's defaults.</summary>
public sealed class InfotextDefaultsTests
{
    private const string Full = "Steps: 20, Sampler: Euler a, CFG scale: 5, Seed: 42, Size: 512x512";

    [Theory]
    [InlineData(Full)]
    [InlineData("Steps: 20, Seed: 42, Version: v1.10.1")]
    public void A_program_that_names_no_RNG_drew_on_its_graphics_card(string line)
    {
        var resolved = Prompts.Resolve($"1girl\n{line}");

        Assert.Equal("the parameters name no RNG: the picture had the graphics card's own noise, which a1111-nv equals only approximately", Assert.Single(resolved.Notes));
        Assert.Equal(SeedDialect.A1111Nv, Assert.Single(resolved.Requests).SeedDialect);
    }

    [Theory]
    [InlineData("Steps: 20, Seed: 42, Size: 512x512", null)]
    [InlineData(Full + ", RNG: NV", null)]
    [InlineData(Full, "7")]
    public void No_note_where_the_line_was_written_by_hand_or_its_seed_does_not_count(string line, string? seed) =>
        Assert.Empty(Prompts.Resolve($"1girl\n{line}", new GenerationOptions { Seed = seed }).Notes);

    [Fact]
    public void RNG_GPU_is_the_nearest_there_is_and_said_so() =>
        Assert.Equal("a.prompt:2:74: RNG: GPU is the graphics card's own noise, which a1111-nv equals only approximately", Assert.Single(Prompts.Resolve($"1girl\n{Full}, RNG: GPU").Notes));

    [Theory]
    [InlineData("(1girl:1.2)", "Version: v1.10.1", EmphasisKind.Original)]
    [InlineData("(1girl:1.2)", "Version: v1.10.1, Emphasis: No norm", EmphasisKind.NoNorm)]
    [InlineData("1girl", "Version: v1.10.1", EmphasisKind.NoNorm)]
    [InlineData("(1girl:1.2)", "Model: delta", EmphasisKind.NoNorm)]
    [InlineData("(1girl:1.2)", "Version: kohaku 0.1.0, Emphasis: ComfyUI", EmphasisKind.Comfy)]
    public void A1111_says_nothing_of_Original_and_names_other_modes_only_where_there_are_brackets(string prompt, string pairs, EmphasisKind expected) =>
        Assert.Equal(expected, Prompts.Request($"{prompt}\n{Full}, RNG: NV, {pairs}").Emphasis);

    [Fact]
    public void What_has_no_effect_is_noted()
    {
        var notes = Prompts.Resolve("1girl\nSteps: 4, Seed: 1, Clip skip: 2, Variation seed: 3, Tiling: True, Denoising strength: 0.5").Notes;

        Assert.Equal(
            [
                "a.prompt:2:31: Clip skip has no effect on SDXL",
                "Variation seed, Tiling: nothing that kohaku can do, so that the picture will differ",
                "a.prompt:2:87: Denoising strength has no effect without --init or a hires pass",
            ],
            notes);
    }
}
