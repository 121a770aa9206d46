using System.Text.Json.Nodes;
using Kohaku.Files;
using Kohaku.Jobs;
using Kohaku.Jobs.Workers;
using Kohaku.Workspace;

namespace Kohaku.LanguageServer.Tests.Generating;

/// <summary><c>kohaku/generate</c> with a model that waits for the test.</summary>
public sealed class GenerateTests : IAsyncLifetime, IDisposable
{
    private readonly PatientGenerator _model = new();
    private readonly List<InnerProcess> _started = [];
    private GenerationWorker _worker = null!;

    public Task InitializeAsync()
    {
        _worker = new GenerationWorker(Start, TimeProvider.System);
        return Task.CompletedTask;
    }

    public Task DisposeAsync() => _worker.DisposeAsync().AsTask();

    public void Dispose() => _model.Dispose();

    [Fact]
    public async Task Images_lie_beside_the_file_and_are_answered_with_what_makes_them_again()
    {
        await using var client = await StartAsync();
        var uri = await client.OpenAsync("miku.prompt", "1girl\nSteps: 1, Seed: 18446744073709551615, Size: 64x128");
        _model.Pass(1);
        var image = (await client.RequestAsync("kohaku/generate", Request(uri)))!["images"]!.AsArray().Single()!;

        var path = Path.Combine(client.Folder, "out", "miku-18446744073709551615.png");
        Assert.Equal(path, image["path"]!.GetValue<string>());
        Assert.Equal("file://" + path, image["uri"]!.GetValue<string>());
        Assert.Equal("18446744073709551615", image["seed"]!.GetValue<string>());
        Assert.Equal("64x128 1girl", $"{image["width"]}x{image["height"]} {image["prompt"]}");
        Assert.True(PngTexts.TryRead(path, out var texts, out _));
        Assert.Equal(image["parameters"]!.GetValue<string>(), texts[0].Text);
        Assert.Equal("1girl\nSteps: 1, Seed: 18446744073709551615, Size: 64x128", texts[1].Text);
        Assert.Equal("1girl\nSteps: 1, Seed: 18446744073709551615, Size: 64x128", (await client.RequestAsync("kohaku/imagePrompt", new JsonObject { ["uri"] = "file://" + path }))!["text"]!.GetValue<string>());
    }

    [Fact]
    public async Task Our_client_is_told_each_state_in_order()
    {
        await using var client = await StartAsync();
        var uri = await client.OpenAsync("a.prompt", "1girl\nSteps: 2, Seed: 5, Size: 256x256");
        _model.Pass(2);
        await client.RequestAsync("kohaku/generate", Request(uri));

        var told = client.AllReceived("kohaku/generation");
        Assert.Equal(
            ["queued", "load CPU, 2 threads", "warning no graphics card can be used", "encode", "sample", "sample 1/2", "sample 1/2 preview", "sample 2/2", "decode", "warning the VAE overflowed", "image a-5.png"],
            told.Select(Line));
        Assert.All(told, said => Assert.Equal("j1 0 1", $"{said!["job"]} {said["image"]} {said["count"]}"));
        Assert.StartsWith("data:image/png;base64,iVBOR", told[6]!["preview"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal("Give another", told[9]!["help"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_configuration_names_the_model_where_the_settings_do_not()
    {
        await using var client = await TestClient.StartAsync(
            options: new JsonObject { ["trusted"] = true },
            prepare: client => client.Write("kohaku.json", """{ "generate": { "model": "delta.safetensors", "vae": "vae.safetensors" } }"""),
            worker: _worker);
        var uri = await client.OpenAsync("a.prompt", "1girl\nSteps: 1, Seed: 5, Size: 64x64");
        _model.Pass(1);
        await client.RequestAsync("kohaku/generate", Request(uri));

        var opened = Assert.Single(_model.Opened);
        Assert.Equal((Path.Combine(client.Folder, "delta.safetensors"), Path.Combine(client.Folder, "vae.safetensors")), (opened.ModelPath, opened.VaePath));
    }

    [Fact]
    public async Task Another_client_gets_progress_only()
    {
        await using var client = await StartAsync(generation: false);
        client.Expect("$/progress");
        var uri = await client.OpenAsync("a.prompt", "1girl\nSteps: 1, Seed: 5, Size: 64x64");
        _model.Pass(1);
        var request = Request(uri);
        request["workDoneToken"] = "t";
        await client.RequestAsync("kohaku/generate", request);

        var values = client.AllReceived("$/progress").Select(said => said!["value"]!).ToList();
        Assert.Equal("begin Generating an image", $"{values[0]["kind"]} {values[0]["title"]}");
        Assert.Equal("end", values[^1]["kind"]!.GetValue<string>());
        Assert.Contains(values, value => value["message"]?.GetValue<string>() == "step 1 of 1" && value["percentage"]!.GetValue<int>() == 100);
        Assert.Empty(client.AllReceived("kohaku/generation"));
    }

    [Fact]
    public async Task Jobs_wait_in_their_order_and_one_can_be_taken_out_of_the_queue()
    {
        await using var client = await StartAsync();
        var first = client.BeginAsync("kohaku/generate", Text("first", "1"), out _);
        await client.ReceivedAsync("kohaku/generation", said => Line(said) == "sample 1/1");
        var second = client.BeginAsync("kohaku/generate", Text("second", "2"), out var id);
        await client.ReceivedAsync("kohaku/generation", said => said!["job"]!.GetValue<string>() == "second" && said["message"]?.GetValue<string>() == "after 1 other");
        var third = client.BeginAsync("kohaku/generate", Text("third", "3"), out _);
        await client.ReceivedAsync("kohaku/generation", said => said!["job"]!.GetValue<string>() == "third" && said["message"]?.GetValue<string>() == "after 2 others");
        await client.NotifyAsync("$/cancelRequest", new JsonObject { ["id"] = id });
        Assert.Equal(-32800, (await second)["error"]!["code"]!.GetValue<int>());

        Assert.Single(_model.Requests);
        _model.Pass(2);
        Assert.Null((await first)["error"]);
        Assert.Null((await third)["error"]);
        Assert.Equal([1UL, 3UL], _model.Requests.Select(request => request.Seed));
        Assert.Single(_model.Opened);
    }

    [Fact]
    public async Task Cancelling_stops_the_running_image()
    {
        await using var client = await StartAsync();
        var run = client.BeginAsync("kohaku/generate", Text("j1", "1"), out var id);
        await client.ReceivedAsync("kohaku/generation", said => Line(said) == "sample 1/1");
        await client.NotifyAsync("$/cancelRequest", new JsonObject { ["id"] = id });

        Assert.Equal(-32800, (await run)["error"]!["code"]!.GetValue<int>());
        Assert.Empty(Directory.GetFiles(Path.Combine(client.Folder, "out")));
        _model.Pass(1);
        Assert.Single((await client.RequestAsync("kohaku/generate", Text("j2", "2")))!["images"]!.AsArray());
    }

    [Fact]
    public async Task A_crash_is_one_message_with_the_last_words_and_the_next_request_starts_anew()
    {
        await using var client = await StartAsync();
        var run = client.BeginAsync("kohaku/generate", Text("j1", "1"), out _);
        await client.ReceivedAsync("kohaku/generation", said => Line(said) == "sample 1/1");
        _started[0].Crash(139, "CUDA error 700", "an illegal memory access");

        var error = (await run)["error"]!;
        Assert.Equal(-32803, error["code"]!.GetValue<int>());
        Assert.Equal("the worker that makes images ended unexpectedly with exit code 139: CUDA error 700 / an illegal memory access", error["message"]!.GetValue<string>());
        Assert.StartsWith("Generate again", error["data"]!["help"]!.GetValue<string>(), StringComparison.Ordinal);

        // The step that is let pass must not be the dead one's.
        await _started[0].Served;
        _model.Pass(1);
        Assert.Single((await client.RequestAsync("kohaku/generate", Text("j2", "2")))!["images"]!.AsArray());
        Assert.Equal(2, _started.Count);
    }

    [Fact]
    public async Task An_untrusted_workspace_generates_nothing()
    {
        await using var client = await StartAsync(trusted: false);
        var error = (await client.AskAsync("kohaku/generate", Text("j1", "1")))["error"]!;

        Assert.Equal("the workspace is not trusted, so that nothing is generated in it", error["message"]!.GetValue<string>());
        Assert.Equal("Trust the workspace", error["data"]!["help"]!.GetValue<string>());
        Assert.Empty(_started);
        await client.NotifyAsync("kohaku/trustChanged", new JsonObject { ["trusted"] = true });
        _model.Pass(1);
        Assert.Single((await client.RequestAsync("kohaku/generate", Text("j2", "2")))!["images"]!.AsArray());
    }

    [Theory]
    [InlineData(0, 0, "1girl")]
    [InlineData(2, 3, "1boy")]
    [InlineData(5, 0, "solo")]
    [InlineData(99, 0, "solo")]
    public async Task A_position_chooses_the_prompt_of_a_library_as_it_stands_in_the_editor(int line, int character, string prompt)
    {
        await using var client = await StartAsync();
        client.Write("a.prompt", "old");
        var uri = await client.OpenAsync("a.prompt", "1girl\n---\n1boy\n---\n\nsolo\n");
        var request = Request(uri);
        request["position"] = new JsonObject { ["line"] = line, ["character"] = character };
        request["options"] = new JsonObject { ["steps"] = 1, ["size"] = "64x64" };
        _model.Pass(1);
        await client.RequestAsync("kohaku/generate", request);

        Assert.Equal([prompt], _model.Requests.Select(made => made.Prompt));
    }

    [Fact]
    public async Task Without_a_position_all_prompts_are_one_job_and_options_go_before_parameter_lines()
    {
        await using var client = await StartAsync();
        client.Write("b.prompt", "1girl\nSteps: 9, Seed: 1, Size: 64x64\n---\n1boy\nSeed: 4, Size: 64x64");
        var request = Request(client.Uri("b.prompt"));
        request["negative"] = "bad";
        request["options"] = new JsonObject { ["steps"] = 1, ["sampler"] = "dpmpp_2m", ["guidanceScale"] = 4.5, ["count"] = 2, ["seedDialect"] = "comfy", ["emphasis"] = "none", ["schedule"] = "Karras" };
        _model.Pass(4);
        var images = (await client.RequestAsync("kohaku/generate", request))!["images"]!.AsArray();

        Assert.Equal(["1", "2", "4", "5"], images.Select(image => image!["seed"]!.GetValue<string>()));
        Assert.Equal([0, 1, 2, 3], client.AllReceived("kohaku/generation").Where(said => said!["state"]!.GetValue<string>() == "image").Select(said => said!["image"]!.GetValue<int>()));
        Assert.All(_model.Requests, made => Assert.Equal(
            ("bad", 1, SamplerKind.DpmPlusPlus2M, ScheduleKind.Karras, 4.5, SeedDialect.Comfy, EmphasisKind.None),
            (made.Negative, made.Steps, made.Sampler, made.Schedule, made.GuidanceScale, made.SeedDialect, made.Emphasis)));
    }

    [Fact]
    public async Task Settings_say_model_device_folders_and_whether_previews_are_made()
    {
        await using var client = await StartAsync(generate: new JsonObject
        {
            ["model"] = "/models/delta.safetensors", ["vae"] = "/models/vae.safetensors", ["loraFolders"] = new JsonArray("/loras"), ["embeddingFolders"] = new JsonArray("/embeddings"),
            ["device"] = "cpu", ["precision"] = "fp16", ["previews"] = false, ["outputFolder"] = "pictures",
        });
        _model.Pass(1);
        var image = (await client.RequestAsync("kohaku/generate", Text("j1", "1")))!["images"]![0]!;

        Assert.Equal(Path.Combine(client.Folder, "pictures", "1girl-1.png"), image["path"]!.GetValue<string>());
        Assert.True(_model.Opened.TryDequeue(out var opened));
        Assert.Equal(("/models/delta.safetensors", "/models/vae.safetensors", Precision.Half, DeviceKind.Cpu), (opened.ModelPath, opened.VaePath, opened.Precision, opened.Device));
        Assert.Equal(["/loras", "/embeddings"], [.. opened.LoraFolders, .. opened.EmbeddingFolders]);
        Assert.DoesNotContain(client.AllReceived("kohaku/generation"), said => said!["preview"] is not null);
    }

    [Fact]
    public async Task A_warm_worker_notices_that_the_library_for_cards_was_installed_or_removed()
    {
        await using var client = await StartAsync();
        var installed = Path.Combine(client.Data, "gpu", GpuFolder.Version);
        _model.Pass(4);
        await client.RequestAsync("kohaku/generate", Text("before", "1"));
        Directory.CreateDirectory(installed);
        await client.RequestAsync("kohaku/generate", Text("with it", "2"));
        await client.RequestAsync("kohaku/generate", Text("still with it", "3"));
        Assert.Equal(2, _started.Count);
        Directory.Delete(installed);
        await client.RequestAsync("kohaku/generate", Text("without it", "4"));

        Assert.Equal(3, _started.Count);
        Assert.Equal([null, installed, null], _model.Opened.Select(opened => opened.GpuFolder));
    }

    [Fact]
    public async Task On_the_processor_the_library_for_cards_changes_nothing()
    {
        await using var client = await StartAsync(generate: new JsonObject { ["model"] = "/models/delta.safetensors", ["device"] = "cpu" });
        _model.Pass(2);
        await client.RequestAsync("kohaku/generate", Text("before", "1"));
        Directory.CreateDirectory(Path.Combine(client.Data, "gpu", GpuFolder.Version));
        await client.RequestAsync("kohaku/generate", Text("with it", "2"));

        Assert.Single(_started);
    }

    [Fact]
    public async Task A_folder_for_cards_that_is_filled_later_is_another_worker_too()
    {
        var folder = Directory.CreateTempSubdirectory("a card's ").FullName;
        try
        {
            await using var client = await StartAsync(generate: new JsonObject { ["model"] = "/models/delta.safetensors", ["gpuLibrary"] = folder });
            _model.Pass(2);
            Directory.SetLastWriteTimeUtc(folder, DateTime.UnixEpoch);
            await client.RequestAsync("kohaku/generate", Text("empty", "1"));
            await File.WriteAllTextAsync(Path.Combine(folder, "libonnxruntime.so"), "");
            await client.RequestAsync("kohaku/generate", Text("filled", "2"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        Assert.Equal(2, _started.Count);
        Assert.All(_model.Opened, opened => Assert.Equal(folder, opened.GpuFolder));
    }

    [Fact]
    public async Task A_folder_for_cards_that_would_lie_in_the_workspace_is_refused_and_a_configuration_names_none()
    {
        await using var client = await StartAsync(generate: new JsonObject { ["model"] = "/models/delta.safetensors", ["gpuLibrary"] = "native" });
        var error = (await client.AskAsync("kohaku/generate", Text("j1", "1")))["error"]!;
        Assert.Equal("kohaku.generate.gpuLibrary: native is not an absolute path", error["message"]!.GetValue<string>());
        Assert.Empty(_started);

        await using var other = await StartAsync(prepare: folder =>
        {
            folder.Expect("textDocument/publishDiagnostics");
            folder.Write("kohaku.json", """{ "generate": { "gpuLibrary": "/tmp" }, "gpuLibrary": "/tmp" }""");
        });
        await other.ReceivedAsync("textDocument/publishDiagnostics", said => said!.ToJsonString().Contains("generate.gpuLibrary: no such key", StringComparison.Ordinal));
        _model.Pass(1);
        await other.RequestAsync("kohaku/generate", Text("j1", "1"));
        Assert.Null(Assert.Single(_model.Opened).GpuFolder);
    }

    [Theory]
    [InlineData("""{"job":"j"}""", "no prompt is named")]
    [InlineData("""{"job":"j","prompt":"1girl","options":{"model":""}}""", null)]
    [InlineData("""{"job":"j","prompt":"1girl","options":{"count":0}}""", "count: 0 is not from 1 to 1000")]
    [InlineData("""{"job":"j","prompt":"1girl","options":{"emphasis":"loud"}}""", "there is no emphasis mode `loud`")]
    [InlineData("""{"job":"j","prompt":"1girl","options":{"seedDialect":"mine"}}""", "there is no seed dialect `mine`")]
    [InlineData("""{"job":"j","uri":"file:///no/such.prompt"}""", "/no/such.prompt: no such file")]
    public async Task What_cannot_be_done_is_said_before_anything_is_started(string request, string? message)
    {
        await using var client = await StartAsync(generate: message is null ? [] : null);
        var error = (await client.AskAsync("kohaku/generate", JsonNode.Parse(request)))["error"]!;

        Assert.StartsWith(message ?? "no model is named", error["message"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Empty(_started);
    }

    private static string Line(JsonNode? said)
    {
        var words = said!["state"]!.GetValue<string>();
        if (said["step"] is { } step) words += $" {step}/{said["steps"]}";
        if (said["preview"] is not null) words += " preview";
        if ((said["detail"] ?? said["message"]) is { } text) words += $" {text}";
        return said["file"] is { } file ? $"{words} {Path.GetFileName(file["path"]!.GetValue<string>())}" : words;
    }

    private static JsonObject Request(string uri) => new() { ["job"] = "j1", ["uri"] = uri };

    private static JsonObject Text(string job, string seed) => new()
    {
        ["job"] = job, ["prompt"] = "1girl", ["options"] = new JsonObject { ["seed"] = seed, ["steps"] = 1, ["size"] = "64x64" },
    };

    private async Task<TestClient> StartAsync(bool generation = true, bool trusted = true, JsonObject? generate = null, Action<TestClient>? prepare = null)
    {
        var options = new JsonObject
        {
            ["trusted"] = trusted, ["settings"] = new JsonObject { ["generate"] = generate ?? new JsonObject { ["model"] = "/models/delta.safetensors" } },
        };
        if (generation) options["generation"] = true;
        return await TestClient.StartAsync(
            options: options,
            prepare: client =>
            {
                client.Expect(generation ? "kohaku/generation" : "-");
                prepare?.Invoke(client);
            },
            worker: _worker);
    }

    private InnerProcess Start()
    {
        var process = new InnerProcess(_model);
        _started.Add(process);
        return process;
    }
}
