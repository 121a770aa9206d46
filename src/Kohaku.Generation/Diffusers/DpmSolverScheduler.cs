namespace Kohaku.Generation.Diffusers;

/// <summary><c>DPMSolverMultistepScheduler</c> with <c>dpmsolver++</c> or <c>sde-dpmsolver++</c> (Lu et al. 2022), orders 1 to 3.</summary>
/// <remarks>With α = 1/√(σ²+1), σₜ = σ·α and λ = −log σ; a step of h in λ. The stochastic one draws at every step, the last one too.</remarks>
internal sealed class DpmSolverScheduler(SchedulerConfig config, StepTable table) : MultistepScheduler(table.Timesteps, table.Sigmas, config.SolverOrder)
{
    /// <summary>Below so many steps the order goes down at the end.</summary>
    private const int FewSteps = 15;

    private float[] _noise = [];
    private float[] _original = [];

    protected override void Advance(ReadOnlySpan<float> noise, Span<float> sample, DrawNoise draw)
    {
        if (_noise.Length != sample.Length) (_noise, _original) = (new float[sample.Length], new float[sample.Length]);
        Original(noise, sample, _original);
        Keep(_original);
        if (config.IsStochastic) draw(_noise);

        var calls = Timesteps.Count;
        var isFew = config.LowerOrderFinal && calls < FewSteps;
        var order = int.Min(config.SolverOrder, Index - First + 1);
        if (Index == calls - 1 && (config.EulerAtFinal || isFew || !config.EndsAtSigmaMin)) order = 1;
        else if (Index == calls - 2 && isFew) order = int.Min(order, 2);

        double from = Sigmas[Index], to = Sigmas[Index + 1];
        var h = Math.Log(from) - Math.Log(to);
        var step = config.IsStochastic ? 2 * h : h;
        var alpha = AlphaOf(to);
        // 1 − e^−h, of 2h where noise takes the other half of the way.
        var gain = -Math.Exp(-step) + 1;
        var ratio = to * alpha / (from * AlphaOf(from));
        Scale(sample, config.IsStochastic ? ratio * Math.Exp(-h) : ratio);
        Span<double> weights = stackalloc double[3];
        Weigh(weights[..order], order, h, step, alpha, gain);
        for (var i = 0; i < order; i++) Add(sample, weights[i], Originals[i]);
        if (config.IsStochastic) Add(sample, to * alpha * Math.Sqrt(gain), _noise);
    }

    /// <summary>What each x₀, the latest first, is weighted with.</summary>
    private void Weigh(Span<double> weights, int order, double h, double step, double alpha, double gain)
    {
        weights[0] = alpha * gain;
        if (order == 1) return;

        var r0 = StepBack(1) / h;
        // Of the differences D₁ = (m₀ − m₁)/r₀ and, in order 3, D₂.
        var first = order == 2 && !config.IsHeun ? 0.5 * alpha * gain : alpha * (1 - (gain / step));
        if (order == 2)
        {
            weights[0] += first / r0;
            weights[1] = -first / r0;
            return;
        }

        var r1 = StepBack(2) / h;
        var second = config.IsStochastic
            ? alpha * (((gain - step) / (step * step)) - 0.5)
            : alpha * -(((step - gain) / (step * step)) - 0.5);
        // D₁ = a + r₀/(r₀+r₁)·(a − b), D₂ = (a − b)/(r₀+r₁) with a = (m₀ − m₁)/r₀, b = (m₁ − m₂)/r₁.
        var ofA = first + (((first * r0) + second) / (r0 + r1));
        var ofB = -((first * r0) + second) / (r0 + r1);
        weights[0] += ofA / r0;
        weights[1] = (-ofA / r0) + (ofB / r1);
        weights[2] = -ofB / r1;
    }

    /// <summary>λ of a call less λ of the one before it, so many calls back.</summary>
    private double StepBack(int calls) => Math.Log(Sigmas[Index - calls]) - Math.Log(Sigmas[Index - calls + 1]);
}
