using System.Diagnostics;
using System.Globalization;
using Kohaku.Generation.Adapters;
using Kohaku.Generation.Models;
using Kohaku.Generation.Noise;
using Kohaku.Generation.OnnxFolder;
using Kohaku.Generation.Pipeline;
using Kohaku.Generation.Runtime;
using Kohaku.Generation.Tests.Golden;
using Kohaku.Jobs;

namespace Kohaku.Benchmarks.Generating;

/// <summary>The figures of generation on the processor, as rows of docs/performance.md.</summary>
/// <param name="output">Takes the rows.</param>
internal sealed class GenerationFigures(TextWriter output)
{
    private const int Side = 128;
    private const int Calls = 15;

    private static readonly CheckpointOptions s_processor = new() { Device = DeviceKind.Cpu };

    /// <summary>What there is.</summary>
    public static string[] All { get; } = ["noise", "samplers", "graphs", "whole", "open"];

    /// <summary>Measures some.</summary>
    public void Run(IEnumerable<string> parts)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        foreach (var part in parts)
        {
            switch (part)
            {
                case "noise": Noise(); break;
                case "samplers": Samplers(); break;
                case "graphs": Graphs(); break;
                case "whole": Whole(); break;
                case "open": Open(); break;
                default: throw new ArgumentException($"{part} is none of {string.Join(", ", All)}", nameof(parts));
            }
        }
    }

    private void Noise()
    {
        var numbers = new float[4 * Side * Side];
        foreach (var kind in Enum.GetValues<GeneratorKind>())
        {
            var generator = NoiseGenerator.Create(kind, 1);
            var times = new double[300];
            for (var i = 0; i < times.Length; i++)
            {
                var start = Stopwatch.GetTimestamp();
                generator.Fill(numbers);
                times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            }

            Row($"{numbers.Length:N0} numbers of noise (1024²), {kind}, median of {times.Length}", $"{Times.Of(times).Median:F2} ms", "", "");
        }
    }

    // Between a short run and a long one lie steps alone. A step of two calls counts once.
    private void Samplers()
    {
        const int few = 5, many = 45;
        using var model = new OpenModel(new InstantModel(), Vocabulary.Tokenizer(), new TextualInversions([], _ => { }));
        foreach (var sampler in Enum.GetValues<SamplerKind>())
        {
            var times = new double[9];
            for (var i = -2; i < times.Length; i++)
            {
                var step = (Time(sampler, many) - Time(sampler, few)) / (many - few);
                if (i >= 0) times[i] = step;
            }

            Row($"a step outside the model, 1024², {sampler}, median of {times.Length}", $"{Times.Of(times).Median:F2} ms", "", "");
        }

        double Time(SamplerKind sampler, int steps)
        {
            var start = Stopwatch.GetTimestamp();
            Make(model, steps, sampler);
            return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }
    }

    // The exported graph has the scaled-down checkpoint's sizes, and weights of its own.
    private void Graphs()
    {
        using var ours = CheckpointModel.Open(TinyCheckpoint.Path, s_processor);
        using var exported = OnnxFolderModel.Open(TinyFolder.Path, s_processor);
        var (oursTimes, exportedTimes) = (new double[Calls], new double[Calls]);
        var conditions = ConditionsOf(ours.TextEncoders, batch: 2);
        var exportedConditions = ConditionsOf(exported.TextEncoders, batch: 2);
        for (var call = -2; call < Calls; call++)
        {
            var (our, their) = (Call(ours, conditions), Call(exported, exportedConditions));
            if (call >= 0) (oursTimes[call], exportedTimes[call]) = (our, their);
        }

        var (a, b) = (Times.Of(oursTimes).Median, Times.Of(exportedTimes).Median);
        Row("a UNet call of two, 1024², scaled-down model, median of 15 in turn", $"{a:F0} ms", $"the exported graph: {b:F0} ms", $"{a / b:F2}");
    }

    private static double Call(IDiffusionModel model, Conditions conditions)
    {
        var sample = new float[4 * Side * Side];
        for (var i = 0; i < sample.Length; i++) sample[i] = Formula.Value(1, i, 2, 0);
        var start = Stopwatch.GetTimestamp();
        model.NoisePredictor.Predict(sample, Side, Side, 500, conditions, new float[2 * sample.Length], default);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static Conditions ConditionsOf(ITextEncoders encoders, int batch) => new(
        batch, 77, Formula.Values("context", batch * 77 * (encoders.FirstWidth + encoders.SecondWidth), 1, 0), Formula.Values("pooled", batch * encoders.PooledWidth, 1, 0),
        [.. Enumerable.Repeat(Conditions.TimeIdsOf(Side * 8, Side * 8), batch).SelectMany(ids => ids).Select(id => (float)id)]);

    private void Whole()
    {
        using var timed = new TimedModel(CheckpointModel.Open(TinyCheckpoint.Path, s_processor));
        using var model = new OpenModel(timed, Vocabulary.Tokenizer(), new TextualInversions([], _ => { }));
        // The first opens the sessions.
        Make(model, steps: 1);
        var (before, first) = (timed.InCalls, timed.AllocatedAtSteps.Count);
        var start = Stopwatch.GetTimestamp();
        Make(model, steps: 28);
        var all = Stopwatch.GetElapsedTime(start);
        var outside = all - (timed.InCalls - before);
        var steps = timed.AllocatedAtSteps.Skip(first).ToList();
        Row("time outside the model's calls, scaled-down model, 1024² in 28 steps of DPM++ 2M", $"{outside.TotalMilliseconds:F0} ms of {all.TotalSeconds:F1} s: **{outside / all:P2}**", "", "below 2 %");
        // The first steps fill what later ones use again.
        Row("allocated by a step, median", $"{steps.Zip(steps.Skip(1), (one, next) => next - one).Order().ElementAt(steps.Count / 2)} bytes", "", "near 0");
    }

    private static void Make(OpenModel model, int steps, SamplerKind sampler = SamplerKind.DpmPlusPlus2M)
    {
        var request = new GenerationRequest
        {
            Prompt = "1girl, hatsune miku, vocaloid, masterpiece, newest, smile, long hair", Negative = "lowres, bad hands", Steps = steps, Seed = 1, GuidanceScale = 6,
            Sampler = sampler, Schedule = ScheduleKind.Karras, SeedDialect = SeedDialect.A1111Nv, Width = Side * 8, Height = Side * 8,
        };
        _ = new ImageRun(request, model, new ModelNames("tiny"), new Silence(), default).Make(0);
    }

    // Holes in place of weights: as large as a real checkpoint, and read as zeros.
    private void Open()
    {
        var folder = Directory.CreateTempSubdirectory("kohaku-open-");
        try
        {
            var path = Path.Combine(folder.FullName, "sparse.safetensors");
            FormulaCheckpoint.WriteHoles(path, SdxlManifest.Of(SdxlSizes.Real));
            var start = Stopwatch.GetTimestamp();
            using var model = CheckpointModel.Open(path, s_processor);
            var read = Stopwatch.GetElapsedTime(start);
            Encode(model.TextEncoders);
            var encoded = Stopwatch.GetElapsedTime(start);
            var conditions = ConditionsOf(model.TextEncoders, batch: 2);
            var sample = new float[4 * 64 * 64];
            model.NoisePredictor.Predict(sample, 64, 64, 999, conditions, new float[2 * sample.Length], default);
            var stepped = Stopwatch.GetElapsedTime(start);
            using var process = Process.GetCurrentProcess();
            Row(
                "a checkpoint of 6.9 GB at real size, sparse", $"header read and graphs written {read.TotalSeconds:F2} s; both prompts encoded {encoded.TotalSeconds:F1} s; first step at 512² done {stepped.TotalSeconds:F1} s",
                "", $"peak memory {process.PeakWorkingSet64 / 1e9:F1} GB");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Encode(ITextEncoders encoders)
    {
        var ids = new int[77];
        Array.Fill(ids, 49407);
        ids[0] = 49406;
        encoders.Encode([new EncoderChunk(ids, ids, []), new EncoderChunk(ids, ids, [])], default);
    }

    private void Row(string what, string measured, string yardstick, string ratio) => output.Write($"| {what} | {measured} | {yardstick} | {ratio} |\n");

    private sealed class Silence : IProgress<GenerationEvent>
    {
        public void Report(GenerationEvent value)
        {
        }
    }
}
