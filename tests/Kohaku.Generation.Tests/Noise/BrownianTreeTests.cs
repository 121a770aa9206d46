using Kohaku.Generation.Noise;
using Kohaku.Generation.Tests.Golden;

namespace Kohaku.Generation.Tests.Noise;

public sealed class BrownianTreeTests
{
    private const double Tolerance = 1e-5;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void A_tree_gives_the_noise_of_each_step(int index)
    {
        var entry = GoldenFile.Read("rng.json").GetProperty("brownian")[index];
        var shape = entry.GetProperty("shape").EnumerateArray().Aggregate(1, (count, side) => count * side.GetInt32());
        var tree = new BrownianTree(
            entry.GetProperty("rng").GetString() == "cpu" ? GeneratorKind.Torch : GeneratorKind.Philox,
            entry.GetProperty("seed").GetUInt64(),
            shape,
            entry.GetProperty("sigma_min").GetSingle(),
            entry.GetProperty("sigma_max").GetSingle());
        var noise = new float[shape];
        foreach (var query in entry.GetProperty("queries").EnumerateArray())
        {
            tree.Draw(query.GetProperty("frm").GetSingle(), query.GetProperty("to").GetSingle(), noise);
            var expected = Numbers.Of(query.GetProperty("first"));
            Near.Each(expected, noise[..expected.Length], Tolerance);
        }
    }

    [Fact]
    public void What_is_asked_before_does_not_change_the_noise()
    {
        var (first, second) = (new BrownianTree(GeneratorKind.Torch, 7, 72, 0.03f, 14.6f), new BrownianTree(GeneratorKind.Torch, 7, 72, 0.03f, 14.6f));
        var (expected, actual) = (new float[72], new float[72]);
        second.Draw(5f, 3.1f, expected);
        foreach (var (from, to) in new[] { (14.6f, 3f), (9f, 8f), (3f, 0.4f), (0.4f, 0.03f), (5f, 4f) }) first.Draw(from, to, actual);
        first.Draw(5f, 3.1f, actual);
        Assert.Equal(expected, actual);
    }

    [Fact]
    public void Steps_add_up_to_the_step_over_both()
    {
        var tree = new BrownianTree(GeneratorKind.Philox, 7, 72, 0.03f, 14.6f);
        var (whole, first, second) = (new float[72], new float[72], new float[72]);
        tree.Draw(9f, 1f, whole);
        tree.Draw(9f, 4f, first);
        tree.Draw(4f, 1f, second);
        var sum = first.Zip(second, (a, b) => (float)(((a * Math.Sqrt(5)) + (b * Math.Sqrt(3))) / Math.Sqrt(8))).ToArray();
        Near.Each(whole, sum, Tolerance);
    }

    [Theory]
    [InlineData(0.0291675385, 0.029168)]
    [InlineData(2.5e-7, 0)]
    [InlineData(0.0078125, 0.007812)]
    [InlineData(0.0234375, 0.023438)]
    [InlineData(14.614643096923828, 14.614643)]
    [InlineData(0, 0)]
    [InlineData(3, 3)]
    public void Times_are_rounded_by_their_exact_value(double time, double expected) => Assert.Equal(expected, Microseconds.Round(time));

    [Fact]
    public void Seeds_of_nodes_are_those_of_numpy()
    {
        var words = new uint[4];
        SeedSequence.Generate(1234, words);
        Assert.Equal([4280268349, 3829106894, 2675148735, 1502016262], words);
        Assert.Equal(840100010u, First(1234, 0, 0));
        Assert.Equal(4194980149u, First(1234, 1, 1));
        Assert.Equal(3050412274u, First(8589934597, 5, 3));
    }

    private static uint First(ulong entropy, ulong key, uint depth)
    {
        var words = new uint[1];
        SeedSequence.Generate(entropy, key, depth, words);
        return words[0];
    }
}
