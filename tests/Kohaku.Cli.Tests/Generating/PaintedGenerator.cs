using Kohaku.Jobs;

namespace Kohaku.Cli.Tests.Generating;

/// <summary>Stands in for a model: paints each image in one colour, its seed's last byte, and does what it is told on the way.</summary>
internal sealed class PaintedGenerator : IGeneratorSource, IGenerator
{
    /// <summary>What was asked for, in order.</summary>
    public List<string> Calls { get; } = [];

    /// <summary>The requests that came.</summary>
    public List<GenerationRequest> Requests { get; } = [];

    /// <summary>How it was opened.</summary>
    public GeneratorSettings? Settings { get; private set; }

    /// <summary>Thrown where a device is chosen.</summary>
    public GenerationException? NoDevice { get; init; }

    /// <summary>Said where the device is chosen.</summary>
    public string? Note { get; init; }

    /// <summary>Called before each image is handed over.</summary>
    public Action<int>? BeforeImage { get; init; }

    public DeviceChoice Choose(DeviceKind asked, string? gpuFolder)
    {
        Calls.Add(gpuFolder is null ? $"choose {asked}" : $"choose {asked} from {gpuFolder}");
        return NoDevice is null ? new DeviceChoice(DeviceKind.Cpu, "CPU, 2 threads", Note) : throw NoDevice;
    }

    public IGenerator Open(GeneratorSettings settings, IProgress<GenerationEvent> progress, CancellationToken cancellation)
    {
        Calls.Add($"open {Path.GetFileName(settings.ModelPath)}");
        Settings = settings;
        progress.Report(new PhaseBegan(GenerationPhase.Load, 0, "delta"));
        return this;
    }

    public IEnumerable<GeneratedImage> Run(GenerationRequest request, IProgress<GenerationEvent> progress, CancellationToken cancellation)
    {
        Requests.Add(request);
        for (var i = 0; i < request.Count; i++)
        {
            progress.Report(new PhaseBegan(GenerationPhase.EncodeText, i));
            progress.Report(new PhaseBegan(GenerationPhase.Sample, i));
            for (var step = 1; step <= request.Steps; step++)
            {
                cancellation.ThrowIfCancellationRequested();
                progress.Report(new StepDone(i, IsHires: false, step, request.Steps));
            }

            progress.Report(new PhaseBegan(GenerationPhase.Decode, i));
            progress.Report(new GenerationWarning("the VAE overflowed in half precision and ran again in single", "Give a VAE that does not: --vae"));
            BeforeImage?.Invoke(i);
            var seed = request.Seed + (ulong)i;
            var pixels = new byte[request.Width * request.Height * 3];
            Array.Fill(pixels, (byte)seed);
            yield return new GeneratedImage
            {
                Index = i,
                Seed = seed,
                Width = request.Width,
                Height = request.Height,
                Pixels = pixels,
                Parameters = ParameterText.Of(request, seed, new ModelNames("delta")),
            };
        }
    }

    public void Dispose() => Calls.Add("close");
}
