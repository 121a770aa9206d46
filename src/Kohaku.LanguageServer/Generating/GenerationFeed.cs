using System.Text.Json;
using System.Threading.Channels;
using Kohaku.Jobs;
using Kohaku.LanguageServer.Protocol;
using Kohaku.LanguageServer.Transport;

namespace Kohaku.LanguageServer.Generating;

/// <summary>
/// Tells the client how far a job is: as work-done progress under its token, and as <c>kohaku/generation</c> where it knows that. In order, and all of it before the answer.
/// </summary>
internal sealed class GenerationFeed : IProgress<GenerationEvent>, IAsyncDisposable
{
    private static readonly TimeSpan s_pace = TimeSpan.FromMilliseconds(100);

    private readonly Client _client;
    private readonly bool _isTold;
    private readonly string _job;
    private readonly JsonElement? _token;
    private readonly int _count;
    private readonly TimeProvider _time;
    private readonly StepRate _rate;
    private readonly Channel<Func<Task>> _queue = Channel.CreateUnbounded<Func<Task>>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Task _sending;
    private string _state = "load";
    private StepDone? _step;
    private long _lastReport;

    /// <summary>Begins.</summary>
    /// <param name="client">Who is told.</param>
    /// <param name="isTold">Whether it knows <c>kohaku/generation</c>.</param>
    /// <param name="job">What it calls the job.</param>
    /// <param name="token">Its work-done token, or null.</param>
    /// <param name="count">Images of the job.</param>
    /// <param name="time">The clock.</param>
    public GenerationFeed(Client client, bool isTold, string job, JsonElement? token, int count, TimeProvider time)
    {
        (_client, _isTold, _job, _token, _count, _time, _rate) = (client, isTold, job, token, count, time, new StepRate(time));
        _sending = SendAsync();
        Show(new WorkDoneProgress("begin") { Title = count == 1 ? "Generating an image" : $"Generating {count} images", Cancellable = true, Percentage = 0 });
    }

    /// <inheritdoc/>
    public void Report(GenerationEvent value)
    {
        switch (value)
        {
            case JobQueued queued:
                Tell("queued", 0, queued.Ahead == 0 ? [] : new() { ["message"] = queued.Ahead == 1 ? "after 1 other" : $"after {queued.Ahead} others" });
                if (queued.Ahead > 0) Show(0, 0, "waits for its turn");
                break;
            case DeviceChosen { Choice: var device }:
                Tell("load", 0, new() { ["detail"] = device.Name });
                if (device.Note is { } note) Tell("warning", 0, new() { ["message"] = EditorWords.Of(note) });
                break;
            case PhaseBegan began:
                Begin(began);
                break;
            case StepDone step:
                Step(step);
                break;
            case PreviewEncoded preview:
                if (_isTold) Tell(_state, preview.Image, WithStep(new() { ["preview"] = "data:image/png;base64," + Convert.ToBase64String(preview.Png) }));
                break;
            case GenerationWarning warning:
                var said = new Dictionary<string, object?> { ["message"] = EditorWords.Of(warning.Message) };
                if (warning.Help is not null) said["help"] = EditorWords.Of(warning.Help);
                Tell("warning", 0, said);
                break;
            case ImageWritten { Image: var image }:
                Tell("image", image.Index, new() { ["file"] = GenerateHandler.FileOf(image) });
                Show(image.Index, 1, $"image {image.Index + 1} of {_count}");
                break;
        }
    }

    /// <summary>Ends the progress, once all is sent.</summary>
    public async ValueTask DisposeAsync()
    {
        Show(new WorkDoneProgress("end"));
        _queue.Writer.Complete();
        await _sending.ConfigureAwait(false);
    }

    private void Begin(PhaseBegan began)
    {
        _state = began.Phase switch
        {
            GenerationPhase.Load => "load",
            GenerationPhase.EncodeText or GenerationPhase.EncodeImage => "encode",
            GenerationPhase.Sample => "sample",
            GenerationPhase.Upscale => "upscale",
            GenerationPhase.SampleHires => "sampleHires",
            GenerationPhase.Decode => "decode",
            _ => throw new ArgumentOutOfRangeException(nameof(began)),
        };
        _step = null;
        _rate.Begin();
        Tell(_state, began.Image, began.Detail is null ? [] : new() { ["detail"] = began.Detail });
        Show(began.Image, began.Phase == GenerationPhase.Decode ? 0.99 : 0, _state switch
        {
            "load" => began.Detail is null ? "loading" : $"loading {began.Detail}",
            "encode" => "encoding",
            "upscale" => "enlarging",
            "decode" => "decoding",
            _ => "sampling",
        });
    }

    private void Step(StepDone step)
    {
        _step = step;
        var said = WithStep([]);
        var rate = _rate.At(step);
        if (rate > 0)
        {
            said["rate"] = Math.Round(rate, 3);
            said["secondsLeft"] = Math.Round((step.Total - step.Index) / rate, 1);
        }

        Tell(_state, step.Image, said);
        if (_lastReport != 0 && _time.GetElapsedTime(_lastReport) < s_pace && step.Index < step.Total) return;

        _lastReport = _time.GetTimestamp();
        Show(step.Image, (double)step.Index / step.Total, $"{(step.IsHires ? "hires step" : "step")} {step.Index} of {step.Total}");
    }

    private Dictionary<string, object?> WithStep(Dictionary<string, object?> said)
    {
        if (_step is { } step) (said["step"], said["steps"]) = (step.Index, step.Total);
        return said;
    }

    private void Tell(string state, int image, Dictionary<string, object?> said)
    {
        if (!_isTold) return;

        (said["job"], said["state"], said["image"], said["count"]) = (_job, state, image, _count);
        _queue.Writer.TryWrite(() => _client.NotifyAsync("kohaku/generation", said));
    }

    // A second pass begins at 0 again; what counts for the bar is the images.
    private void Show(int image, double share, string message) => Show(new WorkDoneProgress("report")
    {
        Message = _count == 1 ? message : $"{image + 1}/{_count}: {message}",
        Percentage = (int)((image + share) * 100 / _count),
    });

    private void Show(WorkDoneProgress progress)
    {
        if (_token is { } token) _queue.Writer.TryWrite(() => _client.ProgressAsync(token, progress));
    }

    private async Task SendAsync()
    {
        await foreach (var send in _queue.Reader.ReadAllAsync().ConfigureAwait(false)) await send().ConfigureAwait(false);
    }
}
