using System.Text.Json;
using Kohaku.Generation.Diffusers;
using Kohaku.Generation.Models;
using Kohaku.Generation.Sampling;
using Kohaku.Jobs;

namespace Kohaku.Generation.Pipeline;

/// <summary>The passes of a request, in its dialect.</summary>
internal static class Passes
{
    /// <summary>The first, or only, pass.</summary>
    /// <param name="request">The request.</param>
    /// <param name="scheduler">diffusers: the model's <c>scheduler_config.json</c>; <see langword="null"/> for SDXL's own.</param>
    /// <param name="scale">diffusers: the model's latent scale.</param>
    /// <exception cref="ModelException">The dialect has no such sampler or schedule, or the strength leaves no step.</exception>
    public static Pass First(GenerationRequest request, JsonElement? scheduler, double scale)
    {
        if (request.SeedDialect == SeedDialect.Diffusers)
            return new DiffusersPass(SchedulerNames.Configure(request.Sampler, request.Schedule, scheduler, eta: request.Eta), request.Steps, request.Start?.Denoise, scale);

        var settings = SamplingSettings.Of(request);
        return new SampledPass(request.Start is { } start ? SamplingPlan.FromImage(settings, start.Denoise) : SamplingPlan.FromNoise(settings), isFromNoise: request.Start is null);
    }

    /// <summary>The second pass.</summary>
    /// <exception cref="ModelException">As for the first.</exception>
    public static Pass Second(GenerationRequest request, HiresPass hires, JsonElement? scheduler, double scale)
    {
        var steps = hires.Steps == 0 ? request.Steps : hires.Steps;
        var (sampler, schedule) = (hires.Sampler ?? request.Sampler, hires.Schedule ?? request.Schedule);
        if (request.SeedDialect == SeedDialect.Diffusers)
            return new DiffusersPass(SchedulerNames.Configure(sampler, schedule, scheduler, eta: request.Eta), steps, hires.Denoise, scale);

        return new SampledPass(SamplingPlan.SecondPass(SamplingSettings.Of(request) with { Sampler = sampler, Schedule = schedule, Steps = steps }, hires.Denoise), isFromNoise: false);
    }
}
