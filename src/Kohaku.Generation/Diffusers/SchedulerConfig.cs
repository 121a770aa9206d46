namespace Kohaku.Generation.Diffusers;

/// <summary>How a scheduler's timesteps lie among those of the training (table 2 of "Common Diffusion Noise Schedules and Sample Steps are Flawed").</summary>
public enum TimestepSpacing
{
    /// <summary>Evenly from the last to the first.</summary>
    Linspace,

    /// <summary>Multiples of a whole number, from below.</summary>
    Leading,

    /// <summary>From the last down, without the first.</summary>
    Trailing,
}

/// <summary>Where a scheduler's noise levels come from.</summary>
public enum SigmaSpacing
{
    /// <summary>Its timesteps.</summary>
    Timesteps,

    /// <summary><c>use_karras_sigmas</c>.</summary>
    Karras,

    /// <summary><c>use_exponential_sigmas</c>.</summary>
    Exponential,

    /// <summary><c>use_beta_sigmas</c>.</summary>
    Beta,
}

/// <summary>A scheduler's configuration: what <c>scheduler_config.json</c> says, and SDXL's own values where it says nothing.</summary>
public sealed record SchedulerConfig
{
    /// <summary>SDXL's own, as <c>stabilityai/stable-diffusion-xl-base-1.0</c> has it and a single-file checkpoint gets it.</summary>
    public static SchedulerConfig Sdxl { get; } = new();

    /// <summary>The class.</summary>
    public SchedulerKind Kind { get; init; } = SchedulerKind.Euler;

    /// <summary>Timesteps of the training.</summary>
    public int TrainTimesteps { get; init; } = 1000;

    /// <summary>First β.</summary>
    public double BetaStart { get; init; } = 0.00085;

    /// <summary>Last β.</summary>
    public double BetaEnd { get; init; } = 0.012;

    /// <summary>Whether √β lies evenly (<c>scaled_linear</c>) and not β (<c>linear</c>).</summary>
    public bool IsBetaScaled { get; init; } = true;

    /// <summary>Where timesteps lie.</summary>
    public TimestepSpacing Spacing { get; init; } = TimestepSpacing.Leading;

    /// <summary>Added to each timestep of <see cref="TimestepSpacing.Leading"/>.</summary>
    public int StepsOffset { get; init; } = 1;

    /// <summary>Where noise levels come from.</summary>
    public SigmaSpacing Sigmas { get; init; } = SigmaSpacing.Timesteps;

    /// <summary>The least σ of Karras and like spacings, or <see langword="null"/> for the table's.</summary>
    public double? SigmaMin { get; init; }

    /// <summary>The largest σ of Karras and like spacings, or <see langword="null"/> for the table's.</summary>
    public double? SigmaMax { get; init; }

    /// <summary>Euler: whether σ lies evenly in its logarithm (<c>interpolation_type: log_linear</c>).</summary>
    public bool IsLogLinear { get; init; }

    /// <summary>Whether the last σ is the training's least and not 0 (<c>final_sigmas_type: sigma_min</c>).</summary>
    public bool EndsAtSigmaMin { get; init; }

    /// <summary>Order of a multistep solver.</summary>
    public int SolverOrder { get; init; } = 2;

    /// <summary>DPM solver: whether it draws noise (<c>sde-dpmsolver++</c>).</summary>
    public bool IsStochastic { get; init; }

    /// <summary>DPM solver: <c>solver_type: heun</c> and not <c>midpoint</c>.</summary>
    public bool IsHeun { get; init; }

    /// <summary>DPM solver, UniPC: lower order at the end (the DPM solver below 15 steps only).</summary>
    public bool LowerOrderFinal { get; init; } = true;

    /// <summary>DPM solver: first order at the last step.</summary>
    public bool EulerAtFinal { get; init; }

    /// <summary>UniPC: <c>solver_type: bh1</c> and not <c>bh2</c>.</summary>
    public bool IsB1 { get; init; }

    /// <summary>UniPC: steps that are not corrected.</summary>
    public IReadOnlyList<int> DisabledCorrectors { get; init; } = [];

    /// <summary>DDIM, LCM: the range that x₀ is cut to, or <see langword="null"/>.</summary>
    public double? ClipRange { get; init; }

    /// <summary>DDIM, PNDM: whether the step behind the first timestep has ᾱ = 1 and not the first's.</summary>
    public bool SetAlphaToOne { get; init; }

    /// <summary>DDIM's η: 0 draws no noise.</summary>
    public double Eta { get; init; }

    /// <summary>LCM: steps that its model was distilled for.</summary>
    public int OriginalSteps { get; init; } = 50;

    /// <summary>LCM: what timesteps are multiplied with in its boundary condition.</summary>
    public double TimestepScaling { get; init; } = 10;
}
