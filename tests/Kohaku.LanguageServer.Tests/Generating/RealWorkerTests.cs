using System.Text.Json.Nodes;
using Kohaku.Generation.Images;
using Kohaku.Generation.Tests.Golden;
using Kohaku.Jobs.Workers;

namespace Kohaku.LanguageServer.Tests.Generating;

/// <summary>The whole way from a client to a file, with the real worker and the scaled-down checkpoint: all of it the native program where <c>KOHAKU_LSP</c> names it.</summary>
public sealed class RealWorkerTests
{
    private static readonly string Library = Path.Combine(AppContext.BaseDirectory, "kohaku.dll");

    [Fact]
    public async Task An_image_is_made_stopped_and_made_again()
    {
        await using var worker = TestServer.Native is null ? new GenerationWorker(() => WorkerProcess.Start("dotnet", ["exec", Library, "worker"]), TimeProvider.System) : null;
        await using var client = await TestClient.StartAsync(
            options: new JsonObject
            {
                ["generation"] = true, ["settings"] = new JsonObject { ["generate"] = new JsonObject { ["model"] = TinyCheckpoint.Path, ["device"] = "cpu" } },
            },
            prepare: client => client.Expect("kohaku/generation"),
            worker: worker);
        var uri = await client.OpenAsync("a.prompt", "1girl, (smile:1.2)\nSteps: 3, Seed: 7, Size: 128x64");
        var made = (await client.RequestAsync("kohaku/generate", new JsonObject { ["job"] = "one", ["uri"] = uri }))!["images"]![0]!;
        Assert.Equal((128, 64), ImageFile.SizeOf(made["path"]!.GetValue<string>()));

        var run = client.BeginAsync("kohaku/generate", new JsonObject { ["job"] = "two", ["uri"] = uri, ["options"] = new JsonObject { ["steps"] = 900 } }, out var id);
        await client.ReceivedAsync("kohaku/generation", said => said!["job"]!.GetValue<string>() == "two" && said["step"]?.GetValue<int>() == 2);
        await client.NotifyAsync("$/cancelRequest", new JsonObject { ["id"] = id });
        Assert.Equal(-32800, (await run)["error"]!["code"]!.GetValue<int>());

        var again = (await client.RequestAsync("kohaku/generate", new JsonObject { ["job"] = "three", ["uri"] = uri, ["options"] = new JsonObject { ["init"] = made["path"]!.GetValue<string>() } }))!["images"]![0]!;
        Assert.Equal(Path.Combine(client.Folder, "out", "a-7-2.png"), again["path"]!.GetValue<string>());
        Assert.DoesNotContain(client.AllReceived("kohaku/generation"), said => said!["job"]!.GetValue<string>() == "three" && said["detail"]?.GetValue<string>() == "kohaku-tiny");
        Assert.Contains(client.AllReceived("kohaku/generation"), said => said!["preview"] is not null);

        var missing = (await client.AskAsync("kohaku/generate", new JsonObject { ["job"] = "four", ["uri"] = uri, ["options"] = new JsonObject { ["model"] = "none.safetensors" } }))["error"]!;
        Assert.Equal($"{Path.Combine(client.Folder, "none.safetensors")}: no such file or folder", missing["message"]!.GetValue<string>());
        Assert.StartsWith("Name a .safetensors", missing["data"]!["help"]!.GetValue<string>(), StringComparison.Ordinal);
    }
}
