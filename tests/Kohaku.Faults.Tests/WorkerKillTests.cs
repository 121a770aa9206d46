using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Kohaku.Faults.Tests.Disk;
using Kohaku.Faults.Tests.Harness;
using Kohaku.Files;
using Kohaku.Generation.Tests.Golden;
using Kohaku.Jobs.Workers;
using Kohaku.LanguageServer.Tests;

namespace Kohaku.Faults.Tests;

/// <summary>The process that makes images killed in each of its phases, under the language server: one clear error, a server that lives, and a next image.</summary>
public sealed class WorkerKillTests
{
    // A phase may be over before its news is here: then it is tried again.
    private const int MostTries = 20;

    [Theory]
    [InlineData("load")]
    [InlineData("encode")]
    [InlineData("sample")]
    [InlineData("decode")]
    public async Task Killed_in_a_phase_it_is_one_error_and_the_next_image_is_made(string phase)
    {
        using var scratch = new Scratch();
        await using var worker = Worker();
        await using var client = await StartAsync(worker, scratch.Work);
        var uri = await client.OpenAsync("a.prompt", "1girl\nSteps: 3, Seed: 7, Size: 256x256");
        for (var attempt = 0; ; attempt++)
        {
            Assert.True(attempt < MostTries, $"{phase} was never hit");
            var job = $"{phase}-{attempt}";
            var run = client.BeginAsync("kohaku/generate", new JsonObject { ["job"] = job, ["uri"] = uri }, out _);
            var begins = client.ReceivedAsync("kohaku/generation", said => Job(said) == job && said!["state"]!.GetValue<string>() == phase);
            // A kill that came too late for the last image may have ended this one before its phase.
            if (await Task.WhenAny(begins, run) != begins) continue;

            KillWorker(client.Server.ProcessId ?? Environment.ProcessId);
            if ((await run)["error"] is not { } error) continue;

            AssertTold(error);
            break;
        }

        await AssertGoesOnAsync(client, uri, scratch.Work);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Killed_while_it_saves_it_leaves_no_half_image(int change)
    {
        using var scratch = new Scratch();
        var mark = Path.Combine(scratch.Root, "mark");
        using var disk = new Preloaded(FaultyDisk.KillOnce(scratch.Work, change, mark));
        await using var worker = Worker();
        await using var client = await StartAsync(worker, scratch.Work);
        var uri = await client.OpenAsync("a.prompt", "1girl\nSteps: 1, Seed: 7, Size: 128x64");
        AssertTold((await client.AskAsync("kohaku/generate", new JsonObject { ["job"] = "killed", ["uri"] = uri }))["error"]!);
        Assert.False(File.Exists(mark));
        AssertWholeImages(scratch.Work);

        await AssertGoesOnAsync(client, uri, scratch.Work);
    }

    private static GenerationWorker? Worker() =>
        KohakuProgram.Native is null ? new GenerationWorker(() => WorkerProcess.Start(KohakuProgram.Command[0], [.. KohakuProgram.Command[1..], "worker"]), TimeProvider.System) : null;

    private static Task<TestClient> StartAsync(GenerationWorker? worker, string output) => TestClient.StartAsync(
        options: new JsonObject
        {
            ["generation"] = true,
            ["settings"] = new JsonObject { ["generate"] = new JsonObject { ["model"] = TinyCheckpoint.Path, ["device"] = "cpu", ["outputFolder"] = output } },
        },
        prepare: client => client.Expect("kohaku/generation"),
        worker: worker);

    private static string Job(JsonNode? said) => said!["job"]!.GetValue<string>();

    private static void AssertTold(JsonNode error)
    {
        Assert.StartsWith("the worker that makes images ended unexpectedly", error["message"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.StartsWith("Generate again: a new worker is started", error["data"]!["help"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    // The server answers, another worker makes an image, and nothing of the killed one is left.
    private static async Task AssertGoesOnAsync(TestClient client, string uri, string output)
    {
        Assert.NotNull(await client.RequestAsync("textDocument/documentSymbol", new JsonObject { ["textDocument"] = new JsonObject { ["uri"] = uri } }));
        var made = (await client.RequestAsync("kohaku/generate", new JsonObject { ["job"] = "next", ["uri"] = uri }))!["images"]![0]!["path"]!.GetValue<string>();
        Assert.True(File.Exists(made));
        AssertWholeImages(output);
        Assert.DoesNotContain(Directory.GetFiles(output), path => AtomicFile.IsLeftover(Path.GetFileName(path)));
    }

    private static void AssertWholeImages(string folder)
    {
        foreach (var image in Directory.GetFiles(folder, "*.png")) Assert.True(PngTexts.TryRead(image, out _, out var problem), problem?.ToString());
    }

    private static void KillWorker(int server)
    {
        foreach (var process in Process.GetProcesses())
        {
            using (process)
            {
                if (IsWorkerOf(process.Id, server)) process.Kill();
            }
        }
    }

    private static bool IsWorkerOf(int process, int server)
    {
        try
        {
            // The parent's number is the second behind the name in brackets.
            var status = File.ReadAllText($"/proc/{process}/stat");
            var parent = status[(status.LastIndexOf(')') + 2)..].Split(' ')[1];
            return parent == server.ToString(CultureInfo.InvariantCulture) && File.ReadAllText($"/proc/{process}/cmdline").EndsWith("worker\0", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            // It has ended meanwhile.
            return false;
        }
    }

    // Children of this process, and theirs, are started with these variables.
    private sealed class Preloaded : IDisposable
    {
        private readonly IReadOnlyDictionary<string, string> _variables;

        public Preloaded(IReadOnlyDictionary<string, string> variables)
        {
            _variables = variables;
            foreach (var (name, value) in variables) Environment.SetEnvironmentVariable(name, value);
        }

        public void Dispose()
        {
            foreach (var name in _variables.Keys) Environment.SetEnvironmentVariable(name, null);
        }
    }
}
