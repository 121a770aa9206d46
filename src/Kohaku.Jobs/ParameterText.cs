using System.Globalization;
using Kohaku.Syntax;

namespace Kohaku.Jobs;

/// <summary>The model that made an image, as its parameters name it.</summary>
/// <param name="Name">Its file's name without extension, or its folder's.</param>
/// <param name="Hash">The first ten digits of the file's SHA-256, as A1111 writes it; <see langword="null"/> where it is not known.</param>
/// <param name="Vae">The name of the VAE that stood in for the model's own, or <see langword="null"/>.</param>
public sealed record ModelNames(string Name, string? Hash = null, string? Vae = null);

/// <summary>The infotext of an image, in the order and with the quotes of A1111 1.10 (<c>create_infotext</c> in modules/processing.py).</summary>
/// <remarks>
/// <c>RNG</c> and <c>Emphasis</c> always stand there, since what is missing means another program's defaults. ComfyUI's and diffusers' noise has no
/// name in A1111: its generator is named, and <c>Seed dialect</c> says the rest.
/// </remarks>
public static class ParameterText
{
    /// <summary>The key that names a seed dialect which A1111 lacks.</summary>
    public const string SeedDialectKey = "Seed dialect";

    /// <summary>The text that makes an image again; <see cref="Infotext.Read"/> gives back what went in.</summary>
    /// <param name="request">What was made.</param>
    /// <param name="seed">This image's seed.</param>
    /// <param name="model">With which model.</param>
    public static string Of(GenerationRequest request, ulong seed, ModelNames model)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(model);
        return new Infotext(Lines(request.Prompt), Lines(request.Negative), FieldsOf(request, seed, model)).Write();
    }

    private static List<InfotextField> FieldsOf(GenerationRequest request, ulong seed, ModelNames model)
    {
        var fields = new List<InfotextField>();
        Add("Steps", Number(request.Steps));
        Add("Sampler", JobNames.Of(request.Sampler));
        Add("Schedule type", JobNames.Of(request.Schedule));
        Add("CFG scale", Number(request.GuidanceScale));
        Add("Seed", seed.ToString(CultureInfo.InvariantCulture));
        Add("Size", $"{request.Width}x{request.Height}");
        Add("Model hash", model.Hash);
        Add("Model", model.Name);
        Add("VAE", model.Vae);
        Add("Denoising strength", Number(request.Hires?.Denoise ?? request.Start?.Denoise));
        Add("ENSD", request.EtaNoiseSeedDelta == 0 ? null : request.EtaNoiseSeedDelta.ToString(CultureInfo.InvariantCulture));
        Add("RNG", request.SeedDialect == SeedDialect.A1111Nv ? "NV" : "CPU");
        Add(SeedDialectKey, request.SeedDialect is SeedDialect.Comfy or SeedDialect.Diffusers ? JobNames.Of(request.SeedDialect) : null);
        Add("Hires prompt", request.Hires?.Prompt);
        Add("Hires negative prompt", request.Hires?.Negative);
        if (request.Hires is { } hires) AddHires(hires);
        Add(request.Sampler == SamplerKind.Ddim ? "Eta DDIM" : "Eta", Number(request.Eta));
        Add("Emphasis", JobNames.Of(request.Emphasis));
        Add("Version", $"kohaku {Version}");
        return fields;

        void AddHires(HiresPass hires)
        {
            Add("Hires sampler", hires.Sampler is { } sampler ? JobNames.Of(sampler) : null);
            Add("Hires schedule type", hires.Schedule is { } schedule ? JobNames.Of(schedule) : null);
            Add("Hires CFG Scale", Number(hires.GuidanceScale));
            Add("Hires resize", $"{hires.Width}x{hires.Height}");
            Add("Hires steps", hires.Steps == 0 ? null : Number(hires.Steps));
            Add("Hires upscaler", hires.Upscaler);
        }

        // A1111's reader takes no parameter whose value is its own name: such a one is left out rather than written as a bare word.
        void Add(string key, string? value)
        {
            if (!string.IsNullOrEmpty(value) && value != key) fields.Add(new InfotextField(key, value));
        }
    }

    private static string Version { get; } =
        typeof(ParameterText).Assembly.GetName().Version is { } version ? $"{version.Major}.{version.Minor}.{version.Build}" : "0";

    // Infotext keeps no blanks at the ends of lines; the encoders see none there either.
    private static string Lines(string text) => string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Select(line => line.Trim())).Trim();

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string? Number(double? value) => value?.ToString("R", CultureInfo.InvariantCulture);
}
