using System.Diagnostics;

namespace Kohaku.Fuzzing.Engine;

/// <summary>Takes away of a failing input what it does not need to fail in the same way.</summary>
internal static class Minimizer
{
    private const int MostTrials = 4000;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    /// <summary>The smallest input found that still fails with the same key.</summary>
    public static byte[] Shrink(Target target, byte[] input, string key)
    {
        var trials = 0;
        var clock = Stopwatch.StartNew();
        for (var size = Math.Max(1, input.Length / 2); size >= 1;)
        {
            var removed = false;
            for (var at = 0; at + size <= input.Length && trials < MostTrials && clock.Elapsed < s_patience;)
            {
                trials++;
                byte[] shorter = [.. input.AsSpan(0, at), .. input.AsSpan(at + size)];
                if (Fails(target, shorter, key)) (input, removed) = (shorter, true);
                else at += size;
            }

            if (trials >= MostTrials || clock.Elapsed >= s_patience) break;
            size = removed && size > 1 ? size : size / 2;
        }

        // Plain letters read better than what chance left there.
        for (var at = 0; at < input.Length && trials < MostTrials && clock.Elapsed < s_patience; at++, trials++)
        {
            if (input[at] == 'a') continue;
            var simpler = (byte[])input.Clone();
            simpler[at] = (byte)'a';
            if (Fails(target, simpler, key)) input = simpler;
        }

        return input;
    }

    private static bool Fails(Target target, byte[] input, string key)
    {
        try
        {
            target.Check(input);
            return false;
        }
        catch (Exception error)
        {
            return Failure.KeyOf(error) == key;
        }
    }
}
