namespace Kohaku.Generation.Noise;

/// <summary>
/// Noise of a Brownian motion over noise levels, so that an SDE sampler sees the same path whatever its steps are: torchsde's <c>BrownianTree</c> as
/// k-diffusion's <c>BrownianTreeNoiseSampler</c> asks it. Each node of the tree knows the increment over an interval and splits it in the middle by
/// a Brownian bridge, from numbers that follow from the seed and the node's place alone. Not for use by several threads at once.
/// </summary>
public sealed class BrownianTree
{
    private readonly NoiseGenerator _generator;
    private readonly ulong _seed;
    private readonly int _count;
    private readonly double _start;
    private readonly double _end;
    private readonly float[] _root;

    // A query walks down to its two ends, and the next one begins where it ended: two splits a level are all that is ever met again.
    private readonly List<(Split First, Split Second)> _levels = [];

    /// <summary>A tree over a schedule.</summary>
    /// <param name="kind">Whose numbers.</param>
    /// <param name="seed">The image's seed.</param>
    /// <param name="count">Numbers in a latent.</param>
    /// <param name="sigmaMin">The smallest positive noise level of the whole schedule.</param>
    /// <param name="sigmaMax">The largest.</param>
    public BrownianTree(GeneratorKind kind, ulong seed, int count, float sigmaMin, float sigmaMax)
    {
        _seed = seed;
        _count = count;
        _start = Microseconds.Round(sigmaMin);
        _end = Microseconds.Round(sigmaMax);
        Span<uint> words = stackalloc uint[1];
        SeedSequence.Generate(seed, words);
        _generator = NoiseGenerator.Create(kind, words[0]);
        _root = new float[count];
        _generator.Fill(_root);
        var scale = (float)Math.Sqrt(_end - _start);
        foreach (ref var value in _root.AsSpan()) value *= scale;
    }

    /// <summary>The noise of a step down, scaled to variance 1.</summary>
    /// <param name="from">The noise level before the step.</param>
    /// <param name="to">The noise level after it, lower.</param>
    /// <param name="noise">Takes the noise, as many numbers as the latent has.</param>
    /// <exception cref="ArgumentException"><paramref name="noise"/> has another length.</exception>
    public void Draw(float from, float to, Span<float> noise)
    {
        if (noise.Length != _count) throw new ArgumentException($"the noise has {noise.Length} numbers, the latent {_count}", nameof(noise));

        noise.Clear();
        var lower = Math.Clamp(Microseconds.Round(to), _start, _end);
        var upper = Math.Clamp(Microseconds.Round(from), _start, _end);
        if (lower < upper) Add(_root, _start, _end, 0, 0, lower, upper, noise);

        // Time runs down, hence the sign.
        var scale = (float)(-1 / Math.Sqrt(Math.Abs(to - from)));
        foreach (ref var value in noise) value *= scale;
    }

    private void Add(float[] increment, double start, double end, ulong key, int depth, double lower, double upper, Span<float> sum)
    {
        if (lower == start && upper == end)
        {
            LatentSums.Add(increment, sum);
            return;
        }

        var split = SplitOf(increment, start, end, key, depth);
        if (lower < split.Middle) Add(split.Left, start, split.Middle, 2 * key, depth + 1, lower, Math.Min(upper, split.Middle), sum);
        if (upper > split.Middle) Add(split.Right, split.Middle, end, (2 * key) + 1, depth + 1, Math.Max(lower, split.Middle), upper, sum);
    }

    private Split SplitOf(float[] increment, double start, double end, ulong key, int depth)
    {
        if (depth == _levels.Count) _levels.Add((new Split(_count), new Split(_count)));
        var (recent, other) = _levels[depth];
        if (recent.Key == key) return recent;

        if (other.Key != key) Make(other, increment, start, end, key, depth);
        _levels[depth] = (other, recent);
        return other;
    }

    private void Make(Split split, float[] increment, double start, double end, ulong key, int depth)
    {
        Span<uint> words = stackalloc uint[1];
        SeedSequence.Generate(_seed, key, (uint)depth, words);
        var middle = Microseconds.Round((start + end) / 2);
        var (left, right) = (middle - start, end - middle);
        var mean = (float)(left / (left + right));
        var deviation = (float)Math.Sqrt(left * right / (left + right));

        _generator.Reset(words[0]);
        _generator.Fill(split.Left);
        for (var i = 0; i < increment.Length; i++)
        {
            split.Left[i] = (increment[i] * mean) + (split.Left[i] * deviation);
            split.Right[i] = increment[i] - split.Left[i];
        }

        (split.Key, split.Middle) = (key, middle);
    }

    private sealed class Split(int count)
    {
        public ulong? Key { get; set; }

        public double Middle { get; set; }

        public float[] Left { get; } = new float[count];

        public float[] Right { get; } = new float[count];
    }
}
