using System.Text.Json.Nodes;
using Kohaku.Files;
using Kohaku.Generation.Images;

namespace Kohaku.LanguageServer.Tests.Generating;

/// <summary><c>kohaku/imagePrompt</c>.</summary>
public sealed class ImagePromptTests
{
    private static readonly RgbImage Dot = new(1, 1, [0, 0, 0]);

    [Fact]
    public async Task The_source_that_kohaku_kept_goes_before_the_prompt_and_gets_the_parameters_it_lacks() =>
        Assert.Equal("# mine\n{1girl|1boy}\nSteps: 20, Sampler: Euler, Seed: 5", await PromptAsync(new PngText("parameters", "1girl\nSteps: 20, Sampler: Euler, Seed: 5"), new PngText("kohaku", "# mine\n{1girl|1boy}")));

    [Fact]
    public async Task A_source_with_parameters_is_as_its_author_wrote_it() =>
        Assert.Equal("a cat\nSteps: 9, Seed: -1", await PromptAsync(new PngText("parameters", "a cat\nSteps: 9, Sampler: Euler, Seed: 5"), new PngText("kohaku", "a cat\nSteps: 9, Seed: -1")));

    [Fact]
    public async Task Parameters_of_another_program_are_a_prompt() =>
        Assert.Equal("1girl, solo\nNegative prompt: bad\nSteps: 20, Sampler: Euler a", await PromptAsync(new PngText("parameters", "1girl, solo\nNegative prompt: bad\nSteps: 20, Sampler: Euler a")));

    [Fact]
    public async Task An_image_without_a_prompt_is_said_to_have_none()
    {
        var failure = await Assert.ThrowsAsync<ServerException>(() => PromptAsync());
        Assert.EndsWith("x.png: the image carries no prompt", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("file:///no/such.png", "/no/such.png: no such file")]
    [InlineData("untitled:x", "untitled:x is no file")]
    public async Task What_is_no_image_is_said(string uri, string message)
    {
        await using var client = await TestClient.StartAsync();
        var failure = await Assert.ThrowsAsync<ServerException>(() => client.RequestAsync("kohaku/imagePrompt", new JsonObject { ["uri"] = uri }));
        Assert.StartsWith(message, failure.Message, StringComparison.Ordinal);
    }

    private static async Task<string> PromptAsync(params PngText[] texts)
    {
        await using var client = await TestClient.StartAsync();
        Assert.Null(PngFile.Write(Path.Combine(client.Folder, "x.png"), Dot, texts));
        return (await client.RequestAsync("kohaku/imagePrompt", new JsonObject { ["uri"] = client.Uri("x.png") }))!["text"]!.GetValue<string>();
    }
}
