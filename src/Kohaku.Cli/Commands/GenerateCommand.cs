using System.CommandLine;
using Kohaku.Cli.Generating;
using Kohaku.Cli.Terminal;
using Kohaku.Jobs;

namespace Kohaku.Cli.Commands;

/// <summary><c>kohaku generate</c>: images of prompts.</summary>
internal sealed class GenerateCommand
{
    private static readonly string[] Precisions = ["auto", "fp32", "fp16"];
    private static readonly string[] Devices = ["auto", "cuda", "dml", "cpu"];

    private readonly Session _session;
    private readonly Argument<string[]> _file;
    private readonly Option<string?> _prompt;
    private readonly Option<string?> _negative;
    private readonly Option<int> _index;
    private readonly Option<string?> _model;
    private readonly Option<string?> _vae;
    private readonly Option<string[]> _loraFolders;
    private readonly Option<string?> _precision;
    private readonly Option<string?> _device;
    private readonly Option<string?> _gpuLibrary;
    private readonly Option<int> _steps;
    private readonly Option<string?> _sampler;
    private readonly Option<string?> _schedule;
    private readonly Option<double?> _guidance;
    private readonly Option<string?> _seed;
    private readonly Option<string?> _seedDialect;
    private readonly Option<string?> _emphasis;
    private readonly Option<string?> _size;
    private readonly Option<int> _count;
    private readonly Option<string?> _hires;
    private readonly Option<int> _hiresSteps;
    private readonly Option<string?> _hiresUpscaler;
    private readonly Option<string?> _start;
    private readonly Option<double?> _denoise;
    private readonly Option<string?> _output;
    private readonly Option<bool> _asJson;
    private readonly Option<bool> _isDryRun;
    private readonly ConfigurationOptions _configuration;

    private GenerateCommand(CommandRow row, Session session)
    {
        _session = session;
        Frame = new CommandFrame(row.Name, row.Summary);
        _file = Frame.Arguments("FILE", "A file of prompts, or an image that carries its own; - for standard input", atMost: 1);

        Frame.Group("Prompt");
        _prompt = Frame.Text("--prompt", "TEXT", "Take this text as the prompt, in place of a file", "-p");
        _negative = Frame.Text("--negative", "TEXT", "Take this text as the negative prompt");
        _index = Frame.Number("--index", "N", "Take only the file's N-th prompt, from 1 (all without it)");

        Frame.Group("Model");
        _model = Frame.Text("--model", "PATH", "A .safetensors checkpoint, or a folder with an ONNX export (kohaku.json's generate.model without it)", "-m");
        _vae = Frame.Text("--vae", "PATH", "A VAE in place of the model's own");
        _loraFolders = Frame.Several("--lora-dir", "DIR", "A folder with the files that <lora:name> means, before those of kohaku.json; may be repeated");
        _precision = Frame.Choice("--precision", "NAME", "auto (half on a graphics card, single on the CPU), fp32 or fp16", Precisions);
        _device = Frame.Choice("--device", "NAME", "auto, cuda, dml or cpu", Devices);
        _gpuLibrary = GpuCommand.AddLibrary(Frame);

        Frame.Group("Image");
        _steps = Frame.Number("--steps", "N", "Steps");
        _sampler = Frame.Suggested("--sampler", "NAME", "Sampler by A1111's, ComfyUI's or diffusers' name: \"Euler a\", dpmpp_2m", SamplerWords.Samplers);
        _schedule = Frame.Suggested("--schedule", "NAME", "Schedule of noise levels: Karras, \"SGM Uniform\" (the sampler's own without it)", SamplerWords.Schedules);
        _guidance = Frame.Decimal("--cfg", "X", "Guidance scale");
        _seed = Frame.Text("--seed", "N", "Seed; -1 is a random one");
        _seedDialect = Frame.Choice("--seed-dialect", "NAME", "Whose random numbers: a1111-nv, a1111-cpu, comfy or diffusers", [.. JobNames.SeedDialectWords]);
        _emphasis = Frame.Choice("--emphasis", "NAME", "How weights work: original, no-norm, ignore, none or comfy", [.. JobNames.EmphasisWords]);
        _size = Frame.Text("--size", "WxH", "Size in pixels, in steps of 8");
        _count = Frame.Number("--batch", "COUNT", "How many images; seeds count up");
        _hires = Frame.Text("--hires", "WxH", "Enlarge the image to this size and go over it again");
        _hiresSteps = Frame.Number("--hires-steps", "N", "Steps of that second pass (as many as the first without it)");
        _hiresUpscaler = Frame.Text("--hires-upscaler", "NAME", "How it is enlarged: Latent (without it), Lanczos, Bicubic, …");
        _start = Frame.Text("--init", "IMAGE", "Begin from this image in place of noise: PNG, JPEG, WebP or BMP");
        _denoise = Frame.Decimal("--denoise", "X", "How much of it is made anew, 0 to 1 (0.75; 0.7 with --hires)");

        Frame.Group("Output");
        _output = Frame.Text("--out", "PATH", "Write to this PNG file, or into this folder (out/ without it)", "-o");
        _asJson = Frame.Flag("--json", "Print an object an event, each on a line");
        _isDryRun = Frame.Flag("--dry-run", "Show what would be done: tokens, schedule, noise levels, memory");
        _configuration = ConfigurationOptions.Add(Frame);

        Frame.Examples.Add(new("kohaku generate -m delta.safetensors miku.prompt", "one image of each prompt"));
        Frame.Examples.Add(new("kohaku generate -m delta.safetensors -p \"1girl, smile\" --seed 42", "a prompt as text"));
        Frame.Examples.Add(new("kohaku generate -m delta.safetensors image.png --seed -1 --batch 4", "variations of an image's own prompt"));
        Frame.Examples.Add(new("kohaku generate -m delta.safetensors a.prompt --hires 1536x1536", "in two passes"));
        Frame.Examples.Add(new("kohaku generate --dry-run a.prompt", "what the model would get"));
        Frame.Run = Run;
    }

    private CommandFrame Frame { get; }

    /// <summary>Builds the command.</summary>
    public static CommandFrame Build(CommandRow row, Session session) => new GenerateCommand(row, session).Frame;

    private int Run(ParseResult result)
    {
        var start = result.GetValue(_start) is { } image ? _session.Absolute(image) : null;
        var order = new GenerateOrder
        {
            File = (result.GetValue(_file) ?? []).FirstOrDefault(),
            Prompt = result.GetValue(_prompt),
            Negative = result.GetValue(_negative),
            Index = Given(result, _index),
            Model = result.GetValue(_model),
            Vae = result.GetValue(_vae),
            LoraFolders = result.GetValue(_loraFolders) ?? [],
            Precision = PrecisionOf(result.GetValue(_precision)),
            Device = DeviceOf(result.GetValue(_device)),
            GpuLibrary = result.GetValue(_gpuLibrary),
            Output = result.GetValue(_output),
            Options = new GenerationOptions
            {
                Steps = Given(result, _steps),
                Sampler = result.GetValue(_sampler),
                Schedule = result.GetValue(_schedule),
                GuidanceScale = result.GetValue(_guidance),
                Seed = result.GetValue(_seed),
                SeedDialect = result.GetValue(_seedDialect) is { } dialect && JobNames.TryParse(dialect, out SeedDialect noise) ? noise : null,
                Emphasis = result.GetValue(_emphasis) is { } mode && JobNames.TryParse(mode, out EmphasisKind emphasis) ? emphasis : null,
                Size = result.GetValue(_size),
                Count = Given(result, _count) ?? 1,
                Hires = result.GetValue(_hires),
                HiresSteps = Given(result, _hiresSteps),
                HiresUpscaler = result.GetValue(_hiresUpscaler),
                Denoise = result.GetValue(_denoise),
                StartImage = start,
                StartSize = start is null ? null : Generation.Images.ImageFile.SizeOf(start),
            },
            Configuration = _configuration.FileOf(result) is { } file ? _session.Absolute(file) : null,
            Layer = _configuration.LayerOf(result),
        };
        var prompts = PromptFinder.Find(order, _session);
        order = order.Over(prompts.Settings);
        var isJson = result.GetValue(_asJson);
        if (result.GetValue(_isDryRun)) return isJson ? DryRunJson.Write(prompts, order, _session) : DryRunPage.Write(prompts, order, _session);

        return new GenerateRun(order, prompts, _session).Run(isJson);
    }

    private static int? Given(ParseResult result, Option<int> option) => result.GetResult(option) is null ? null : result.GetValue(option);

    private static Precision PrecisionOf(string? name) => name switch
    {
        "fp32" => Precision.Full,
        "fp16" => Precision.Half,
        _ => Precision.Auto,
    };

    private static DeviceKind DeviceOf(string? name) => name switch
    {
        "cuda" => DeviceKind.Cuda,
        "dml" => DeviceKind.DirectML,
        "cpu" => DeviceKind.Cpu,
        _ => DeviceKind.Auto,
    };
}
