using System.Diagnostics;
using System.Text.Json;
using Kohaku.Generation.Images;
using Kohaku.Jobs;
using Kohaku.Jobs.Output;
using Kohaku.Jobs.Workers;

namespace Kohaku.Generation.Worker;

/// <summary>The worker's side: makes the images of jobs, one job at a time, writes them, and keeps the model for the next job.</summary>
/// <param name="generators">Checks devices and opens models.</param>
/// <param name="log">Takes lines for whoever looks for a fault: standard error.</param>
public sealed class WorkerHost(IGeneratorSource generators, Action<string> log)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private Task _last = Task.CompletedTask;

    /// <summary>Serves until the other side closes.</summary>
    /// <param name="input">What the other side sends.</param>
    /// <param name="output">What the other side gets.</param>
    /// <returns>Whether all that came were messages.</returns>
    public async Task<bool> RunAsync(Stream input, Stream output)
    {
        var model = new WarmModel(generators);
        using var connection = new WorkerConnection(input, output);
        connection.Handle(WorkerMethods.Run, (parameters, cancel) => Begin(() => Run(parameters.Deserialize(WorkerJson.Default.RunParams)!, model, connection, cancel)));
        connection.Handle(WorkerMethods.ImageSize, (parameters, _) => Begin(() => SizeOf(parameters.Deserialize(WorkerJson.Default.ImageSizeParams)!.Path)));
        connection.StartListening();
        var isWell = true;
        try
        {
            await connection.Completion.ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whatever the other side sent, this is the end of it.
        catch (Exception broken)
#pragma warning restore CA1031
        {
            log($"standard input holds no messages of kohaku's: {broken.Message}");
            isWell = false;
        }

        // The calls are cancelled with the connection; one that hangs in the driver ends with the process.
        await Task.WhenAny(_last, Task.Delay(Patience)).ConfigureAwait(false);
        if (_last.IsCompleted) model.Dispose();
        return isWell;
    }

    private Task<object?> Begin(Func<object> work)
    {
        var task = Task.Run<object?>(() =>
        {
            lock (_gate) return work();
        });
        _last = task;
        return task;
    }

    private RunResult Run(RunParams call, WarmModel model, WorkerConnection connection, CancellationToken cancellation)
    {
        var events = new EventSender(connection, call);
        var images = new List<WrittenImage>();
        try
        {
            var job = call.Job;
            Directory.CreateDirectory(job.Folder);
            var generator = model.Take(job.Settings, job.Requests, events, cancellation);
            foreach (var request in job.Requests)
            {
                events.FirstImage = images.Count;
                Make(generator, request, job, images, events, cancellation);
            }

            return new RunResult(events.Count, images);
        }
        catch (OperationCanceledException)
        {
            return new RunResult(events.Count, images) { IsCancelled = true };
        }
        catch (GenerationException failure)
        {
            return new RunResult(events.Count, images) { Failure = new WorkerFailure(failure.Message, failure.Help) };
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return new RunResult(events.Count, images) { Failure = new WorkerFailure(refused.Message) };
        }
#pragma warning disable CA1031 // The last door before the protocol: whatever comes out of it would be an error without words.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            // Nobody knows in what state it left the model.
            log($"the job failed: {failure}");
            model.Dispose();
            return new RunResult(events.Count, images) { Failure = new WorkerFailure($"the image could not be made: {failure.GetType().Name}: {failure.Message}", "The next image opens the model anew") };
        }
    }

    private static void Make(IGenerator generator, GenerationRequest request, GenerationJob job, List<WrittenImage> images, EventSender events, CancellationToken cancellation)
    {
        var began = Stopwatch.GetTimestamp();
        foreach (var image in generator.Run(request, events, cancellation))
        {
            cancellation.ThrowIfCancellationRequested();
            var wanted = Path.Combine(job.Folder, OutputName.Of(job.Title, image.Seed));
            if (OutputName.WriteFree(wanted, free => PngFile.Write(free, image, request), out var path) is { } problem) throw new GenerationException(problem.ToString());

            var written = new WrittenImage(
                images.Count, path, image.Seed, image.Width, image.Height, image.Parameters, request.Prompt, Math.Round(Stopwatch.GetElapsedTime(began).TotalSeconds, 3));
            images.Add(written);
            events.Send(new ImageWritten(written));
            began = Stopwatch.GetTimestamp();
        }
    }

    private static ImageSizeResult SizeOf(string path)
    {
        try
        {
            var (width, height) = ImageFile.SizeOf(path);
            return new ImageSizeResult(width, height);
        }
        catch (GenerationException failure)
        {
            return new ImageSizeResult(0, 0) { Failure = new WorkerFailure(failure.Message, failure.Help) };
        }
    }
}
