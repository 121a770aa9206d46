namespace Kohaku.Syntax.Dynamic;

/// <summary>Which of some options are taken, and in which order.</summary>
internal static class DynamicChoice
{
    /// <summary>Chooses as many options as bounds allow, none twice.</summary>
    /// <param name="sampler">Who chooses.</param>
    /// <param name="weights">The options' weights; only chance looks at them.</param>
    /// <param name="minimum">The least number.</param>
    /// <param name="maximum">The greatest number; bounds may stand in either order.</param>
    /// <param name="random">Where chance comes from.</param>
    /// <param name="index">Where samplers that go in turn begin.</param>
    public static int[] Of(DynamicSampler sampler, ReadOnlySpan<double> weights, int minimum, int maximum, DynamicRandom random, int index)
    {
        var greatest = int.Min(int.Max(minimum, maximum), weights.Length);
        var least = int.Clamp(int.Min(minimum, maximum), 0, greatest);
        return sampler switch
        {
            DynamicSampler.Combinatorial => Combination(weights.Length, least, greatest, index),
            DynamicSampler.Cyclical => InTurn(weights.Length, least, index),
            _ => ByChance(weights, random.Next(least, greatest), random),
        };
    }

    /// <summary>Weighted drawing without putting back: each option waits for a time by its weight, and the first to come are taken.</summary>
    private static int[] ByChance(ReadOnlySpan<double> weights, int count, DynamicRandom random)
    {
        if (count == 0)
            return [];
        var times = new double[weights.Length];
        var options = new int[weights.Length];
        for (var i = 0; i < times.Length; i++)
        {
            options[i] = i;
            var time = -Math.Log(1 - random.NextUnit());
            times[i] = weights[i] > 0 ? time / weights[i] : double.MaxValue;
        }

        Array.Sort(times, options);
        return options[..count];
    }

    private static int[] InTurn(int options, int count, int index)
    {
        var chosen = new int[count];
        for (var i = 0; i < count; i++)
            chosen[i] = (index + i) % options;
        return chosen;
    }

    /// <summary>The arrangements in their order: all of the least number, then of one more, and from the start again.</summary>
    private static int[] Combination(int options, int least, int greatest, int index)
    {
        var total = 0L;
        for (var count = least; count <= greatest && total <= index; count++)
            total += Arrangements(options, count);
        var left = index % total;
        var length = least;
        for (; left >= Arrangements(options, length); length++)
            left -= Arrangements(options, length);

        var free = Enumerable.Range(0, options).ToList();
        var chosen = new int[length];
        for (var i = 0; i < length; i++)
        {
            var rest = Arrangements(options - i - 1, length - i - 1);
            var place = (int)(left / rest);
            left %= rest;
            chosen[i] = free[place];
            free.RemoveAt(place);
        }

        return chosen;
    }

    /// <summary>How many ordered choices there are, at most as many as an index can reach.</summary>
    private static long Arrangements(int options, int count)
    {
        var number = 1L;
        for (var i = 0; i < count && number <= int.MaxValue; i++)
            number *= options - i;
        return number;
    }
}
