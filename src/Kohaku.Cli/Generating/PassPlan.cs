using Kohaku.Generation.Diffusers;
using Kohaku.Generation.Sampling;
using Kohaku.Jobs;

namespace Kohaku.Cli.Generating;

/// <summary>The way of a pass, known without a model.</summary>
/// <param name="Sigmas">Noise levels it goes through, falling; empty where the sampler goes by times.</param>
/// <param name="Times">Times that the model is told, in the order of its steps, where the sampler goes by them: A1111's DDIM and UniPC, and all of diffusers'.</param>
/// <param name="EditingCalls">Model calls that prompt editing counts on.</param>
internal sealed record PassPlan(IReadOnlyList<float> Sigmas, IReadOnlyList<float> Times, int EditingCalls)
{
    /// <summary>A request's first pass.</summary>
    /// <exception cref="GenerationException">The dialect has no such sampler or schedule.</exception>
    public static PassPlan First(GenerationRequest request)
    {
        if (request.SeedDialect == SeedDialect.Diffusers) return OfDiffusers(request.Sampler, request.Schedule, request.Eta, request.Steps, request.Start?.Denoise ?? 1);

        var settings = SamplingSettings.Of(request);
        return Of(request.Start is { } start ? SamplingPlan.FromImage(settings, start.Denoise) : SamplingPlan.FromNoise(settings), isFromNoise: request.Start is null);
    }

    /// <summary>A request's second pass.</summary>
    /// <exception cref="GenerationException">As for the first.</exception>
    public static PassPlan Second(GenerationRequest request, HiresPass hires)
    {
        var steps = hires.Steps == 0 ? request.Steps : hires.Steps;
        var (sampler, schedule) = (hires.Sampler ?? request.Sampler, hires.Schedule ?? request.Schedule);
        if (request.SeedDialect == SeedDialect.Diffusers) return OfDiffusers(sampler, schedule, request.Eta, steps, hires.Denoise);

        return Of(SamplingPlan.SecondPass(SamplingSettings.Of(request) with { Sampler = sampler, Schedule = schedule, Steps = steps }, hires.Denoise), isFromNoise: false);
    }

    // The times rise, and a pass takes its part of them from the top.
    private static PassPlan Of(SamplingPlan plan, bool isFromNoise)
    {
        var used = isFromNoise ? plan.Times.Count : Math.Min(plan.Start, plan.Times.Count);
        float[] sigmas = plan.Times.Count > 0 ? [] : [.. plan.Sigmas.Skip(plan.Start)];
        return new PassPlan(sigmas, [.. plan.Times.Take(used).Reverse().Select(time => (float)time)], plan.EditingCalls);
    }

    private static PassPlan OfDiffusers(SamplerKind sampler, ScheduleKind schedule, double? eta, int steps, double strength)
    {
        var scheduler = DiffusersSchedulers.Create(SchedulerNames.Configure(sampler, schedule, model: null, eta: eta), steps);
        var begin = (steps - int.Clamp((int)(steps * strength), 0, steps)) * scheduler.Order;
        return new PassPlan([.. scheduler.Sigmas.Skip(begin)], [.. scheduler.Timesteps.Skip(begin)], scheduler.Order * steps);
    }
}
