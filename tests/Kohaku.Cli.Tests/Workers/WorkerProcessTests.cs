using System.Diagnostics;
using Kohaku.Cli.Tests.Commands;
using Kohaku.Generation.Images;
using Kohaku.Generation.Tests.Golden;
using Kohaku.Jobs;
using Kohaku.Jobs.Workers;

namespace Kohaku.Cli.Tests.Workers;

/// <summary>The real worker, a process of its own, with the scaled-down checkpoint: the native program where <c>KOHAKU_NATIVE</c> names one.</summary>
public sealed class WorkerProcessTests : IAsyncLifetime, IDisposable
{
    private static readonly string Library = Path.Combine(AppContext.BaseDirectory, "kohaku.dll");
    private static readonly string? Native = Environment.GetEnvironmentVariable("KOHAKU_NATIVE") is { Length: > 0 } path ? path : null;

    private readonly Folder _folder = new();
    private readonly FakeClock _clock = new();
    private readonly List<WorkerProcess> _started = [];
    private readonly List<Process> _watched = [];
    private readonly GenerationWorker _worker;

    public WorkerProcessTests() => _worker = new GenerationWorker(Start, _clock);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _worker.DisposeAsync();
        foreach (var process in _watched)
        {
            await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
            process.Dispose();
        }
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_writes_images_with_what_makes_them_again_and_says_how_far_it_is()
    {
        var told = new Told();
        var images = await _worker.RunAsync(Job(steps: 3, count: 2), told, CancellationToken.None);

        Assert.Equal([_folder["out/cat-7.png"], _folder["out/cat-8.png"]], images.Select(image => image.Path));
        Assert.All(images, image => Assert.Equal((128, 64), (image.Width, image.Height)));
        Assert.Equal((128, 64), ImageFile.SizeOf(images[1].Path));
        Assert.True(Files.PngTexts.TryRead(images[1].Path, out var texts, out _));
        Assert.Equal([("parameters", images[1].Parameters), ("kohaku", "1girl")], texts.Select(text => (text.Keyword, text.Text)));
        Assert.IsType<JobQueued>(told.Events[0]);
        Assert.Equal(DeviceKind.Cpu, told.Events.OfType<DeviceChosen>().Single().Choice.Device);
        Assert.Equal(["0 1/3", "0 2/3", "0 3/3", "1 1/3", "1 2/3", "1 3/3"], told.Events.OfType<StepDone>().Select(step => $"{step.Image} {step.Index}/{step.Total}"));
        Assert.Equal(images, told.Events.OfType<ImageWritten>().Select(written => written.Image));
        Assert.All(told.Events.OfType<PreviewEncoded>(), preview => Assert.Equal(0x89, preview.Png[0]));
        Assert.NotEmpty(told.Events.OfType<PreviewEncoded>());
    }

    [Fact]
    public async Task The_model_stays_open_between_jobs_and_a_taken_name_is_passed_over()
    {
        await _worker.RunAsync(Job(steps: 1), new Told(), CancellationToken.None);
        var told = new Told();
        var images = await _worker.RunAsync(Job(steps: 1) with { Previews = false }, told, CancellationToken.None);

        Assert.DoesNotContain(told.Events, said => said is PhaseBegan { Phase: GenerationPhase.Load } or PreviewEncoded);
        Assert.Equal(_folder["out/cat-7-2.png"], Assert.Single(images).Path);
        Assert.Single(_started);
    }

    [Fact]
    public async Task Another_device_is_another_worker()
    {
        await _worker.RunAsync(Job(steps: 1), new Told(), CancellationToken.None);
        var job = Job(steps: 1);
        await _worker.RunAsync(job with { Settings = job.Settings with { Device = DeviceKind.Auto } }, new Told(), CancellationToken.None);

        Assert.Equal(2, _started.Count);
    }

    [Fact]
    public async Task Cancelling_in_the_middle_leaves_no_image_and_the_worker_warm()
    {
        using var cancel = new CancellationTokenSource();
        var told = new Told();
        var run = _worker.RunAsync(Job(steps: 900), told, cancel.Token);
        await told.ComesAsync(said => said is StepDone { Index: 2 });
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.Empty(Directory.GetFiles(_folder["out"]));
        Assert.Single(await _worker.RunAsync(Job(steps: 1), new Told(), CancellationToken.None));
        Assert.Single(_started);
    }

    [Fact]
    public async Task One_that_is_killed_in_the_middle_is_one_message_and_the_next_job_starts_another()
    {
        var told = new Told();
        var run = _worker.RunAsync(Job(steps: 900), told, CancellationToken.None);
        await told.ComesAsync(said => said is StepDone { Index: 2 });
        _watched[0].Kill();

        var failure = await Assert.ThrowsAsync<GenerationException>(() => run);
        Assert.StartsWith("the worker that makes images ended unexpectedly with exit code ", failure.Message, StringComparison.Ordinal);
        Assert.StartsWith("Generate again: a new worker is started", failure.Help, StringComparison.Ordinal);
        Assert.Single(await _worker.RunAsync(Job(steps: 1), new Told(), CancellationToken.None));
        Assert.Equal(2, _started.Count);
    }

    [Fact]
    public async Task It_ends_after_ten_idle_minutes_and_the_next_job_starts_another()
    {
        await _worker.RunAsync(Job(steps: 1), new Told(), CancellationToken.None);
        _clock.Advance(GenerationWorker.IdleTime - TimeSpan.FromSeconds(1));
        await _worker.RunAsync(Job(steps: 1), new Told(), CancellationToken.None);
        _clock.Advance(GenerationWorker.IdleTime - TimeSpan.FromSeconds(1));
        Assert.False(_watched[0].HasExited);

        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(0, (await _started[0].Ended.WaitAsync(TimeSpan.FromSeconds(30))).ExitCode);
        await _worker.RunAsync(Job(steps: 1), new Told(), CancellationToken.None);
        Assert.Equal(2, _started.Count);
    }

    [Fact]
    public async Task What_stands_in_the_way_is_said_as_on_the_command_line()
    {
        var job = Job(steps: 1);
        var missing = _folder["missing.safetensors"];
        var failure = await Assert.ThrowsAsync<GenerationException>(() => _worker.RunAsync(job with { Settings = job.Settings with { ModelPath = missing } }, new Told(), CancellationToken.None));

        Assert.Equal($"{missing}: no such file or folder", failure.Message);
        Assert.Equal("Name a .safetensors checkpoint, or the folder of an ONNX export", failure.Help);
    }

    [Fact]
    public async Task It_says_the_size_of_an_image_and_why_it_has_none()
    {
        var image = Path.Combine(AppContext.BaseDirectory, "Golden", "images", "euler-a.png");
        Assert.Equal(ImageFile.SizeOf(image), await _worker.SizeOfAsync(image, CancellationToken.None));
        var failure = await Assert.ThrowsAsync<GenerationException>(() => _worker.SizeOfAsync(_folder["no.png"], CancellationToken.None));
        Assert.Contains("no.png", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Garbage_on_its_standard_input_ends_it_with_a_line()
    {
        using var process = Run();
        await process.StandardInput.BaseStream.WriteAsync("GET / HTTP/1.1\r\nHost: x\r\n\r\n{{{"u8.ToArray());
        await process.StandardInput.BaseStream.FlushAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(2, process.ExitCode);
        Assert.StartsWith("standard input holds no messages of kohaku's: ", await error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_ends_with_its_standard_input()
    {
        using var process = Run();
        process.StandardInput.Close();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(0, process.ExitCode);
    }

    private static Process Run()
    {
        var (program, arguments) = Command();
        return Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
    }

    private static (string Program, string[] Arguments) Command() => Native is null ? ("dotnet", ["exec", Library, "worker"]) : (Native, ["worker"]);

    private WorkerProcess Start()
    {
        var (program, arguments) = Command();
        var process = WorkerProcess.Start(program, arguments);
        _started.Add(process);
        _watched.Add(Process.GetProcessById(process.Id));
        return process;
    }

    private GenerationJob Job(int steps, int count = 1) => new()
    {
        Settings = new GeneratorSettings { ModelPath = TinyCheckpoint.Path, Device = DeviceKind.Cpu },
        Requests = [new GenerationRequest { Prompt = "1girl", Source = "1girl", Steps = steps, Sampler = SamplerKind.Euler, GuidanceScale = 5, Seed = 7, Width = 128, Height = 64, Count = count }],
        Folder = _folder["out"],
        Title = "cat",
    };
}
