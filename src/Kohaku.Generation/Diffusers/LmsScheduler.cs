namespace Kohaku.Generation.Diffusers;

/// <summary><c>LMSDiscreteScheduler</c>, order 4: the slopes of up to four calls, each weighted by the integral of its Lagrange polynomial over the step.</summary>
internal sealed class LmsScheduler(SchedulerConfig config, StepTable table) : SigmaScheduler(config, table.Timesteps, table.Sigmas)
{
    private const int Order4 = 4;

    /// <summary>Slopes, the latest first.</summary>
    private readonly List<float[]> _slopes = [];

    protected override void Reset() => _slopes.Clear();

    protected override void Advance(ReadOnlySpan<float> noise, Span<float> sample, DrawNoise draw)
    {
        var slope = _slopes.Count == Order4 ? _slopes[^1] : new float[sample.Length];
        if (_slopes.Count == Order4) _slopes.RemoveAt(Order4 - 1);
        noise.CopyTo(slope);
        _slopes.Insert(0, slope);

        // As diffusers has it, the order counts from the table's beginning also where the run began later.
        var order = int.Min(Index + 1, Order4);
        for (var i = 0; i < int.Min(order, _slopes.Count); i++) Add(sample, Coefficient(order, i), _slopes[i]);
    }

    private double Coefficient(int order, int current)
    {
        // The polynomial Π (τ − σₖ)/(σᵢ − σₖ) over k ≠ i, its coefficients by rising powers.
        Span<double> polynomial = stackalloc double[Order4 + 1];
        polynomial.Clear();
        polynomial[0] = 1;
        for (var k = 0; k < order; k++)
        {
            if (k == current) continue;
            var divisor = (double)Sigmas[Index - current] - Sigmas[Index - k];
            for (var power = Order4; power >= 0; power--)
                polynomial[power] = ((power > 0 ? polynomial[power - 1] : 0) - (polynomial[power] * Sigmas[Index - k])) / divisor;
        }

        var integral = 0.0;
        for (var power = 0; power < Order4; power++)
            integral += polynomial[power] * (Math.Pow(Sigmas[Index + 1], power + 1) - Math.Pow(Sigmas[Index], power + 1)) / (power + 1);
        return integral;
    }
}
