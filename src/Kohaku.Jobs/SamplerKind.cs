namespace Kohaku.Jobs;

/// <summary>A sampler, by A1111's name for it.</summary>
public enum SamplerKind
{
    /// <summary>Euler.</summary>
    Euler,

    /// <summary>Euler a.</summary>
    EulerAncestral,

    /// <summary>Heun.</summary>
    Heun,

    /// <summary>LMS.</summary>
    Lms,

    /// <summary>DPM2.</summary>
    Dpm2,

    /// <summary>DPM2 a.</summary>
    Dpm2Ancestral,

    /// <summary>DPM++ 2S a.</summary>
    DpmPlusPlus2SAncestral,

    /// <summary>DPM++ 2M.</summary>
    DpmPlusPlus2M,

    /// <summary>DPM++ SDE.</summary>
    DpmPlusPlusSde,

    /// <summary>DPM++ 2M SDE.</summary>
    DpmPlusPlus2MSde,

    /// <summary>DPM++ 2M SDE Heun.</summary>
    DpmPlusPlus2MSdeHeun,

    /// <summary>DPM++ 3M SDE.</summary>
    DpmPlusPlus3MSde,

    /// <summary>DDIM.</summary>
    Ddim,

    /// <summary>UniPC.</summary>
    UniPC,

    /// <summary>LCM.</summary>
    Lcm,
}
