using Kohaku.Generation.Schedules;
using Kohaku.Jobs;

namespace Kohaku.Cli.Generating;

/// <summary>The noise levels that a request's passes go through.</summary>
internal static class NoiseLevels
{
    // A1111 takes a denoising strength of 1 for a little less, so that one step remains to begin from.
    private const double MostDenoise = 0.999;

    /// <summary>The first pass; null where diffusers' schedulers make their own.</summary>
    public static float[]? Of(GenerationRequest request)
    {
        if (request.SeedDialect == SeedDialect.Diffusers) return null;
        if (request.Start is not { } start) return Schedule.Sigmas(request.SeedDialect, request.Sampler, request.Schedule, request.Steps);
        if (request.SeedDialect == SeedDialect.Comfy) return Last(request, request.Sampler, request.Schedule, request.Steps, start.Denoise);

        var sigmas = Schedule.Sigmas(request.SeedDialect, request.Sampler, request.Schedule, request.Steps);
        var steps = (int)(Math.Min(start.Denoise, MostDenoise) * request.Steps);
        return sigmas[Math.Min(request.Steps - steps - 1, sigmas.Length - 1)..];
    }

    /// <summary>The second pass; null where there is none, or diffusers' schedulers make their own.</summary>
    public static float[]? OfHires(GenerationRequest request)
    {
        if (request.Hires is not { } hires || request.SeedDialect == SeedDialect.Diffusers) return null;

        var (sampler, schedule) = (hires.Sampler ?? request.Sampler, hires.Schedule ?? request.Schedule);
        var steps = hires.Steps == 0 ? request.Steps : hires.Steps;
        if (hires.Denoise == 0) return [];
        if (request.SeedDialect == SeedDialect.Comfy) return Last(request, sampler, schedule, steps, hires.Denoise);

        var all = (int)(steps / Math.Min(hires.Denoise, MostDenoise));
        var sigmas = Schedule.Sigmas(request.SeedDialect, sampler, schedule, all);
        return sigmas[Math.Min(all - steps, sigmas.Length - 1)..];
    }

    private static float[] Last(GenerationRequest request, SamplerKind sampler, ScheduleKind schedule, int steps, double denoise)
    {
        if (denoise == 0) return [];

        var sigmas = Schedule.Sigmas(request.SeedDialect, sampler, schedule, denoise >= 1 ? steps : (int)(steps / denoise));
        return sigmas[Math.Max(0, sigmas.Length - steps - 1)..];
    }
}
