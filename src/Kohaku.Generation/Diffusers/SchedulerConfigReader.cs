using System.Text.Json;
using Kohaku.Generation.Models;
using Kohaku.Jobs.Models;

namespace Kohaku.Generation.Diffusers;

/// <summary>Reads <c>scheduler_config.json</c>. What would change the image and is not known is refused, never passed over.</summary>
public static class SchedulerConfigReader
{
    /// <summary>Reads a configuration for the class that it names.</summary>
    /// <param name="config">The file's object.</param>
    /// <param name="path">Its path, for messages.</param>
    /// <exception cref="ModelException">The class or a setting is not known.</exception>
    public static SchedulerConfig Read(JsonElement config, string path)
    {
        var name = config.Text("_class_name") ?? throw new ModelException($"{path} names no scheduler (_class_name)", "Fetch the file again");
        var kind = KindOf(name) ?? throw new ModelException(
            $"{path} names the scheduler {name}, which is not known", $"Choose a sampler; known are {string.Join(", ", Enum.GetValues<SchedulerKind>().Select(SchedulerNames.ClassOf))}");
        return Read(config, path, kind);
    }

    /// <summary>Reads a configuration for a class, as that class's <c>from_config</c> does: what it says counts whichever class it names, and what it does not say is the class's own.</summary>
    /// <param name="config">The file's object.</param>
    /// <param name="path">Its path, for messages.</param>
    /// <param name="kind">The class.</param>
    /// <exception cref="ModelException">A setting is not known.</exception>
    public static SchedulerConfig Read(JsonElement config, string path, SchedulerKind kind)
    {
        var name = SchedulerNames.ClassOf(kind);
        Refuse("prediction_type", "epsilon");
        Refuse("rescale_betas_zero_snr", false);
        if (config.TryGetProperty("trained_betas", out var betas) && betas.ValueKind != JsonValueKind.Null) throw Unknown("trained_betas", "of its own");

        var isDpm = kind == SchedulerKind.DpmSolverMultistep;
        if (isDpm || kind is SchedulerKind.UniPC or SchedulerKind.Ddim or SchedulerKind.Lcm) Refuse("thresholding", false);
        if (isDpm || kind is SchedulerKind.UniPC) Refuse("use_flow_sigmas", false);
        if (isDpm) Refuse("use_lu_lambdas", false);
        if (isDpm && config.Number("lambda_min_clipped") is { } clipped) throw Unknown("lambda_min_clipped", clipped);
        if (kind == SchedulerKind.UniPC) Refuse("predict_x0", true);
        if (kind == SchedulerKind.Euler) Refuse("timestep_type", "discrete");
        if (kind == SchedulerKind.Pndm) Refuse("skip_prk_steps", true);

        // DDIM cuts x₀ to ±1 where nothing is said, which no latent model wants and SDXL's own configuration turns off: only a file that is DDIM's own is taken at its word.
        var isOwnDdim = kind == SchedulerKind.Ddim && config.Text("_class_name") == name;
        var result = new SchedulerConfig
        {
            Kind = kind,
            TrainTimesteps = Whole("num_train_timesteps", 1000, 2, 100_000),
            BetaStart = config.Number("beta_start") ?? SchedulerConfig.Sdxl.BetaStart,
            BetaEnd = config.Number("beta_end") ?? SchedulerConfig.Sdxl.BetaEnd,
            IsBetaScaled = OneOf("beta_schedule", "scaled_linear", "linear") == "scaled_linear",
            Spacing = SpacingOf(kind),
            StepsOffset = Whole("steps_offset", 0, 0, 1000),
            Sigmas = !SchedulerNames.Sigmas(kind) ? SigmaSpacing.Timesteps
                : config.Flag("use_karras_sigmas") == true ? SigmaSpacing.Karras
                : config.Flag("use_exponential_sigmas") == true ? SigmaSpacing.Exponential
                : config.Flag("use_beta_sigmas") == true ? SigmaSpacing.Beta : SigmaSpacing.Timesteps,
            SigmaMin = config.Number("sigma_min"),
            SigmaMax = config.Number("sigma_max"),
            IsLogLinear = kind == SchedulerKind.Euler && OneOf("interpolation_type", "linear", "log_linear") == "log_linear",
            EndsAtSigmaMin = (isDpm || kind is SchedulerKind.UniPC or SchedulerKind.Euler) && OneOf("final_sigmas_type", "zero", "sigma_min") == "sigma_min",
            SolverOrder = Whole("solver_order", 2, 1, 3),
            IsStochastic = isDpm && OneOf("algorithm_type", "dpmsolver++", "sde-dpmsolver++") == "sde-dpmsolver++",
            IsHeun = isDpm && OneOf("solver_type", "midpoint", "heun", "logrho", "bh1", "bh2") == "heun",
            LowerOrderFinal = config.Flag("lower_order_final") ?? true,
            EulerAtFinal = config.Flag("euler_at_final") ?? false,
            IsB1 = kind == SchedulerKind.UniPC && OneOf("solver_type", "bh2", "bh1", "midpoint", "heun", "logrho") == "bh1",
            DisabledCorrectors = config.TryGetProperty("disable_corrector", out var disabled) && disabled.ValueKind == JsonValueKind.Array
                ? [.. disabled.EnumerateArray().Where(step => step.ValueKind == JsonValueKind.Number && step.TryGetInt32(out _)).Select(step => step.GetInt32())] : [],
            ClipRange = config.Flag("clip_sample") ?? isOwnDdim ? config.Number("clip_sample_range") ?? 1 : null,
            SetAlphaToOne = config.Flag("set_alpha_to_one") ?? isOwnDdim,
            OriginalSteps = Whole("original_inference_steps", 50, 1, 1000),
            TimestepScaling = config.Number("timestep_scaling") ?? 10,
        };
        return result.BetaStart is > 0 and < 1 && result.BetaEnd is > 0 and < 1 ? result : throw Unknown("beta_start and beta_end", $"{result.BetaStart} and {result.BetaEnd}");

        TimestepSpacing SpacingOf(SchedulerKind kind) => OneOf("timestep_spacing", kind is SchedulerKind.Ddim or SchedulerKind.Lcm or SchedulerKind.Pndm ? "leading" : "linspace", "linspace", "leading", "trailing") switch
        {
            "linspace" => TimestepSpacing.Linspace,
            "leading" => TimestepSpacing.Leading,
            _ => TimestepSpacing.Trailing,
        };

        string OneOf(string key, string usual, params ReadOnlySpan<string> others)
        {
            var value = config.Text(key) ?? usual;
            return value == usual || others.Contains(value) ? value : throw Unknown(key, value);
        }

        int Whole(string key, int usual, int least, int most)
        {
            var value = config.Number(key) ?? usual;
            return value >= least && value <= most && value == Math.Floor(value) ? (int)value : throw Unknown(key, value);
        }

        void Refuse<T>(string key, T only)
        {
            object? value = typeof(T) == typeof(bool) ? config.Flag(key) : config.Text(key);
            if (value is not null && !only!.Equals(value)) throw Unknown(key, value);
        }

        ModelException Unknown(string key, object value) => new($"{path}: {name} with {key} {value} is not known", "Mend the file, or delete it: SDXL's own configuration then takes its place");
    }

    /// <summary>The scheduler of a class name, or <see langword="null"/> where it is not known.</summary>
    public static SchedulerKind? KindOf(string className)
    {
        foreach (var kind in Enum.GetValues<SchedulerKind>())
        {
            if (SchedulerNames.ClassOf(kind) == className) return kind;
        }

        return null;
    }
}
