namespace Kohaku.Files.Tests.Networks;

public sealed class NetworkTrainingTests
{
    [Theory]
    [InlineData("networks.lora", null, "LoRA")]
    [InlineData("lycoris.kohya", """{"algo": "lokr"}""", "LoKr")]
    [InlineData("lycoris.kohya", """{"algo": "locon"}""", "LoCon")]
    [InlineData("lycoris.kohya", """{"algo": "glora"}""", "glora")]
    [InlineData("my.module", """{"conv_dim": 4}""", "my.module")]
    [InlineData("my.module", "{broken", "my.module")]
    [InlineData("", null, null)]
    public void The_algorithm_is_the_arguments_or_the_modules(string module, string? arguments, string? expected)
    {
        var metadata = new Dictionary<string, string> { ["ss_network_module"] = module };
        if (arguments is not null) metadata["ss_network_args"] = arguments;

        Assert.Equal(expected, NetworkTraining.Of(metadata).Algorithm);
    }

    [Fact]
    public void Tags_are_counted_over_all_folders_most_frequent_first() => Assert.Equal(
        [("1girl", 5), ("amber", 4), ("smile", 4)],
        Tags("""{"1_a": {"smile": 4, "1girl": 2, "sky": 1}, "9_b": {"1girl ": 3, "amber": 4, "": 9}}"""));

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"a": 1, "b": {"x": "many", "y": 1.5}}""")]
    public void What_is_broken_has_no_tags(string json) => Assert.Empty(Tags(json));

    private static IReadOnlyList<(string Tag, long Count)> Tags(string json) =>
        NetworkTags.Of(new NetworkHeader("a.safetensors", BaseModel.Sdxl, null, new Dictionary<string, string> { ["ss_tag_frequency"] = json }), 3);
}
