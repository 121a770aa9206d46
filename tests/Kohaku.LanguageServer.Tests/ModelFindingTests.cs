using System.Text;
using System.Text.Json.Nodes;
using Kohaku.Generation.Tests.Golden;

namespace Kohaku.LanguageServer.Tests;

/// <summary>What is to be said of <c>kohaku.generate.model</c> before an image is asked for.</summary>
public sealed class ModelFindingTests
{
    private static readonly string[] s_lora = ["lora_unet_input_blocks_4_1_proj_in.lora_down.weight"];

    [Fact]
    public async Task A_model_that_is_none_is_told_once_at_the_first_line_behind_comments()
    {
        await using var client = await StartAsync("style.safetensors", client => WriteNames(client, "style.safetensors", s_lora));
        var found = await ModelAsync(client, await client.OpenAsync("a.prompt", "# mine\n1girl, smile,\nlong hair\n---\n1boy"));

        Assert.Equal(
            "kohaku.generate.model: style.safetensors is not SDXL: it looks like a LoRA. "
            + "Name it in the prompt as <lora:name:1> and give the checkpoint that it was trained for as the model",
            found["message"]!.GetValue<string>());
        Assert.Equal(1, found["severity"]!.GetValue<int>());
        Assert.Equal("kohaku", found["source"]!.GetValue<string>());
        Assert.EndsWith("docs/editors.md#the-model", found["codeDescription"]!["href"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal("""{"start":{"line":1,"character":0},"end":{"line":1,"character":13}}""", found["range"]!.ToJsonString());
    }

    [Fact]
    public async Task A_model_before_training_is_told_where_the_prompt_names_it()
    {
        await using var client = await StartAsync("kohaku-xl-delta-base.safetensors", client => File.Copy(TinyCheckpoint.Path, Path.Combine(client.Folder, "kohaku-xl-delta-base.safetensors")));
        var found = await ModelAsync(client, await client.OpenAsync("a.prompt", "1girl\nSteps: 20, Model: kohaku-xl-delta-base, Size: 832x1216"));

        Assert.Equal(2, found["severity"]!.GetValue<int>());
        Assert.Contains("by its name the model before training. Use the trained model", found["message"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal("""{"start":{"line":1,"character":18},"end":{"line":1,"character":38}}""", found["range"]!.ToJsonString());
    }

    [Fact]
    public async Task A_v_prediction_model_is_told()
    {
        await using var client = await StartAsync("v.safetensors", client => WriteNames(client, "v.safetensors", [.. TinyCheckpoint.Tensors.Select(tensor => tensor.Name), "v_pred"]));
        var found = await ModelAsync(client, await client.OpenAsync("a.prompt", "1girl\nModel: another"));
        Assert.Contains("v.safetensors is a v-prediction model", found["message"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(0, found["range"]!["start"]!["line"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_missing_VAE_is_asked_for_by_the_name_of_its_setting()
    {
        await using var client = await StartAsync("no-vae.safetensors", client => WriteNames(
            client, "no-vae.safetensors", TinyCheckpoint.Tensors.Select(tensor => tensor.Name).Where(name => !name.StartsWith("first_stage_model", StringComparison.Ordinal))));
        Assert.Equal(
            "kohaku.generate.model: no-vae.safetensors has no VAE. Give a VAE of its own with kohaku.generate.vae, or get the file again",
            (await ModelAsync(client, await client.OpenAsync("a.prompt", "1girl")))["message"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_VAE_that_is_none_is_told_of_its_own_setting()
    {
        await using var client = await StartAsync(
            new JsonObject { ["model"] = TinyCheckpoint.Path, ["vae"] = "lora.safetensors" }, client => WriteNames(client, "lora.safetensors", s_lora));
        Assert.StartsWith(
            "kohaku.generate.vae: lora.safetensors is no VAE that is read here",
            (await ModelAsync(client, await client.OpenAsync("a.prompt", "1girl")))["message"]!.GetValue<string>(),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no such file or folder", null)]
    [InlineData("no sound .safetensors file: its header claims", "\u00ff\u00ff\u00ff\u0000\u0000\u0000\u0000\u0000")]
    [InlineData("no sound .safetensors file: it has fewer than eight bytes", "x")]
    public async Task A_file_that_is_missing_or_hostile_is_told(string message, string? content)
    {
        await using var client = await StartAsync("m.safetensors", client =>
        {
            if (content is not null) Assert.Null(Files.AtomicFile.Write(Path.Combine(client.Folder, "m.safetensors"), Encoding.Latin1.GetBytes(content)));
        });
        Assert.Contains(message, (await ModelAsync(client, await client.OpenAsync("a.prompt", "1girl")))["message"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_latent_scale_of_Stable_Diffusion_1_in_a_folder_is_told()
    {
        await using var client = await StartAsync("onnx", client =>
        {
            client.Write("onnx/model_index.json", """{"_class_name":"StableDiffusionXLPipeline"}""");
            client.Write("onnx/vae_decoder/config.json", """{"scaling_factor":0.18215}""");
            foreach (var part in (string[])["text_encoder", "text_encoder_2", "unet", "vae_decoder"]) client.Write($"onnx/{part}/model.onnx", "");
        });
        var found = await ModelAsync(client, await client.OpenAsync("a.prompt", "1girl"));
        Assert.Equal(2, found["severity"]!.GetValue<int>());
        Assert.EndsWith("has the scaling_factor 0.18215, which is Stable Diffusion 1's; 0.13025 is used. Write 0.13025 there", found["message"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_said_of_a_model_that_is_one_and_of_files_that_are_not_open()
    {
        await using var client = await StartAsync("style.safetensors", client =>
        {
            WriteNames(client, "style.safetensors", s_lora);
            client.Write("closed.prompt", "1girl");
        });
        var uri = await client.OpenAsync("a.prompt", "1girl");
        await ModelAsync(client, uri);
        var reports = (await client.RequestAsync("workspace/diagnostic", new JsonObject { ["previousResultIds"] = new JsonArray() }))!["items"]!.AsArray();
        Assert.Empty(reports.Single(report => report!["uri"]!.GetValue<string>().EndsWith("closed.prompt", StringComparison.Ordinal))!["items"]!.AsArray());
        Assert.Single(reports.Single(report => report!["uri"]!.GetValue<string>() == uri)!["items"]!.AsArray());

        // Replaced by a sound one, without a word from the client.
        File.Copy(TinyCheckpoint.Path, Path.Combine(client.Folder, "style.safetensors"), overwrite: true);
        await UntilAsync(client, uri, found => found.Length == 0);
    }

    [Fact]
    public async Task An_untrusted_workspace_has_no_model_read_until_it_is_trusted()
    {
        await using var client = await StartAsync("style.safetensors", client => WriteNames(client, "style.safetensors", s_lora), isTrusted: false);
        var uri = await client.OpenAsync("a.prompt", "1girl");
        for (var i = 0; i < 20; i++) Assert.Empty(OfModel(await client.DiagnosticsAsync(uri)));
        await client.NotifyAsync("kohaku/trustChanged", new JsonObject { ["trusted"] = true });
        await ModelAsync(client, uri);
        await client.NotifyAsync("kohaku/trustChanged", new JsonObject { ["trusted"] = false });
        await UntilAsync(client, uri, found => found.Length == 0);
    }

    [Fact]
    public async Task Clients_that_take_what_is_sent_are_sent_it_when_it_is_found()
    {
        await using var client = await StartAsync("style.safetensors", client =>
        {
            WriteNames(client, "style.safetensors", s_lora);
            client.Expect("textDocument/publishDiagnostics");
        }, capabilities: new JsonObject());
        await client.OpenAsync("a.prompt", "1girl");
        await client.ReceivedAsync("textDocument/publishDiagnostics", said => OfModel(said!["diagnostics"]!.AsArray()).Length == 1);
    }

    [Fact]
    public async Task Clients_that_ask_are_asked_to_ask_again_and_results_have_another_name()
    {
        var capabilities = TestClient.Pulling();
        capabilities["workspace"]!["diagnostics"] = new JsonObject { ["refreshSupport"] = true };
        var asked = new TaskCompletionSource();
        await using var client = await StartAsync("style.safetensors", client => client.Answer("workspace/diagnostic/refresh", _ =>
        {
            asked.TrySetResult();
            return null;
        }), capabilities: capabilities);
        var uri = await client.OpenAsync("a.prompt", "1girl");
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(60));
        var before = await ReportAsync(client, uri, null);
        Assert.Equal("unchanged", (await ReportAsync(client, uri, before["resultId"]!.GetValue<string>()))["kind"]!.GetValue<string>());

        WriteNames(client, "style.safetensors", s_lora);
        await UntilAsync(client, uri, found => found.Length == 1 && found[0]["message"]!.GetValue<string>().Contains("LoRA", StringComparison.Ordinal));
        Assert.Equal("full", (await ReportAsync(client, uri, before["resultId"]!.GetValue<string>()))["kind"]!.GetValue<string>());
    }

    [Fact]
    public async Task Too_little_memory_on_the_processor_is_told_with_the_estimate()
    {
        await using var client = await StartAsync(new JsonObject { ["model"] = "huge.safetensors", ["device"] = "cpu" }, client => WriteOfSize(client, "huge.safetensors", 1L << 42));
        var found = await ModelAsync(client, await client.OpenAsync("a.prompt", "1girl"));
        Assert.Equal(2, found["severity"]!.GetValue<int>());
        Assert.Matches(@"^kohaku\.generate\.model: about 4\d{3}\.\d GB of memory are needed, and \d+\.\d GB are there: it may be slow, or end\. ", found["message"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_size_that_needs_more_memory_than_the_usual_one_is_told_where_it_stands()
    {
        // The decoder of a usual image takes 3.2 GB, that of a large one 7.2.
        var weights = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes - 5_000_000_000;
        await using var client = await StartAsync(new JsonObject { ["model"] = "large.safetensors", ["device"] = "cpu" }, client => WriteOfSize(client, "large.safetensors", weights / 4 * 4));
        var found = await ModelAsync(client, await client.OpenAsync("a.prompt", "1girl\nSize: 1024x1024\n---\n1girl\nSteps: 20, Size: 2048x2048"));
        Assert.Equal("""{"start":{"line":4,"character":17},"end":{"line":4,"character":26}}""", found["range"]!.ToJsonString());
        Assert.Contains("GB of memory are needed", found["message"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    private static Task<TestClient> StartAsync(string model, Action<TestClient> prepare, bool isTrusted = true, JsonObject? capabilities = null) =>
        StartAsync(new JsonObject { ["model"] = model }, prepare, isTrusted, capabilities);

    private static Task<TestClient> StartAsync(JsonObject generate, Action<TestClient> prepare, bool isTrusted = true, JsonObject? capabilities = null) => TestClient.StartAsync(
        capabilities, new JsonObject { ["settings"] = new JsonObject { ["generate"] = generate }, ["trusted"] = isTrusted }, prepare);

    private static async Task<JsonNode> ReportAsync(TestClient client, string uri, string? known) => (await client.RequestAsync(
        "textDocument/diagnostic", new JsonObject { ["textDocument"] = new JsonObject { ["uri"] = uri }, ["previousResultId"] = known }))!;

    private static JsonNode[] OfModel(JsonArray findings) => [.. findings.Where(finding => finding!["code"]!.GetValue<string>() == "model").Select(finding => finding!)];

    // The one finding about the model, as soon as the look at it is over.
    private static async Task<JsonNode> ModelAsync(TestClient client, string uri) => Assert.Single(await UntilAsync(client, uri, found => found.Length > 0));

    private static async Task<JsonNode[]> UntilAsync(TestClient client, string uri, Func<JsonNode[], bool> test)
    {
        var end = DateTime.UtcNow + TimeSpan.FromSeconds(60);
        JsonNode[] found;
        while (!test(found = OfModel(await client.DiagnosticsAsync(uri)))) Assert.True(DateTime.UtcNow < end, $"of the model was found {string.Join(", ", found.Select(finding => finding.ToJsonString()))}");
        return found;
    }

    private static void WriteNames(TestClient client, string name, IEnumerable<string> tensors)
    {
        SafetensorsFile.Write(Path.Combine(client.Folder, "new.tmp"), tensors.Select(tensor => (tensor, "F16", new long[] { 1 }, new byte[2])));
        File.Move(Path.Combine(client.Folder, "new.tmp"), Path.Combine(client.Folder, name), overwrite: true);
    }

    // One tensor of so many bytes, which take no space on the disk, and the names of the rest.
    private static void WriteOfSize(TestClient client, string name, long length)
    {
        var header = new JsonObject { ["model.diffusion_model.input_blocks.9"] = Tensor([length / 4], 0, length / 4 * 4) };
        foreach (var part in (string[])["conditioner.embedders.0.transformer.a", "conditioner.embedders.1.model.a", "first_stage_model.decoder.a"]) header[part] = Tensor([0], length / 4 * 4, length / 4 * 4);
        var json = Encoding.UTF8.GetBytes(header.ToJsonString());
        using var file = File.Create(Path.Combine(client.Folder, name));
        file.Write(BitConverter.GetBytes((long)json.Length));
        file.Write(json);
        file.SetLength(sizeof(long) + json.Length + (length / 4 * 4));

        static JsonObject Tensor(long[] shape, long start, long end) => new()
        {
            ["dtype"] = "F32", ["shape"] = new JsonArray([.. shape.Select(side => JsonValue.Create(side))]), ["data_offsets"] = new JsonArray(start, end),
        };
    }
}
