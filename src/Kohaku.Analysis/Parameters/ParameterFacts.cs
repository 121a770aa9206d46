namespace Kohaku.Analysis.Parameters;

/// <summary>What the parameters of a parameter line, and the names that stand in it, mean: one line each.</summary>
public static class ParameterFacts
{
    private static readonly Dictionary<string, string> Keys = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Steps"] = "how often the model is called",
        ["Sampler"] = "how noise becomes a picture, step by step",
        ["Schedule type"] = "how the noise levels fall over the steps",
        ["CFG scale"] = "guidance: how far each step is pushed from the negative prompt towards the prompt",
        ["Image CFG scale"] = "guidance by the image, of models that edit images",
        ["Seed"] = "the start of the random numbers: the same seed and settings give the same noise",
        ["Size"] = "width × height of the picture in pixels",
        ["Model"] = "the checkpoint's name",
        ["Model hash"] = "the first characters of the SHA-256 of the checkpoint",
        ["VAE"] = "the decoder that makes pixels out of latents",
        ["VAE hash"] = "the first characters of the SHA-256 of the VAE",
        ["Clip skip"] = "how many last layers of the text encoder are left out, plus 1; no effect on SDXL",
        ["Emphasis"] = "how weights act on the encoded text: None, Ignore, Original, No norm; or as ComfyUI has it",
        ["RNG"] = "where the noise comes from: GPU, CPU, NV",
        ["Seed dialect"] = "whose random numbers the seed stands for, where RNG cannot say it: comfy, diffusers",
        ["ENSD"] = "a number added to the seed of the noise that samplers add",
        ["Eta"] = "how much fresh noise an ancestral sampler adds at each step",
        ["Eta DDIM"] = "how much fresh noise DDIM adds at each step",
        ["Denoising strength"] = "how much of the first picture is made anew: 0 nothing, 1 all",
        ["Variation seed"] = "a second seed that is mixed into the noise",
        ["Variation seed strength"] = "how much of the second seed is mixed in: 0 to 1",
        ["Hires upscale"] = "by how much the second pass enlarges the picture",
        ["Hires upscaler"] = "what enlarges the picture before the second pass",
        ["Hires steps"] = "steps of the second pass; 0 is as many as the first",
        ["Hires resize"] = "the size that the second pass works at",
        ["Hires sampler"] = "the sampler of the second pass",
        ["Hires schedule type"] = "the schedule type of the second pass",
        ["Hires CFG Scale"] = "guidance of the second pass",
        ["Hires prompt"] = "the prompt of the second pass",
        ["Hires negative prompt"] = "the negative prompt of the second pass",
        ["Refiner"] = "the checkpoint that takes the last steps over",
        ["Refiner switch at"] = "the share of the steps after which the refiner takes over",
        ["Lora hashes"] = "the networks used, with the first characters of their SHA-256",
        ["TI hashes"] = "the embeddings used, with the first characters of their SHA-256",
        ["Face restoration"] = "the program that redrew faces afterwards",
        ["Tiling"] = "whether the picture's edges fit each other",
        ["NGMS"] = "noise level below which the negative prompt is left out",
        ["Version"] = "the program that wrote the line; keys that are missing then mean its defaults",
        ["Schedule max sigma"] = "the highest noise level",
        ["Schedule min sigma"] = "the lowest noise level",
        ["Schedule rho"] = "how the levels of the Karras schedule are spread",
        ["Sigma churn"] = "how much noise is put back at each step",
        ["Guidance scale"] = "guidance: how far each step is pushed towards the prompt",
    };

    private static readonly Dictionary<string, string> Samplers = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Euler"] = "first order, one model call a step, no fresh noise: converges",
        ["Euler a"] = "Euler with fresh noise at each step: does not converge",
        ["DPM++ 2M"] = "second order from the step before, one model call a step: converges",
        ["DPM++ SDE"] = "stochastic, two model calls a step",
        ["DPM++ 2M SDE"] = "stochastic, second order from the step before, one model call a step",
        ["DPM++ 2M SDE Heun"] = "DPM++ 2M SDE in its Heun form, one model call a step",
        ["DPM++ 2S a"] = "second order with fresh noise, two model calls a step",
        ["DPM++ 3M SDE"] = "stochastic, third order from the two steps before, one model call a step",
        ["LMS"] = "linear multistep, fourth order from the steps before, one model call a step",
        ["Heun"] = "second order, two model calls a step: converges",
        ["DPM2"] = "second order, two model calls a step: converges",
        ["DPM2 a"] = "DPM2 with fresh noise, two model calls a step",
        ["DPM fast"] = "up to third order; as many model calls as steps",
        ["DPM adaptive"] = "chooses its steps by their error; the number of steps has no effect",
        ["Restart"] = "Heun that goes back to more noise and down again; more model calls than steps",
        ["DDIM"] = "first order, one model call a step; without eta no fresh noise",
        ["DDIM CFG++"] = "DDIM with guidance that stays on the model's own pictures (CFG++)",
        ["PLMS"] = "DDIM with linear multistep, one model call a step",
        ["UniPC"] = "predictor and corrector, one model call a step: few steps suffice",
        ["LCM"] = "for models distilled to few steps: 4 to 8 steps, CFG scale near 1",
    };

    private static readonly Dictionary<string, string> Schedules = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Automatic"] = "what belongs to the sampler: mostly Karras for DPM++, uniform otherwise",
        ["Uniform"] = "even steps in the model's own time",
        ["Karras"] = "more steps at low noise (Karras et al. 2022, ρ = 7)",
        ["Exponential"] = "even steps in the logarithm of the noise",
        ["Polyexponential"] = "exponential with an exponent of its own",
        ["SGM Uniform"] = "even steps in the model's own time, the lowest level left out",
        ["KL Optimal"] = "even steps in the arctangent of the noise (Sabour et al. 2024)",
        ["Align Your Steps"] = "levels found by search for SDXL and SD 1 (Sabour et al. 2024)",
        ["Simple"] = "every n-th of the model's own levels",
        ["Normal"] = "even steps in the model's own time, both ends included",
        ["DDIM"] = "every n-th of the model's own levels from the first on",
        ["Beta"] = "more steps at high and at low noise (beta distribution, 0.6 and 0.6)",
        ["Turbo"] = "even steps in the model's own time that begin at full noise; for distilled models",
    };

    /// <summary>What a parameter means; null where there is nothing to tell.</summary>
    public static string? OfKey(string key) => Keys.GetValueOrDefault(key);

    /// <summary>What a sampler does; null for one of which there is nothing to tell.</summary>
    public static string? OfSampler(string name) => Samplers.GetValueOrDefault(name);

    /// <summary>How a schedule spreads the noise levels; null for one of which there is nothing to tell.</summary>
    public static string? OfSchedule(string name) => Schedules.GetValueOrDefault(name);
}
