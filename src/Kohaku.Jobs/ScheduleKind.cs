namespace Kohaku.Jobs;

/// <summary>A schedule of noise levels, by A1111's name for it.</summary>
public enum ScheduleKind
{
    /// <summary>The sampler's own.</summary>
    Automatic,

    /// <summary>Uniform.</summary>
    Uniform,

    /// <summary>Karras.</summary>
    Karras,

    /// <summary>Exponential.</summary>
    Exponential,

    /// <summary>Polyexponential.</summary>
    Polyexponential,

    /// <summary>SGM Uniform.</summary>
    SgmUniform,

    /// <summary>KL Optimal.</summary>
    KlOptimal,

    /// <summary>Align Your Steps.</summary>
    AlignYourSteps,

    /// <summary>Simple.</summary>
    Simple,

    /// <summary>Normal.</summary>
    Normal,

    /// <summary>DDIM.</summary>
    Ddim,

    /// <summary>Beta.</summary>
    Beta,
}
