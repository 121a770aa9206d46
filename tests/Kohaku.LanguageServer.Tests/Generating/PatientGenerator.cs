using System.Collections.Concurrent;
using Kohaku.Jobs;

namespace Kohaku.LanguageServer.Tests.Generating;

/// <summary>Stands in for a model: each image goes as far as a step, where it waits until the test lets it on or cancels it.</summary>
internal sealed class PatientGenerator : IGeneratorSource, IGenerator
{
    private readonly SemaphoreSlim _steps = new(0);

    /// <summary>How it was opened, in order.</summary>
    public ConcurrentQueue<GeneratorSettings> Opened { get; } = [];

    /// <summary>The requests that came.</summary>
    public ConcurrentQueue<GenerationRequest> Requests { get; } = [];

    /// <summary>Thrown where a model is opened.</summary>
    public GenerationException? Failure { get; init; }

    /// <summary>Lets steps pass.</summary>
    public void Pass(int steps) => _steps.Release(steps);

    public DeviceChoice Choose(DeviceKind asked, string? gpuFolder) => new(DeviceKind.Cpu, "CPU, 2 threads", asked == DeviceKind.Auto ? "no graphics card can be used" : null);

    public IGenerator Open(GeneratorSettings settings, IProgress<GenerationEvent> progress, CancellationToken cancellation)
    {
        Opened.Enqueue(settings);
        return Failure is null ? this : throw Failure;
    }

    public IEnumerable<GeneratedImage> Run(GenerationRequest request, IProgress<GenerationEvent> progress, CancellationToken cancellation)
    {
        Requests.Enqueue(request);
        for (var i = 0; i < request.Count; i++)
        {
            progress.Report(new PhaseBegan(GenerationPhase.EncodeText, i));
            progress.Report(new PhaseBegan(GenerationPhase.Sample, i));
            for (var step = 1; step <= request.Steps; step++)
            {
                progress.Report(new StepDone(i, IsHires: false, step, request.Steps));
                if (step == 1) progress.Report(new PreviewMade(i, 2, 1, [255, 0, 0, 0, 0, 255]));
                _steps.Wait(cancellation);
            }

            progress.Report(new PhaseBegan(GenerationPhase.Decode, i));
            progress.Report(new GenerationWarning("the VAE overflowed", "Give another"));
            var seed = request.Seed + (ulong)i;
            yield return new GeneratedImage
            {
                Index = i,
                Seed = seed,
                Width = request.Width,
                Height = request.Height,
                Pixels = new byte[request.Width * request.Height * 3],
                Parameters = ParameterText.Of(request, seed, new ModelNames("delta")),
            };
        }
    }

    public void Dispose()
    {
    }
}
