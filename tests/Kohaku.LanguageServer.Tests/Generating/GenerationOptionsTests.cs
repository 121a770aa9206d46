using System.Text.Json.Nodes;

namespace Kohaku.LanguageServer.Tests.Generating;

public sealed class GenerationOptionsTests
{
    [Fact]
    public async Task They_are_the_models_of_the_folders_and_what_the_profile_and_the_settings_say()
    {
        await using var client = await TestClient.StartAsync(
            options: JsonNode.Parse("""{"settings":{"generate":{"modelFolders":["models"],"device":"cpu"}}}""")!.AsObject(), prepare: client =>
        {
            client.Write("models/delta.safetensors", "");
            client.Write("models/deep/epsilon.safetensors", "");
            client.Write("models/onnx/model_index.json", "{}");
            client.Write("models/onnx/unet/model.safetensors", "");
        });
        var said = (await client.RequestAsync("kohaku/generationOptions", new JsonObject { ["uri"] = client.Uri("sub/a.prompt") }))!;

        Assert.Equal(["epsilon", "delta", "onnx"], said["models"]!.AsArray().Select(model => model!["name"]!.GetValue<string>()));
        Assert.Equal(Path.Combine(client.Folder, "models", "delta.safetensors"), said["models"]![1]!["path"]!.GetValue<string>());
        Assert.Null(said["model"]);
        Assert.Equal("cpu", said["device"]!.GetValue<string>());
        Assert.Equal(Path.Combine(client.Folder, "sub", "out"), said["outputFolder"]!.GetValue<string>());
        Assert.Contains("DPM++ 2M", said["samplers"]!.AsArray().Select(name => name!.GetValue<string>()));
        Assert.Contains("SGM Uniform", said["schedules"]!.AsArray().Select(name => name!.GetValue<string>()));
        Assert.Contains("832×1216 portrait", said["sizes"]!.AsArray().Select(size => size!["label"]!.GetValue<string>()));
        Assert.Equal(
            """{"steps":28,"sampler":"Euler a","schedule":"Automatic","guidanceScale":6,"size":"1024x1024","seedDialect":"a1111-nv","emphasis":"No norm"}""",
            said["defaults"]!.ToJsonString());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_configuration_names_models_too_once_it_is_trusted(bool isTrusted)
    {
        await using var client = await TestClient.StartAsync(options: new JsonObject { ["trusted"] = isTrusted }, prepare: client =>
        {
            client.Write("models/epsilon.safetensors", "");
            client.Write("own/delta.safetensors", "");
            client.Write("kohaku.json", """{ "generate": { "model": "own/delta.safetensors", "modelFolders": ["models"] } }""");
        });
        var said = (await client.RequestAsync("kohaku/generationOptions", new JsonObject { ["uri"] = client.Uri("a.prompt") }))!;

        Assert.Equal(isTrusted ? ["epsilon", "delta"] : [], said["models"]!.AsArray().Select(model => model!["name"]!.GetValue<string>()));
        Assert.Equal(isTrusted ? Path.Combine(client.Folder, "own", "delta.safetensors") : null, said["model"]?.GetValue<string>());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("untitled:Untitled-1")]
    [InlineData("file:///")]
    public async Task Without_a_file_they_are_of_the_first_folder(string? uri)
    {
        await using var client = await TestClient.StartAsync();
        var said = (await client.RequestAsync("kohaku/generationOptions", uri is null ? null : new JsonObject { ["uri"] = uri }))!;

        Assert.Equal(Path.Combine(client.Folder, "out"), said["outputFolder"]!.GetValue<string>());
        Assert.Empty(said["models"]!.AsArray());
        Assert.Null(said["device"]);
    }
}
