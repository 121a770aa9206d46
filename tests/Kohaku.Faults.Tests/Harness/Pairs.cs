namespace Kohaku.Faults.Tests.Harness;

/// <summary>Every one with every other.</summary>
internal static class Pairs
{
    public static TheoryData<TFirst, TSecond> Of<TFirst, TSecond>(IEnumerable<TFirst> firsts, IReadOnlyList<TSecond> seconds)
    {
        var all = new TheoryData<TFirst, TSecond>();
        foreach (var first in firsts)
        {
            foreach (var second in seconds) all.Add(first, second);
        }

        return all;
    }
}
