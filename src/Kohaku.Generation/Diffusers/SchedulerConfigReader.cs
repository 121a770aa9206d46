using System.Text.Json;
using Kohaku.Generation.Models;
using Kohaku.Generation.OnnxFolder;

namespace Kohaku.Generation.Diffusers;

/// <summary>Reads <c>scheduler_config.json</c>. What would change the image and is not known is refused, never passed over.</summary>
public static class SchedulerConfigReader
{
    /// <summary>Reads a configuration.</summary>
    /// <param name="config">The file's object.</param>
    /// <param name="path">Its path, for messages.</param>
    /// <exception cref="ModelException">A class or setting is not known.</exception>
    public static SchedulerConfig Read(JsonElement config, string path)
    {
        var name = config.Text("_class_name") ?? throw new ModelException($"{path} names no scheduler (_class_name)", "Fetch the file again");
        var kind = KindOf(name) ?? throw new ModelException(
            $"{path} names the scheduler {name}, which is not known", $"Choose a sampler; known are {string.Join(", ", Enum.GetValues<SchedulerKind>().Select(SchedulerNames.ClassOf))}");

        Refuse("prediction_type", "epsilon");
        Refuse("thresholding", false);
        Refuse("rescale_betas_zero_snr", false);
        Refuse("use_flow_sigmas", false);
        Refuse("use_lu_lambdas", false);
        Refuse("predict_x0", true);
        Refuse("timestep_type", "discrete");
        if (kind == SchedulerKind.Pndm) Refuse("skip_prk_steps", true);
        if (config.TryGetProperty("trained_betas", out var betas) && betas.ValueKind != JsonValueKind.Null) throw Unknown("trained_betas", "");
        if (config.Number("lambda_min_clipped") is { } clipped) throw Unknown("lambda_min_clipped", clipped);

        var isDpm = kind == SchedulerKind.DpmSolverMultistep;
        var isOwnClip = kind is SchedulerKind.Ddim;
        var result = new SchedulerConfig
        {
            Kind = kind,
            TrainTimesteps = Whole("num_train_timesteps", 1000, 2, 100_000),
            BetaStart = config.Number("beta_start") ?? SchedulerConfig.Sdxl.BetaStart,
            BetaEnd = config.Number("beta_end") ?? SchedulerConfig.Sdxl.BetaEnd,
            IsBetaScaled = OneOf("beta_schedule", "scaled_linear", "linear") == "scaled_linear",
            Spacing = SpacingOf(kind),
            StepsOffset = Whole("steps_offset", 0, 0, 1000),
            Sigmas = config.Flag("use_karras_sigmas") == true ? SigmaSpacing.Karras
                : config.Flag("use_exponential_sigmas") == true ? SigmaSpacing.Exponential
                : config.Flag("use_beta_sigmas") == true ? SigmaSpacing.Beta : SigmaSpacing.Timesteps,
            SigmaMin = config.Number("sigma_min"),
            SigmaMax = config.Number("sigma_max"),
            IsLogLinear = OneOf("interpolation_type", "linear", "log_linear") == "log_linear",
            EndsAtSigmaMin = OneOf("final_sigmas_type", "zero", "sigma_min") == "sigma_min",
            SolverOrder = Whole("solver_order", 2, 1, 3),
            IsStochastic = isDpm && OneOf("algorithm_type", "dpmsolver++", "sde-dpmsolver++") == "sde-dpmsolver++",
            IsHeun = isDpm && OneOf("solver_type", "midpoint", "heun", "logrho", "bh1", "bh2") == "heun",
            LowerOrderFinal = config.Flag("lower_order_final") ?? true,
            EulerAtFinal = config.Flag("euler_at_final") ?? false,
            IsB1 = kind == SchedulerKind.UniPC && OneOf("solver_type", "bh2", "bh1", "midpoint", "heun", "logrho") == "bh1",
            DisabledCorrectors = config.TryGetProperty("disable_corrector", out var disabled) && disabled.ValueKind == JsonValueKind.Array
                ? [.. disabled.EnumerateArray().Where(step => step.TryGetInt32(out _)).Select(step => step.GetInt32())] : [],
            // DDIM cuts x₀ to ±1 where nothing is said, which no latent model wants and every SDXL configuration turns off.
            ClipRange = config.Flag("clip_sample") ?? isOwnClip ? config.Number("clip_sample_range") ?? 1 : null,
            SetAlphaToOne = config.Flag("set_alpha_to_one") ?? kind is SchedulerKind.Ddim,
            OriginalSteps = Whole("original_inference_steps", 50, 1, 1000),
            TimestepScaling = config.Number("timestep_scaling") ?? 10,
        };
        return SchedulerNames.Sigmas(kind) || result.Sigmas == SigmaSpacing.Timesteps
            ? result
            : throw new ModelException($"{path}: {name} has no {result.Sigmas} noise levels");

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

        ModelException Unknown(string key, object value) => new($"{path}: {name} with {key} {value} is not known", "Choose a sampler, which then takes the place of this configuration");
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
