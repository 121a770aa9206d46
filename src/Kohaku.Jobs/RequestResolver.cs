using System.Security.Cryptography;
using Kohaku.Analysis.Profiles;
using Kohaku.Syntax;
using Kohaku.Syntax.Dynamic;

namespace Kohaku.Jobs;

/// <summary>Makes requests: the command line goes before a prompt's parameter line, and that before the profile.</summary>
/// <param name="profile">The model's defaults.</param>
/// <param name="options">The command line.</param>
/// <param name="wildcards">Where dynamic prompts find their lists; <see langword="null"/> where <c>{a|b}</c> is text.</param>
/// <param name="random">Gives seeds where −1 asks for one.</param>
public sealed class RequestResolver(Profile profile, GenerationOptions options, WildcardLines? wildcards, Func<ulong> random)
{
    private const double HiresDenoise = 0.7;
    private const double StartDenoise = 0.75;

    /// <summary>A random seed as A1111 draws one: 32 bits, which every program takes.</summary>
    public static ulong RandomSeed() => BitConverter.ToUInt32(RandomNumberGenerator.GetBytes(sizeof(uint)));

    /// <summary>Resolves a prompt.</summary>
    /// <exception cref="GenerationException">A value is no value, or two exclude each other.</exception>
    public ResolvedPrompt Resolve(PromptSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        var notes = new List<string>();
        var line = new ParameterReading(source, notes);
        var (sampler, schedule) = SamplingOf(line);
        var dialect = SeedDialectOf(line, notes);
        var (width, height) = SizeOf(line, notes);
        var hires = HiresOf(line, width, height, notes);
        var start = StartOf(line);
        var request = new GenerationRequest
        {
            Prompt = source.Positive,
            Negative = source.Negative ?? "",
            Source = source.Source,
            Steps = options.Steps is { } steps
                ? RequestValues.Whole(steps, "--steps", 1, RequestValues.MostSteps)
                : line.Whole("Steps", 1, RequestValues.MostSteps) ?? profile.Generation.Steps,
            Sampler = sampler,
            Schedule = schedule,
            GuidanceScale = options.GuidanceScale is { } scale
                ? RequestValues.Number(scale, "--cfg", 0, RequestValues.MostGuidance)
                : line.Number("CFG scale", 0, RequestValues.MostGuidance) ?? profile.Generation.GuidanceScale,
            Seed = SeedOf(line),
            SeedDialect = dialect,
            EtaNoiseSeedDelta = line.Long("ENSD") ?? 0,
            Eta = line.Number(sampler == SamplerKind.Ddim ? "Eta DDIM" : "Eta", 0, 1),
            Emphasis = EmphasisOf(line, notes),
            Width = width,
            Height = height,
            Count = options.Count,
            Hires = hires,
            Start = start,
        };
        line.NoteWithoutEffect(request);
        return new ResolvedPrompt(Expanded(request, source, notes), notes);
    }

    private (SamplerKind Sampler, ScheduleKind Schedule) SamplingOf(ParameterReading line)
    {
        var ownSchedule = options.Schedule is { } asked ? RequestValues.Schedule(asked, "--schedule") : (ScheduleKind?)null;
        if (options.Sampler is { } named)
        {
            var (sampler, joined) = RequestValues.Sampler(named, "--sampler");
            return (sampler, ownSchedule ?? joined ?? line.Schedule("Schedule type") ?? ScheduleKind.Automatic);
        }

        var fromFile = line.Sampler("Sampler");
        var (known, old) = fromFile ?? RequestValues.Sampler(profile.Generation.Sampler, profile.Title);
        var ofProfile = fromFile is null ? RequestValues.Schedule(profile.Generation.Schedule, profile.Title) : ScheduleKind.Automatic;
        return (known, ownSchedule ?? line.Schedule("Schedule type") ?? old ?? ofProfile);
    }

    private ulong SeedOf(ParameterReading line)
    {
        if (options.Seed is { } asked) return RequestValues.Seed(asked, "--seed") ?? random();
        return line.Seed("Seed") ?? random();
    }

    private SeedDialect SeedDialectOf(ParameterReading line, List<string> notes)
    {
        if (options.SeedDialect is { } asked) return asked;
        if (line.Find(ParameterText.SeedDialectKey) is { } own) return RequestValues.SeedDialect(own.Value, own.Place);

        var generator = line.Find("RNG");
        if (generator is null)
        {
            if (line.IsInfotext && options.Seed is null && line.Seed("Seed") is not null)
                notes.Add("the parameters name no RNG: the picture had the graphics card's own noise, which a1111-nv equals only approximately");
            return SeedDialect.A1111Nv;
        }

        switch (generator.Value.ToUpperInvariant())
        {
            case "NV":
                return SeedDialect.A1111Nv;
            case "CPU":
                return SeedDialect.A1111Cpu;
            case "GPU":
                notes.Add($"{generator.Place}: RNG: GPU is the graphics card's own noise, which a1111-nv equals only approximately");
                return SeedDialect.A1111Nv;
            default:
                throw new GenerationException($"{generator.Place}: there is no random number generator `{generator.Value}`", "One of: GPU, CPU, NV");
        }
    }

    private EmphasisKind EmphasisOf(ParameterReading line, List<string> notes)
    {
        if (options.Emphasis is { } asked) return asked;
        if (line.Find("Emphasis") is { } written) return RequestValues.Emphasis(written.Value, written.Place);
        if (line.Dialect == Dialect.ComfyUI) return EmphasisKind.Comfy;

        // A1111 says nothing of its default, which is Original; only where the line is its own is that what is missing.
        if (line.IsByA1111 && line.HasEmphasis)
        {
            notes.Add("the parameters name no Emphasis: A1111 wrote them with Original");
            return EmphasisKind.Original;
        }

        return RequestValues.Emphasis(profile.Emphasis.Mode, profile.Title);
    }

    private (int Width, int Height) SizeOf(ParameterReading line, List<string> notes)
    {
        var (width, height) = options.Size is { } asked
            ? RequestValues.Size(asked, "--size")
            : line.Size("Size") ?? OfStart() ?? (profile.Generation.Width, profile.Generation.Height);
        if (Math.Min(width, height) < RequestValues.SmallSide) notes.Add($"{width}x{height}: below {RequestValues.SmallSide} the model makes no sense of a side");
        return (width, height);
    }

    // Each side to the nearest that the model can work at.
    private (int, int)? OfStart()
    {
        if (options.StartSize is not { } size) return null;
        return (Near(size.Width), Near(size.Height));

        static int Near(int side) =>
            Math.Clamp((side + RequestValues.SideStep / 2) / RequestValues.SideStep * RequestValues.SideStep, RequestValues.LeastSide, RequestValues.LargestSide);
    }

    private HiresPass? HiresOf(ParameterReading line, int width, int height, List<string> notes)
    {
        if (options.StartImage is not null)
        {
            if (options.Hires is not null) throw new GenerationException("--init and --hires exclude each other", "Leave one of them out");
            if (line.HasHires) notes.Add("the parameters ask for a hires pass, which an image to start from has not: it is left out");
            return RequireNoHiresOptions();
        }

        var size = options.Hires is { } asked ? RequestValues.Size(asked, "--hires") : line.HiresSize(width, height);
        if (size is not { } larger) return RequireNoHiresOptions();

        var upscaler = options.HiresUpscaler is { } named
            ? RequestValues.Upscaler(named, "--hires-upscaler", isFromFile: false, notes)
            : line.Find("Hires upscaler") is { } written ? RequestValues.Upscaler(written.Value, written.Place, isFromFile: true, notes) : UpscalerNames.All[0];
        var steps = options.HiresSteps is { } count
            ? RequestValues.Whole(count, "--hires-steps", 0, RequestValues.MostSteps)
            : line.Whole("Hires steps", 0, RequestValues.MostSteps) ?? 0;
        var (sampler, joined) = line.HiresSampler();
        return new HiresPass(larger.Width, larger.Height, steps, DenoiseOf(line, HiresDenoise), upscaler)
        {
            Sampler = sampler,
            Schedule = line.HiresSchedule() ?? joined,
            GuidanceScale = line.Number("Hires CFG Scale", 0, RequestValues.MostGuidance) is { } own and not 0 ? own : null,
            Prompt = line.Find("Hires prompt")?.Value,
            Negative = line.Find("Hires negative prompt")?.Value,
        };
    }

    private HiresPass? RequireNoHiresOptions()
    {
        if (options.HiresSteps is not null || options.HiresUpscaler is not null)
            throw new GenerationException($"{(options.HiresSteps is not null ? "--hires-steps" : "--hires-upscaler")} is for a hires pass, and none is asked for", "Add --hires WxH");
        if (options.Denoise is not null && options.StartImage is null) throw new GenerationException("--denoise is for --hires and --init, and neither is given", "Add --hires WxH or --init IMAGE");
        return null;
    }

    private StartImage? StartOf(ParameterReading line) => options.StartImage is { } path ? new StartImage(path, DenoiseOf(line, StartDenoise)) : null;

    private double DenoiseOf(ParameterReading line, double usual) =>
        options.Denoise is { } asked ? RequestValues.Number(asked, "--denoise", 0, 1) : line.Number("Denoising strength", 0, 1) ?? usual;

    // A dynamic prompt gives each image its own text, chosen by its own seed; the negative prompt's choices are another row of the same seed.
    private List<GenerationRequest> Expanded(GenerationRequest request, PromptSource source, List<string> notes)
    {
        var isDynamic = IsDynamic(request.Prompt) || IsDynamic(request.Negative);
        if (!isDynamic) return [request];
        if (wildcards is null)
        {
            notes.Add("`{a|b}`, `__name__` and `${name}` are text here; dynamicPrompts in kohaku.json makes them choices");
            return [request];
        }

        var requests = new List<GenerationRequest>();
        for (var i = 0; i < request.Count; i++)
        {
            var seed = unchecked(request.Seed + (ulong)i);
            requests.Add(request with { Prompt = Chosen(request.Prompt, seed, i), Negative = Chosen(request.Negative, ~seed, i), Seed = seed, Count = 1 });
        }

        return requests;

        string Chosen(string text, ulong seed, int index)
        {
            var expansion = DynamicPrompt.Expand(text, seed, wildcards, index);
            return expansion.Errors.Count == 0 ? expansion.Text.Trim() : throw new GenerationException($"dynamic prompt: {expansion.Errors[0].Message}");
        }
    }

    private static bool IsDynamic(string text) => text.AsSpan().IndexOfAny('{', '$', '_') >= 0 && DynamicPrompt.Parse(text).IsDynamic;
}
