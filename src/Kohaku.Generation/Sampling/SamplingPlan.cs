using Kohaku.Generation.Noise;
using Kohaku.Generation.Schedules;
using Kohaku.Jobs;

namespace Kohaku.Generation.Sampling;

/// <summary>
/// The way of one pass from noise to a latent, in A1111's dialect or ComfyUI's, known before any model is: noise levels, where to start, how many model
/// calls. A plan holds for every image of a batch and may run several at once; each image has its own seed (A1111: seed + index).
/// </summary>
/// <remarks>
/// ComfyUI's ancestral samplers and LCM draw their noise where the model runs: on a CPU from torch's generator at seed + 1, which is what a plan does; an
/// image made on a graphics card comes out otherwise.
/// </remarks>
public sealed class SamplingPlan
{
    private readonly SamplingSettings _settings;
    private readonly NoiseTable _table;
    private readonly bool _fromNoise;

    private SamplingPlan(SamplingSettings settings, float[] sigmas, int[] times, int start, bool fromNoise)
    {
        _settings = settings;
        _table = Schedules.Schedule.TableOf(settings.Dialect, settings.Sampler);
        _fromNoise = fromNoise;
        Sigmas = sigmas;
        Times = times;
        Start = start;
    }

    /// <summary>Noise levels of the whole schedule, falling, steps before <see cref="Start"/> among them; empty where the sampler goes by <see cref="Times"/>, or nothing is to be done.</summary>
    public IReadOnlyList<float> Sigmas { get; }

    /// <summary>Times of A1111's DDIM and UniPC, rising, of the whole schedule; empty for other samplers.</summary>
    public IReadOnlyList<int> Times { get; }

    /// <summary>Index of the first noise level used; with <see cref="Times"/>, how many of the times are used, and the index of the time whose noise the start has (0 and unused where a pass starts from noise).</summary>
    public int Start { get; }

    /// <summary>Steps that will be taken: how often the observer is called.</summary>
    public int StepCount => Times.Count > 0
        ? Math.Max(0, UsedTimes - (_settings.Sampler == SamplerKind.Ddim ? 1 : 0))
        : Math.Max(0, Sigmas.Count - 1 - Start);

    /// <summary>How often the model will be called.</summary>
    public int ModelCalls
    {
        get
        {
            if (Times.Count > 0 || !SamplerTraits.CallsTwice(_settings.Sampler)) return StepCount;

            var calls = 0;
            for (var i = Start; i < Sigmas.Count - 1; i++) calls += CallsTwice(Sigmas[i], Sigmas[i + 1]) ? 2 : 1;
            return calls;
        }
    }

    /// <summary>For how many calls a prompt that changes under way is scheduled: the steps asked for, twice as many for samplers that call twice, whatever <see cref="ModelCalls"/> is.</summary>
    public int EditingCalls => SamplerTraits.CallsTwice(_settings.Sampler) ? 2 * _settings.Steps : _settings.Steps;

    /// <summary>Whose random numbers.</summary>
    public GeneratorKind Generator => _settings.Dialect == SeedDialect.A1111Nv ? GeneratorKind.Philox : GeneratorKind.Torch;

    private int UsedTimes => _fromNoise ? Times.Count : Start;

    private double Eta => _settings.Eta ?? (_settings.Sampler == SamplerKind.Ddim ? 0 : 1);

    /// <summary>A pass from noise alone: text to image.</summary>
    /// <exception cref="ArgumentException">The dialect is diffusers', or there are no steps.</exception>
    public static SamplingPlan FromNoise(SamplingSettings settings)
    {
        Check(settings);
        return SamplerTraits.GoesByTimes(settings.Sampler, settings.Dialect)
            ? new SamplingPlan(settings, [], Sampling.Times.Of(settings.Steps), 0, fromNoise: true)
            : new SamplingPlan(settings, SigmasOf(settings, settings.Steps), [], 0, fromNoise: true);
    }

    /// <summary>A pass that starts from an image's latent. A1111 takes the last part of the steps asked for, ComfyUI all of them from a longer schedule.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="denoise">Denoising strength, 0 to 1.</param>
    /// <exception cref="ArgumentException">The dialect is diffusers', or there are no steps.</exception>
    public static SamplingPlan FromImage(SamplingSettings settings, double denoise)
    {
        Check(settings);
        if (settings.Dialect == SeedDialect.Comfy) return FromComfyLatent(settings, denoise);

        return FromLatent(settings, settings.Steps, (int)(Math.Min(denoise, 0.999) * settings.Steps));
    }

    /// <summary>A second pass at a larger size ("hires fix"): all steps asked for, from a longer schedule.</summary>
    /// <param name="settings">The settings, with the second pass's steps.</param>
    /// <param name="denoise">Denoising strength, 0 to 1; at 0 nothing is done.</param>
    /// <exception cref="ArgumentException">The dialect is diffusers', or there are no steps.</exception>
    public static SamplingPlan SecondPass(SamplingSettings settings, double denoise)
    {
        Check(settings);
        if (settings.Dialect == SeedDialect.Comfy) return FromComfyLatent(settings, denoise);
        if (denoise <= 0) return new SamplingPlan(settings, [], [], 0, fromNoise: false);

        return FromLatent(settings, (int)(settings.Steps / Math.Min(denoise, 0.999)), settings.Steps - 1);
    }

    /// <summary>A pass over given noise levels.</summary>
    internal static SamplingPlan Over(SamplingSettings settings, float[] sigmas, int start, bool fromNoise) => new(settings, sigmas, [], start, fromNoise);

    /// <summary>Runs the pass for one image.</summary>
    /// <param name="model">The model, a new one (or with its count of calls at 0) for each run.</param>
    /// <param name="latent">On entry the latent to start from, scaled (image · 0.13025), <c>[4, height, width]</c>; what is in it does not matter to a plan made by <see cref="FromNoise"/>. On return the result.</param>
    /// <param name="seed">The image's seed.</param>
    /// <param name="observer">Who watches, or <see langword="null"/>.</param>
    /// <param name="cancellation">Stops before the next model call.</param>
    /// <exception cref="OperationCanceledException">It was cancelled; the latent is of no use then.</exception>
    public void Run(IEpsilonModel model, float[] latent, ulong seed, StepObserver? observer = null, CancellationToken cancellation = default)
    {
        if (StepCount == 0 && Sigmas.Count + Times.Count == 0) return;

        var generator = NoiseGenerator.Create(Generator, seed);
        var noise = new float[latent.Length];
        generator.Fill(noise);
        if (_settings.Dialect == SeedDialect.Comfy) generator.Reset(unchecked(seed + 1));
        else if (_settings.EtaNoiseSeedDelta != 0) generator.Reset(unchecked(seed + (ulong)_settings.EtaNoiseSeedDelta));
        AddNoise(noise, latent);
        Run(model, latent, seed, generator, observer, cancellation);
    }

    /// <summary>Runs the pass for one image whose noise is already in it.</summary>
    internal void Run(IEpsilonModel model, float[] latent, ulong seed, NoiseGenerator generator, StepObserver? observer, CancellationToken cancellation)
    {
        var run = new SamplerRun
        {
            X = latent,
            Sigmas = [.. Sigmas.Skip(Start)],
            Denoiser = new Denoiser(model, _table, latent.Length, cancellation),
            Generator = generator,
            Tree = TreeOf(seed, latent.Length),
            Eta = Eta,
            Observer = observer,
        };
        switch (_settings.Sampler)
        {
            case SamplerKind.Ddim when Times.Count > 0:
                DdimSampler.Run(run, [.. Times.Take(UsedTimes)]);
                break;
            case SamplerKind.UniPC:
                RunUniPC(run);
                break;
            default:
                Sampler.Of(_settings.Sampler, _settings.Dialect).Run(run);
                break;
        }
    }

    /// <summary>Makes the start of a pass.</summary>
    /// <param name="noise">Noise of variance 1, as large as the latent.</param>
    /// <param name="latent">The latent to start from, which becomes the start.</param>
    internal void AddNoise(ReadOnlySpan<float> noise, Span<float> latent)
    {
        if (_fromNoise) latent.Clear();
        if (Times.Count > 0)
        {
            var point = _fromNoise ? new TimedPoint(0, 0, 1) : Sampling.Times.At(Times[Start]);
            LatentSums.Combine(point.Alpha, latent, point.Deviation, noise, latent);
            return;
        }

        var sigma = Sigmas[Start];
        var full = _settings.Dialect == SeedDialect.Comfy && sigma >= _table.SigmaMax * (1 - 1e-5);
        LatentSums.Add(full ? MathF.Sqrt(1 + (sigma * sigma)) : sigma, noise, latent);
    }

    private static void Check(SamplingSettings settings)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.Steps, 1, nameof(settings));
        if (settings.Dialect == SeedDialect.Diffusers) throw new ArgumentException("diffusers' schedulers are not samplers of this kind", nameof(settings));
    }

    private static float[] SigmasOf(SamplingSettings settings, int steps) =>
        Schedules.Schedule.Sigmas(settings.Dialect, settings.Sampler, settings.Schedule, steps);

    /// <summary>A1111's start at a part of a schedule: so many steps and one more remain.</summary>
    private static SamplingPlan FromLatent(SamplingSettings settings, int steps, int remaining) =>
        SamplerTraits.GoesByTimes(settings.Sampler, settings.Dialect)
            ? new SamplingPlan(settings, [], Sampling.Times.Of(steps), remaining, fromNoise: false)
            : new SamplingPlan(settings, SigmasOf(settings, steps), [], steps - remaining - 1, fromNoise: false);

    /// <summary>ComfyUI's <c>KSampler</c>: the last levels of a longer schedule are the whole schedule.</summary>
    private static SamplingPlan FromComfyLatent(SamplingSettings settings, double denoise)
    {
        if (denoise <= 0) return new SamplingPlan(settings, [], [], 0, fromNoise: false);
        if (denoise > 0.9999) return new SamplingPlan(settings, SigmasOf(settings, settings.Steps), [], 0, fromNoise: false);

        var sigmas = SigmasOf(settings, (int)(settings.Steps / denoise));
        return new SamplingPlan(settings, sigmas[Math.Max(0, sigmas.Length - settings.Steps - 1)..], [], 0, fromNoise: false);
    }

    private bool CallsTwice(float from, float to) => _settings.Sampler switch
    {
        SamplerKind.Dpm2Ancestral or SamplerKind.DpmPlusPlus2SAncestral => Sampler.Ancestral(from, to, Eta).Down > 0,
        _ => to > 0,
    };

    private BrownianTree? TreeOf(ulong seed, int count) => SamplerTraits.UsesBrownianTree(_settings.Sampler)
        ? new BrownianTree(Generator, seed, count, Sigmas.Where(sigma => sigma > 0).Min(), Sigmas.Max())
        : null;

    private void RunUniPC(SamplerRun run)
    {
        if (Times.Count > 0)
        {
            if (UsedTimes == 0) return;
            var first = _fromNoise ? 1f : (Times[UsedTimes - 1] / 1000f) + (1 / 1000f);
            UniPCSampler.Run(run, [.. Linspace.Of(first, 1f / NoiseTable.Times, UsedTimes + 1).Select(Sampling.Times.At)]);
            return;
        }

        // ComfyUI keeps the variance too; its last point is a level just above 0.
        var points = run.Sigmas.Select(sigma => Point(sigma == 0 ? 0.001f : sigma)).ToArray();
        LatentSums.Scale(points[0].Alpha, run.X, run.X);
        UniPCSampler.Run(run, points, points.Length - 2);
        LatentSums.Scale(1 / points[^1].Alpha, run.X, run.X);
    }

    private TimedPoint Point(float sigma)
    {
        var length = Math.Sqrt(((double)sigma * sigma) + 1);
        return new TimedPoint(_table.TimeOf(sigma), 1 / length, sigma / length);
    }
}
