namespace Kohaku.Analysis.Tests;

/// <summary>Measures what code allocates once it is warm.</summary>
internal static class Allocations
{
    /// <summary>The fewest bytes of several runs: what the runtime allocates for itself now and then does not count.</summary>
    public static long Of(Action run)
    {
        var fewest = long.MaxValue;
        for (var i = 0; i < 10; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            run();
            fewest = Math.Min(fewest, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return fewest;
    }
}
