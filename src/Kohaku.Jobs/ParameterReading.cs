using System.Globalization;
using Kohaku.Syntax;

namespace Kohaku.Jobs;

/// <summary>A prompt's parameter line, value by value; each that is wrong is one error with its place.</summary>
internal sealed class ParameterReading(PromptSource source, List<string> notes)
{
    // What A1111 and its kin can do to an image, and this program cannot.
    private static readonly string[] Foreign =
    [
        "Image CFG scale", "Face restoration", "Variation seed", "Variation seed strength", "Seed resize from", "Conditional mask weight", "Token merging ratio",
        "Token merging ratio hr", "NGMS", "Tiling", "Schedule max sigma", "Schedule min sigma", "Schedule rho", "Sigma churn", "Sigma tmin", "Sigma tmax", "Sigma noise",
        "Hires checkpoint", "Refiner", "Refiner switch at", "SGM noise multiplier", "Skip Early CFG", "Beta schedule alpha", "Beta schedule beta", "Old prompt editing timelines",
        "Extra noise", "Hypernet", "Mask blur", "Inpaint area", "Distilled CFG Scale", "Zero star",
    ];

    public bool IsInfotext => source.IsInfotext;

    public Dialect Dialect => source.Dialect;

    /// <summary>Whether A1111, or one of its kin, wrote the line itself: it says its version or the model's hash.</summary>
    public bool IsByA1111 => source.IsInfotext && (Find("Version") is { } version
        ? !version.Value.StartsWith("kohaku", StringComparison.OrdinalIgnoreCase) && !version.Value.StartsWith("ComfyUI", StringComparison.OrdinalIgnoreCase)
        : Find("Model hash") is not null);

    /// <summary>Whether the prompt has brackets at all: A1111 names the emphasis mode only then.</summary>
    public bool HasEmphasis => source.Positive.AsSpan().IndexOfAny('(', '[') >= 0 || source.Negative.AsSpan().IndexOfAny('(', '[') >= 0;

    public bool HasHires => Find("Hires upscale") is not null || Find("Hires resize") is not null;

    public ParameterValue? Find(string key) => source.Find(key);

    public int? Whole(string key, int least, int most) => Find(key) is { } found ? RequestValues.Whole(found.Value, found.Place, least, most) : null;

    public double? Number(string key, double least, double most) => Find(key) is { } found ? RequestValues.Number(found.Value, found.Place, least, most) : null;

    public long? Long(string key) => Find(key) is not { } found
        ? null
        : long.TryParse(found.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new GenerationException($"{found.Place}: {key}: `{found.Value}` is no whole number");

    public ulong? Seed(string key) => Find(key) is { } found ? RequestValues.Seed(found.Value, found.Place) : null;

    public (int Width, int Height)? Size(string key) => Find(key) is { } found ? RequestValues.Size(found.Value, found.Place) : null;

    public (SamplerKind Sampler, ScheduleKind? Joined)? Sampler(string key) => Find(key) is { } found ? RequestValues.Sampler(found.Value, found.Place) : null;

    public ScheduleKind? Schedule(string key) => Find(key) is { } found ? RequestValues.Schedule(found.Value, found.Place) : null;

    public (SamplerKind? Sampler, ScheduleKind? Joined) HiresSampler() =>
        IsUseSame("Hires sampler") || Sampler("Hires sampler") is not { } found ? (null, null) : (found.Sampler, found.Joined);

    public ScheduleKind? HiresSchedule() => IsUseSame("Hires schedule type") ? null : Schedule("Hires schedule type");

    /// <summary>The size that <c>Hires upscale</c> or <c>Hires resize</c> asks for, as A1111 takes it: cut to whole latents, a side of 0 from the other one.</summary>
    public (int Width, int Height)? HiresSize(int width, int height)
    {
        var resize = Find("Hires resize");
        if (resize is not null && resize.Value is not "0x0")
        {
            if (!Analysis.Parameters.ParameterCheck.TrySize(resize.Value, out var toWidth, out var toHeight))
                throw new GenerationException($"{resize.Place}: `{resize.Value}` is no size", "Write it as 1248x1824");
            if (toHeight == 0) toHeight = (int)((long)toWidth * height / width);
            if (toWidth == 0) toWidth = (int)((long)toHeight * width / height);
            return Cut(toWidth, toHeight, resize.Place);
        }

        if (Find("Hires upscale") is not { } upscale || Number("Hires upscale", 0, 64) is not { } scale || scale == 0) return null;
        return Cut((int)(width * scale), (int)(height * scale), upscale.Place);
    }

    /// <summary>Notes what stands in the line and changes nothing here.</summary>
    public void NoteWithoutEffect(GenerationRequest request)
    {
        if (Find("Clip skip") is { } clip) notes.Add($"{clip.Place}: Clip skip has no effect on SDXL");

        var foreign = source.Parameters.Where(parameter => Foreign.Contains(parameter.Key, StringComparer.OrdinalIgnoreCase)).Select(parameter => parameter.Key).Distinct().ToList();
        if (foreign.Count > 0) notes.Add($"{string.Join(", ", foreign)}: nothing that kohaku can do, so that the picture will differ");
        if (request.Start is null && request.Hires is null && Find("Denoising strength") is { } denoise)
            notes.Add($"{denoise.Place}: Denoising strength has no effect without --init or a hires pass");
        if (request.SeedDialect == SeedDialect.Comfy && request.Sampler is SamplerKind.EulerAncestral or SamplerKind.Dpm2Ancestral or SamplerKind.DpmPlusPlus2SAncestral)
            notes.Add($"{JobNames.Of(request.Sampler)}: ComfyUI draws an ancestral sampler's noise on its device, so that its pictures are not made again exactly");
    }

    private static (int, int) Cut(int width, int height, string place)
    {
        (width, height) = (width / RequestValues.SideStep * RequestValues.SideStep, height / RequestValues.SideStep * RequestValues.SideStep);
        RequestValues.Side(width, place);
        RequestValues.Side(height, place);
        return (width, height);
    }

    private bool IsUseSame(string key) => Find(key) is { } found && found.Value.StartsWith("Use same", StringComparison.OrdinalIgnoreCase);
}
