namespace Kohaku.Generation.Diffusers;

/// <summary>A scheduler of diffusers, by its class.</summary>
public enum SchedulerKind
{
    /// <summary><c>EulerDiscreteScheduler</c>.</summary>
    Euler,

    /// <summary><c>EulerAncestralDiscreteScheduler</c>.</summary>
    EulerAncestral,

    /// <summary><c>HeunDiscreteScheduler</c>.</summary>
    Heun,

    /// <summary><c>LMSDiscreteScheduler</c>.</summary>
    Lms,

    /// <summary><c>KDPM2DiscreteScheduler</c>.</summary>
    Kdpm2,

    /// <summary><c>KDPM2AncestralDiscreteScheduler</c>.</summary>
    Kdpm2Ancestral,

    /// <summary><c>DPMSolverMultistepScheduler</c>.</summary>
    DpmSolverMultistep,

    /// <summary><c>UniPCMultistepScheduler</c>.</summary>
    UniPC,

    /// <summary><c>DDIMScheduler</c>.</summary>
    Ddim,

    /// <summary><c>LCMScheduler</c>.</summary>
    Lcm,

    /// <summary><c>PNDMScheduler</c> without its Runge-Kutta steps.</summary>
    Pndm,
}
