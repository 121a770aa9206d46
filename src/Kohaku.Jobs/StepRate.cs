namespace Kohaku.Jobs;

/// <summary>How fast steps go.</summary>
/// <param name="time">The clock.</param>
public sealed class StepRate(TimeProvider time)
{
    private long _start = time.GetTimestamp();

    /// <summary>Begins a phase.</summary>
    public void Begin() => _start = time.GetTimestamp();

    /// <summary>Steps a second, at a step's end; 0 where that is not known yet.</summary>
    /// <remarks>The first step pays for much that later ones do not: it counts only while there is no other.</remarks>
    public double At(StepDone step)
    {
        ArgumentNullException.ThrowIfNull(step);
        var now = time.GetTimestamp();
        var elapsed = time.GetElapsedTime(_start, now).TotalSeconds;
        if (step.Index == 1) _start = now;
        var steps = Math.Max(1, step.Index - 1);
        return elapsed > 0 ? steps / elapsed : 0;
    }
}
