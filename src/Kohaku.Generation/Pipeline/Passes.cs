using Kohaku.Generation.Diffusers;
using Kohaku.Generation.Models;
using Kohaku.Generation.OnnxFolder;
using Kohaku.Generation.Sampling;
using Kohaku.Jobs;

namespace Kohaku.Generation.Pipeline;

/// <summary>The passes of a request, in its dialect.</summary>
internal static class Passes
{
    /// <summary>The first, or only, pass.</summary>
    /// <exception cref="ModelException">The dialect has no such sampler or schedule, or the strength leaves no step.</exception>
    public static Pass First(GenerationRequest request, IDiffusionModel model)
    {
        if (request.SeedDialect == SeedDialect.Diffusers)
            return new DiffusersPass(SchedulerOf(request.Sampler, request.Schedule, request.Eta, model), request.Steps, request.Start?.Denoise, model.LatentScale);

        var settings = SamplingSettings.Of(request);
        return new SampledPass(request.Start is { } start ? SamplingPlan.FromImage(settings, start.Denoise) : SamplingPlan.FromNoise(settings));
    }

    /// <summary>The second pass.</summary>
    /// <exception cref="ModelException">As for the first.</exception>
    public static Pass Second(GenerationRequest request, HiresPass hires, IDiffusionModel model)
    {
        var steps = hires.Steps == 0 ? request.Steps : hires.Steps;
        var (sampler, schedule) = (hires.Sampler ?? request.Sampler, hires.Schedule ?? request.Schedule);
        if (request.SeedDialect == SeedDialect.Diffusers)
            return new DiffusersPass(SchedulerOf(sampler, schedule, request.Eta, model), steps, hires.Denoise, model.LatentScale);

        return new SampledPass(SamplingPlan.SecondPass(SamplingSettings.Of(request) with { Sampler = sampler, Schedule = schedule, Steps = steps }, hires.Denoise));
    }

    private static SchedulerConfig SchedulerOf(SamplerKind sampler, ScheduleKind schedule, double? eta, IDiffusionModel model) =>
        SchedulerNames.Configure(sampler, schedule, (model as OnnxFolderModel)?.Scheduler, eta: eta);
}
