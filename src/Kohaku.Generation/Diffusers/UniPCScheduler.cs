namespace Kohaku.Generation.Diffusers;

/// <summary><c>UniPCMultistepScheduler</c> predicting x₀ (Zhao et al. 2023), orders 1 to 3: each call first corrects the step before it, then predicts the next.</summary>
internal sealed class UniPCScheduler(SchedulerConfig config, StepTable table) : MultistepScheduler(table.Timesteps, table.Sigmas, config.SolverOrder)
{
    private const int MostOrder = 3;

    private float[] _last = [];
    private float[] _now = [];
    private int _order;

    protected override void Advance(ReadOnlySpan<float> noise, Span<float> sample, DrawNoise draw)
    {
        if (_now.Length != sample.Length) (_now, _last) = (new float[sample.Length], new float[sample.Length]);
        // x₀ is that of the predicted sample, also where the sample is corrected after.
        Original(noise, sample, _now);
        if (Index > First && !config.DisabledCorrectors.Contains(Index - 1))
        {
            _last.CopyTo(sample);
            Apply(sample, Index - 1, Index, _order, _now);
        }

        Keep(_now);
        var left = config.LowerOrderFinal ? Timesteps.Count - Index : config.SolverOrder;
        _order = int.Min(int.Min(config.SolverOrder, left), Index - First + 1);
        sample.CopyTo(_last);
        Apply(sample, Index, Index + 1, _order, []);
    }

    /// <summary>Goes from a noise level to another over the differences of the x₀ that are kept, and to that at the end where it is known.</summary>
    private void Apply(Span<float> sample, int from, int to, int order, ReadOnlySpan<float> end)
    {
        double start = Sigmas[from], goal = Sigmas[to];
        var h = Math.Log(start) - Math.Log(goal);
        var alpha = AlphaOf(goal);
        var phi = double.ExpM1(-h);
        var b = config.IsB1 ? -h : phi;
        Span<double> places = stackalloc double[MostOrder];
        for (var i = 1; i < order; i++) places[i - 1] = (Math.Log(start) - Math.Log(Sigmas[from - i])) / h;
        places[order - 1] = 1;

        var count = end.IsEmpty ? order - 1 : order;
        Span<double> weights = stackalloc double[MostOrder];
        if (end.IsEmpty ? order == 2 : order == 1) weights[0] = 0.5;
        else Solve(places[..count], -h, b, weights);

        Scale(sample, goal * alpha / (start * AlphaOf(start)));
        var ofFirst = -alpha * phi;
        for (var i = 0; i < count; i++)
        {
            var weight = -alpha * b * weights[i] / places[i];
            Add(sample, weight, i < order - 1 ? Originals[i + 1] : end);
            ofFirst -= weight;
        }

        Add(sample, ofFirst, Originals[0]);
    }

    /// <summary>Solves Σⱼ placesⱼⁱ·wⱼ = φᵢ(hh)·i!/B for i from 0: the weights of differences at places.</summary>
    private static void Solve(ReadOnlySpan<double> places, double hh, double b, Span<double> weights)
    {
        var count = places.Length;
        Span<double> rows = stackalloc double[MostOrder * (MostOrder + 1)];
        const int Stride = MostOrder + 1;
        var phi = (double.ExpM1(hh) / hh) - 1;
        var factorial = 1.0;
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j < count; j++) rows[(i * Stride) + j] = Math.Pow(places[j], i);
            rows[(i * Stride) + count] = phi * factorial / b;
            factorial *= i + 2;
            phi = (phi / hh) - (1 / factorial);
        }

        // The matrix is Vandermonde's with distinct places: no row needs to be exchanged for its pivot to differ from 0.
        for (var i = 0; i < count; i++)
        {
            for (var row = i + 1; row < count; row++)
            {
                var factor = rows[(row * Stride) + i] / rows[(i * Stride) + i];
                for (var j = i; j <= count; j++) rows[(row * Stride) + j] -= factor * rows[(i * Stride) + j];
            }
        }

        for (var i = count - 1; i >= 0; i--)
        {
            var sum = rows[(i * Stride) + count];
            for (var j = i + 1; j < count; j++) sum -= rows[(i * Stride) + j] * weights[j];
            weights[i] = sum / rows[(i * Stride) + i];
        }
    }
}
