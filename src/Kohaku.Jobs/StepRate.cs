namespace Kohaku.Jobs;

/// <summary>How fast steps go.</summary>
/// <param name="time">The clock.</param>
public sealed class StepRate(TimeProvider time)
{
    private long _start = time.GetTimestamp();
    private long _first;
    private double _rate;

    /// <summary>Begins a phase.</summary>
    public void Begin() => _start = time.GetTimestamp();

    /// <summary>Steps a second, at a step's end; 0 where that is not known yet.</summary>
    /// <remarks>
    /// The first step pays for much that later ones do not: it counts only while there is no other. A step is told of when the next one has its first prediction, and the last at once behind the one
    /// before it: between these two lies no work, and the rate stays what it was.
    /// </remarks>
    public double At(StepDone step)
    {
        ArgumentNullException.ThrowIfNull(step);
        var now = time.GetTimestamp();
        if (step.Index == 1) (_first, _rate) = (now, PerSecond(1, _start, now));
        else if (step.Total == 2) _rate = PerSecond(2, _start, now);
        else if (step.Index < step.Total) _rate = PerSecond(step.Index - 1, _first, now);
        return _rate;
    }

    private double PerSecond(int steps, long from, long to) => time.GetElapsedTime(from, to).TotalSeconds is > 0 and var seconds ? steps / seconds : 0;
}
