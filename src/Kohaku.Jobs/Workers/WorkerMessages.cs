namespace Kohaku.Jobs.Workers;

/// <summary>The methods between a worker and who started it.</summary>
public static class WorkerMethods
{
    /// <summary>Request to the worker: makes a job's images. <see cref="RunParams"/>, <see cref="RunResult"/>. Cancelled by <c>$/cancelRequest</c>.</summary>
    public const string Run = "run";

    /// <summary>Request to the worker: the size of an image. <see cref="ImageSizeParams"/>, <see cref="ImageSizeResult"/>.</summary>
    public const string ImageSize = "imageSize";

    /// <summary>Notification from the worker: <see cref="WorkerEvent"/>.</summary>
    public const string Event = "event";
}

/// <summary>Asks for images.</summary>
/// <param name="Id">What its events name.</param>
/// <param name="Job">The job.</param>
public sealed record RunParams(int Id, GenerationJob Job);

/// <summary>How a job ended. What stands in its way is an answer, not an error of the protocol.</summary>
/// <param name="Events">How many events were sent before.</param>
/// <param name="Images">The images that lie in their files.</param>
public sealed record RunResult(int Events, IReadOnlyList<WrittenImage> Images)
{
    /// <summary>Whether it was cancelled.</summary>
    public bool IsCancelled { get; init; }

    /// <summary>Why it failed; <see langword="null"/> where it did not.</summary>
    public WorkerFailure? Failure { get; init; }
}

/// <summary>Why something could not be done: a <see cref="GenerationException"/>.</summary>
/// <param name="Message">The fact.</param>
/// <param name="Help">What to do, or <see langword="null"/>.</param>
public sealed record WorkerFailure(string Message, string? Help = null);

/// <summary>Something happened in a job.</summary>
/// <param name="Id">Which: <see cref="RunParams.Id"/>.</param>
/// <param name="Event">What; images are counted over the job.</param>
public sealed record WorkerEvent(int Id, GenerationEvent Event);

/// <summary>Asks for an image's size.</summary>
/// <param name="Path">The file: absolute.</param>
public sealed record ImageSizeParams(string Path);

/// <summary>An image's size in pixels, as it will be read; or why it has none.</summary>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
public sealed record ImageSizeResult(int Width, int Height)
{
    /// <summary>Why it could not be read; <see langword="null"/> where it could.</summary>
    public WorkerFailure? Failure { get; init; }
}
