using Kohaku.Generation.Images;
using Kohaku.Jobs;
using Kohaku.Jobs.Workers;
using StreamJsonRpc;

namespace Kohaku.Generation.Worker;

/// <summary>Sends a job's events, in order, each before the job goes on.</summary>
internal sealed class EventSender(WorkerConnection connection, RunParams call) : IProgress<GenerationEvent>
{
    private static readonly Dictionary<string, Type> s_types = new() { ["id"] = typeof(int), ["event"] = typeof(GenerationEvent) };

    /// <summary>How many were sent.</summary>
    public int Count { get; private set; }

    /// <summary>The place in the job of the running request's first image.</summary>
    public int FirstImage { get; set; }

    /// <inheritdoc/>
    public void Report(GenerationEvent value)
    {
        switch (value)
        {
            case PhaseBegan began:
                Send(began with { Image = FirstImage + began.Image });
                break;
            case StepDone step:
                Send(step with { Image = FirstImage + step.Image });
                break;
            case PreviewMade preview:
                if (call.Job.Previews) Send(new PreviewEncoded(FirstImage + preview.Image, PngFile.Encode(new RgbImage(preview.Width, preview.Height, preview.Pixels), [])));
                break;
            default:
                Send(value);
                break;
        }
    }

    /// <summary>Sends an event whose image is counted over the job.</summary>
    /// <exception cref="OperationCanceledException">Nobody is there to take it.</exception>
    public void Send(GenerationEvent said)
    {
        try
        {
            var parameters = new Dictionary<string, object?> { ["id"] = call.Id, ["event"] = said };
            connection.NotifyWithParameterObjectAsync(WorkerMethods.Event, parameters, s_types).GetAwaiter().GetResult();
            Count++;
        }
        catch (Exception gone) when (gone is ConnectionLostException or ObjectDisposedException or IOException)
        {
            throw new OperationCanceledException("the one who asked is gone", gone);
        }
    }
}
