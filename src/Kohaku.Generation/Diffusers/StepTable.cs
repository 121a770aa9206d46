using Kohaku.Generation.Models;

namespace Kohaku.Generation.Diffusers;

/// <summary>Timesteps and noise levels of a run.</summary>
/// <param name="Timesteps">One for each step, descending.</param>
/// <param name="Sigmas">One for each step, and the last.</param>
internal readonly record struct StepTable(float[] Timesteps, float[] Sigmas)
{
    private const double Rho = 7;

    /// <summary>The table of Euler and those after it, whose timesteps may lie between those of the training.</summary>
    public static StepTable Fractional(SchedulerConfig config, TrainingSchedule training, int steps)
    {
        var timesteps = Evenly(config, steps, isWhole: false);
        double[] sigmas = [.. timesteps.Select(timestep => training.SigmaAt((float)timestep))];
        if (config.IsLogLinear)
        {
            var (last, first) = (Math.Log(sigmas[^1]), Math.Log(sigmas[0]));
            sigmas = [.. Enumerable.Range(0, steps).Select(i => Math.Exp(first + ((last - first) * i / steps)))];
        }

        if (config.Sigmas != SigmaSpacing.Timesteps)
        {
            sigmas = Spaced(config, sigmas[0], sigmas[^1], steps);
            timesteps = [.. sigmas.Select(training.TimestepOf)];
        }

        return new StepTable(Round(timesteps), [.. Round(sigmas), config.EndsAtSigmaMin ? training.Sigmas[0] : 0]);
    }

    /// <summary>The table of the multistep solvers, whose timesteps are whole and one step finer.</summary>
    public static StepTable Whole(SchedulerConfig config, TrainingSchedule training, int steps)
    {
        var timesteps = Multistep(config, steps);
        double[] sigmas = [.. timesteps.Select(training.SigmaAt)];
        if (config.Sigmas != SigmaSpacing.Timesteps)
        {
            sigmas = Spaced(config, training.Sigmas[^1], training.Sigmas[0], steps);
            timesteps = [.. sigmas.Select(sigma => Math.Round(training.TimestepOf(sigma)))];
        }

        return new StepTable(Round(timesteps), [.. Round(sigmas), config.EndsAtSigmaMin ? training.Sigmas[0] : 0]);
    }

    /// <summary>Timesteps of Euler, DDIM and those after them.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="steps">How many.</param>
    /// <param name="isWhole">Whether those of <see cref="TimestepSpacing.Linspace"/> are rounded.</param>
    public static double[] Evenly(SchedulerConfig config, int steps, bool isWhole)
    {
        var count = config.TrainTimesteps;
        if (steps < 1 || steps > count) throw new ModelException($"{steps} steps cannot be made; a scheduler of diffusers makes 1 to {count}");

        var result = new double[steps];
        for (var i = 0; i < steps; i++)
        {
            var fromFirst = steps - 1 - i;
            result[i] = config.Spacing switch
            {
                TimestepSpacing.Linspace when steps == 1 => 0,
                TimestepSpacing.Linspace => fromFirst == steps - 1 ? count - 1 : fromFirst * ((count - 1) / (double)(steps - 1)),
                TimestepSpacing.Leading => (fromFirst * (count / steps)) + config.StepsOffset,
                _ => Trailing(count, steps, i),
            };
            if (isWhole) result[i] = Math.Round(result[i]);
        }

        return result;
    }

    private static double[] Multistep(SchedulerConfig config, int steps)
    {
        var count = config.TrainTimesteps;
        if (steps < 1 || steps >= count) throw new ModelException($"{steps} steps cannot be made; a multistep scheduler of diffusers makes 1 to {count - 1}");

        var result = new double[steps];
        for (var i = 0; i < steps; i++)
        {
            var fromFirst = steps - i;
            result[i] = config.Spacing switch
            {
                TimestepSpacing.Linspace => Math.Round(i == 0 ? count - 1 : fromFirst * ((count - 1) / (double)steps)),
                TimestepSpacing.Leading => (fromFirst * (count / (steps + 1))) + config.StepsOffset,
                _ => Trailing(count, steps, i),
            };
        }

        return result;
    }

    /// <summary>For some counts (61, 103, …) rounding gives numpy's <c>arange</c> one number more, −1 after all; that step is left out here.</summary>
    private static double Trailing(int count, int steps, int index)
    {
        var ratio = count / (double)steps;
        return Math.Round(count + (index * (count - ratio - count))) - 1;
    }

    private static double[] Spaced(SchedulerConfig config, double largest, double least, int steps)
    {
        // torch hands the numbers of its fp32 array over.
        var (max, min) = (config.SigmaMax ?? largest, config.SigmaMin ?? least);
        var result = new double[steps];
        for (var i = 0; i < steps; i++)
        {
            var ramp = steps == 1 ? 0 : i / (double)(steps - 1);
            result[i] = config.Sigmas switch
            {
                SigmaSpacing.Karras => Math.Pow(Math.Pow(max, 1 / Rho) + (ramp * (Math.Pow(min, 1 / Rho) - Math.Pow(max, 1 / Rho))), Rho),
                SigmaSpacing.Exponential => Math.Exp(Math.Log(max) + (ramp * (Math.Log(min) - Math.Log(max)))),
                _ => throw new InvalidOperationException("no spacing of its own"),
            };
        }

        return result;
    }

    private static float[] Round(double[] values) => Array.ConvertAll(values, value => (float)value);
}
