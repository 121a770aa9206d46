using System.Globalization;
using System.Numerics;
using Kohaku.Analysis.Text;

namespace Kohaku.Analysis.Parameters;

/// <summary>What is wrong with a parameter's value, and what may have been meant.</summary>
/// <param name="Message">The fact.</param>
/// <param name="Nearest">The nearest value that exists, or null.</param>
public readonly record struct ParameterFault(string Message, string? Nearest = null);

/// <summary>Values that A1111's parameters can have.</summary>
public static class ParameterCheck
{
    private static readonly string[] EmphasisModes = ["None", "Ignore", "Original", "ComfyUI", "No norm"];
    private static readonly string[] SeedDialects = ["diffusers", "comfy", "a1111-cpu", "a1111-nv"];
    private static readonly string[] Generators = ["GPU", "CPU", "NV"];

    /// <summary>What is wrong with a value, or null.</summary>
    /// <param name="key">The parameter, in any case.</param>
    /// <param name="value">Its value, without outer blanks.</param>
    public static ParameterFault? Of(ReadOnlySpan<char> key, ReadOnlySpan<char> value)
    {
        if (Is(key, "Sampler") || Is(key, "Hires sampler")) return Sampler(key, value);
        if (Is(key, "Schedule type") || Is(key, "Hires schedule type")) return Schedule(key, value);
        if (Is(key, "Steps")) return Whole(value, 1, 100_000, "a number of steps, at least 1");
        if (Is(key, "Hires steps")) return Whole(value, 0, 100_000, "a number of steps");
        if (Is(key, "Clip skip")) return Whole(value, 1, 12, "a number of layers from 1 to 12");
        if (Is(key, "Seed") || Is(key, "Variation seed")) return Seed(value);
        if (Is(key, "CFG scale") || Is(key, "Hires CFG Scale")) return Number(value, 0, double.MaxValue, "a number, at least 0");
        if (Is(key, "Denoising strength")) return Number(value, 0, 1, "a number from 0 to 1");
        if (Is(key, "Hires upscale")) return Number(value, 0, double.MaxValue, "a number");
        if (Is(key, "Size")) return TrySize(value, out _, out _) ? null : new ParameterFault($"`{value}` is no size: write it as 1024x1024");
        if (Is(key, "Emphasis")) return OneOf(value, EmphasisModes, "emphasis mode");
        if (Is(key, "Seed dialect")) return OneOf(value, SeedDialects, "seed dialect");
        return Is(key, "RNG") ? OneOf(value, Generators, "random number generator") : null;
    }

    /// <summary>Reads <c>1024x1024</c>.</summary>
    public static bool TrySize(ReadOnlySpan<char> value, out int width, out int height)
    {
        (width, height) = (0, 0);
        var x = value.IndexOfAny('x', 'X');
        return x > 0 && int.TryParse(value[..x], NumberStyles.None, CultureInfo.InvariantCulture, out width)
            && int.TryParse(value[(x + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out height);
    }

    private static bool Is(ReadOnlySpan<char> key, string name) => key.Equals(name, StringComparison.OrdinalIgnoreCase);

    private static ParameterFault? Sampler(ReadOnlySpan<char> key, ReadOnlySpan<char> value)
    {
        if (SamplerNames.IsSampler(value) || IsUseSame(key, value)) return null;
        return new ParameterFault($"there is no sampler `{value}`", EditDistance.Nearest(value.ToString(), SamplerNames.Samplers));
    }

    private static ParameterFault? Schedule(ReadOnlySpan<char> key, ReadOnlySpan<char> value)
    {
        if (SamplerNames.IsSchedule(value) || IsUseSame(key, value)) return null;
        return new ParameterFault($"there is no schedule type `{value}`", EditDistance.Nearest(value.ToString(), SamplerNames.Schedules));
    }

    private static bool IsUseSame(ReadOnlySpan<char> key, ReadOnlySpan<char> value) =>
        key.StartsWith("Hires", StringComparison.OrdinalIgnoreCase) && value.StartsWith("Use same", StringComparison.OrdinalIgnoreCase);

    private static ParameterFault? OneOf(ReadOnlySpan<char> value, string[] names, string what)
    {
        foreach (var name in names)
            if (value.Equals(name, StringComparison.OrdinalIgnoreCase)) return null;
        return new ParameterFault($"there is no {what} `{value}`", EditDistance.Nearest(value.ToString(), names) ?? names[^1]);
    }

    private static ParameterFault? Whole(ReadOnlySpan<char> value, int least, int most, string what) =>
        int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? null
            : new ParameterFault($"`{value}` is not {what}");

    private static ParameterFault? Number(ReadOnlySpan<char> value, double least, double most, string what) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) && number >= least && number <= most
            ? null
            : new ParameterFault($"`{value}` is not {what}");

    private static ParameterFault? Seed(ReadOnlySpan<char> value)
    {
        if (value.Length > 64 || !BigInteger.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seed))
            return new ParameterFault($"`{value}` is no whole number");
        return seed >= long.MinValue && seed <= ulong.MaxValue ? null : new ParameterFault("a seed has at most 64 bits");
    }
}
