namespace Kohaku.Generation.Diffusers;

/// <summary>ᾱ and σ = √((1−ᾱ)/ᾱ) of the training's timesteps, in fp32 as torch gets them.</summary>
internal sealed class TrainingSchedule
{
    private readonly double[] _logSigmas;

    /// <summary>The schedule of a configuration.</summary>
    public TrainingSchedule(SchedulerConfig config)
    {
        var count = config.TrainTimesteps;
        Alphas = new float[count];
        Sigmas = new float[count];
        _logSigmas = new double[count];
        var (first, last) = config.IsBetaScaled ? ((float)Math.Sqrt(config.BetaStart), (float)Math.Sqrt(config.BetaEnd)) : ((float)config.BetaStart, (float)config.BetaEnd);
        var step = (last - first) / (count - 1);
        // torch multiplies fp32 factors in fp64 and rounds each product.
        var product = 1.0;
        for (var i = 0; i < count; i++)
        {
            var beta = i < count / 2 ? MathF.FusedMultiplyAdd(step, i, first) : MathF.FusedMultiplyAdd(-step, count - 1 - i, last);
            if (config.IsBetaScaled) beta *= beta;
            product *= 1 - beta;
            Alphas[i] = (float)product;
            Sigmas[i] = MathF.Sqrt((1 - Alphas[i]) / Alphas[i]);
            _logSigmas[i] = MathF.Log(Sigmas[i]);
        }
    }

    /// <summary>ᾱ of each timestep.</summary>
    public float[] Alphas { get; }

    /// <summary>σ of each timestep, ascending.</summary>
    public float[] Sigmas { get; }

    /// <summary>σ at a timestep between two, straight from one to the next.</summary>
    public double SigmaAt(double timestep)
    {
        var clamped = Math.Clamp(timestep, 0, Sigmas.Length - 1);
        var low = (int)Math.Floor(clamped);
        var high = int.Min(low + 1, Sigmas.Length - 1);
        return Sigmas[low] + ((clamped - low) * ((double)Sigmas[high] - Sigmas[low]));
    }

    /// <summary>The timestep of a σ, straight in log σ from one to the next.</summary>
    public double TimestepOf(double sigma)
    {
        var log = Math.Log(Math.Max(sigma, 1e-10));
        var found = Array.BinarySearch(_logSigmas, log);
        var low = Math.Clamp(found >= 0 ? found : ~found - 1, 0, _logSigmas.Length - 2);
        var weight = Math.Clamp((_logSigmas[low] - log) / (_logSigmas[low] - _logSigmas[low + 1]), 0, 1);
        return ((1 - weight) * low) + (weight * (low + 1));
    }
}
