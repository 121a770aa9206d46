using System.Text.Json;

namespace Kohaku.Jobs.Models;

/// <summary>What the configuration files of a diffusers-layout ONNX folder say of the model: the graphs are not opened.</summary>
public static class FolderLook
{
    /// <summary>The file that makes a folder such a folder.</summary>
    public const string IndexName = "model_index.json";

    /// <summary>Where its scheduler is configured, from the folder.</summary>
    public const string SchedulerConfig = "scheduler/scheduler_config.json";

    /// <summary>Where the scale of its latents stands, from the folder.</summary>
    public const string DecoderConfig = "vae_decoder/config.json";

    private const double SdxlScale = 0.13025;
    private const double Sd1Scale = 0.18215;

    /// <summary>The folders with the graphs that an image cannot do without.</summary>
    public static IReadOnlyList<string> Parts { get; } = ["text_encoder", "text_encoder_2", "unet", "vae_decoder"];

    /// <summary>A path inside the folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="name">With <c>/</c>, whatever the system.</param>
    public static string PathOf(string folder, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Path.Combine(folder, Path.Combine(name.Split('/')));
    }

    /// <summary>Reads <c>model_index.json</c>.</summary>
    /// <exception cref="GenerationException">It is not there or broken, or the model is not SDXL.</exception>
    public static JsonElement Index(string folder)
    {
        if (!Directory.Exists(folder)) throw new GenerationException($"{folder} is not a folder", "Give the folder that model_index.json stands in");

        var index = ConfigFile.Read(Path.Combine(folder, IndexName))
            ?? throw new GenerationException($"{folder} has no {IndexName}", "Give the folder of a diffusers-layout ONNX export, or a single-file checkpoint (.safetensors)");
        if (!Directory.Exists(Path.Combine(folder, "text_encoder_2")) && !index.TryGetProperty("text_encoder_2", out _))
        {
            var kind = index.Text("_class_name") is { } name ? $" ({name})" : "";
            throw new GenerationException($"{folder} is not an SDXL model{kind}: it has no text_encoder_2", "Use a model of the SDXL family");
        }

        return index;
    }

    /// <summary>Reads <c>scheduler_config.json</c>; <see langword="null"/> where there is none.</summary>
    /// <exception cref="GenerationException">It is broken, or the model predicts something else than noise.</exception>
    public static JsonElement? Scheduler(string folder)
    {
        var path = PathOf(folder, SchedulerConfig);
        var config = ConfigFile.Read(path);
        return config?.Text("prediction_type") is { } prediction and not "epsilon"
            ? throw new GenerationException($"{path} says that the model predicts {prediction}, not noise", "Only models that predict noise (epsilon), as Kohaku-XL does, can be used")
            : config;
    }

    /// <summary>What the model predicts by its scheduler's configuration: <c>epsilon</c> where that does not say; null where it is broken.</summary>
    public static string? Prediction(string folder)
    {
        try
        {
            return ConfigFile.Read(PathOf(folder, SchedulerConfig))?.Text("prediction_type") is { } said ? (said == "v_prediction" ? "v" : said) : "epsilon";
        }
        catch (GenerationException)
        {
            // ModelCheck reads the same file and says what is wrong with it.
            return null;
        }
    }

    /// <summary>Reads what latents are divided by.</summary>
    /// <returns>The scale to use, and what is odd about the one that stands there.</returns>
    /// <exception cref="GenerationException">The file is broken, or the number makes no sense.</exception>
    public static (double Scale, ModelFinding? Odd) Scale(string folder)
    {
        var path = PathOf(folder, DecoderConfig);
        var scale = ConfigFile.Read(path)?.Number("scaling_factor") ?? SdxlScale;

        // Kohaku-XL Delta's own configuration said so until March 2024.
        if (scale == Sd1Scale) return (SdxlScale, new ModelFinding($"{path} has the scaling_factor {Sd1Scale}, which is Stable Diffusion 1's; {SdxlScale} is used", $"Write {SdxlScale} there"));
        return scale is > 0 and < 1000 ? (scale, null) : throw new GenerationException($"{path} has the scaling_factor {scale}", $"SDXL's is {SdxlScale}");
    }

    /// <summary>The graph of a part: <c>model.onnx</c>, or the only one there is.</summary>
    /// <param name="folder">The part's folder.</param>
    /// <exception cref="GenerationException">It has none.</exception>
    public static string Graph(string folder)
    {
        var usual = Path.Combine(folder, "model.onnx");
        if (File.Exists(usual)) return usual;

        var others = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.onnx") : [];
        if (others.Length == 1) return others[0];

        var isPyTorch = Directory.Exists(folder) && Directory.EnumerateFiles(folder).Any(file => file.EndsWith(".safetensors", StringComparison.Ordinal) || file.EndsWith(".bin", StringComparison.Ordinal));
        throw isPyTorch
            ? new GenerationException($"{folder} has PyTorch weights, not an ONNX model", "Export the folder to ONNX with optimum, or give the single-file checkpoint (.safetensors)")
            : new GenerationException($"{usual} is missing", "Export the model again with all its parts, or fetch the missing file");
    }
}
