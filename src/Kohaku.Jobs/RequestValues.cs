using System.Globalization;
using Kohaku.Analysis.Parameters;
using Kohaku.Analysis.Text;

namespace Kohaku.Jobs;

/// <summary>Reads single values of a request: each is right, or one clear error that says where it stands.</summary>
internal static class RequestValues
{
    public const int LeastSide = 64;
    public const int LargestSide = 4096;
    public const int SmallSide = 256;
    public const int SideStep = 8;
    public const int MostSteps = 1000;
    public const double MostGuidance = 100;

    /// <summary>A whole number between two others.</summary>
    public static int Whole(string value, string place, int least, int most) =>
        int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new GenerationException($"{place}: `{value}` is no whole number from {least} to {most}");

    /// <summary>A whole number that the parser has read already.</summary>
    public static int Whole(int value, string place, int least, int most) =>
        value >= least && value <= most ? value : throw new GenerationException($"{place}: {value} is not from {least} to {most}");

    /// <summary>A number between two others.</summary>
    public static double Number(string value, string place, double least, double most) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? Number(number, place, least, most)
            : throw new GenerationException($"{place}: `{value}` is no number");

    /// <summary>A number that is read already.</summary>
    public static double Number(double value, string place, double least, double most) =>
        value >= least && value <= most
            ? value
            : throw new GenerationException(string.Create(CultureInfo.InvariantCulture, $"{place}: {value} is not from {least} to {most}"));

    /// <summary>A seed; <see langword="null"/> for −1, which asks for a random one. Others below 0 are what torch takes them for: 2⁶⁴ more.</summary>
    public static ulong? Seed(string value, string place)
    {
        if (ulong.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seed)) return seed;
        if (!long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var negative))
            throw new GenerationException($"{place}: `{value}` is no seed", "A seed is a whole number below 2^64; -1 asks for a random one");
        return negative == -1 ? null : unchecked((ulong)negative);
    }

    /// <summary>A size that the model can work at.</summary>
    public static (int Width, int Height) Size(string value, string place)
    {
        if (!ParameterCheck.TrySize(value, out var width, out var height)) throw new GenerationException($"{place}: `{value}` is no size", "Write it as 832x1216");

        Side(width, place);
        Side(height, place);
        return (width, height);
    }

    /// <summary>Checks one side of a size.</summary>
    public static void Side(int side, string place)
    {
        if (side < LeastSide) throw new GenerationException($"{place}: a side of {side} is below {LeastSide}", "Ask for a larger size");
        if (side > LargestSide) throw new GenerationException($"{place}: a side of {side} is above {LargestSide}", "Ask for a smaller size");
        if (side % SideStep == 0) return;

        var (below, above) = (side / SideStep * SideStep, (side / SideStep + 1) * SideStep);
        throw new GenerationException($"{place}: a side of {side} is no multiple of {SideStep}", $"The nearest are {below} and {above}");
    }

    /// <summary>A sampler, with the schedule that old names carry behind it: <c>DPM++ 2M Karras</c>.</summary>
    public static (SamplerKind Sampler, ScheduleKind? Joined) Sampler(string value, string place)
    {
        if (PlainNames.TrySampler(value.Trim(), out var sampler, out var joined)) return (sampler, joined);

        var names = Enum.GetValues<SamplerKind>().Select(JobNames.Of).ToList();
        throw Unknown(SamplerNames.IsSampler(value.Trim()) ? "the sampler `{0}` is none that kohaku has" : "there is no sampler `{0}`", value, place, names);
    }

    /// <summary>A schedule.</summary>
    public static ScheduleKind Schedule(string value, string place)
    {
        if (PlainNames.TrySchedule(value.Trim(), out var schedule)) return schedule;

        var names = Enum.GetValues<ScheduleKind>().Select(JobNames.Of).ToList();
        throw Unknown(SamplerNames.IsSchedule(value.Trim()) ? "the schedule `{0}` is none that kohaku has" : "there is no schedule `{0}`", value, place, names);
    }

    /// <summary>An emphasis mode.</summary>
    public static EmphasisKind Emphasis(string value, string place) =>
        JobNames.TryParse(value, out EmphasisKind emphasis) ? emphasis : throw Unknown("there is no emphasis mode `{0}`", value, place, JobNames.EmphasisWords);

    /// <summary>A seed dialect.</summary>
    public static SeedDialect SeedDialect(string value, string place) =>
        JobNames.TryParse(value, out SeedDialect dialect) ? dialect : throw Unknown("there is no seed dialect `{0}`", value, place, JobNames.SeedDialectWords);

    /// <summary>What enlarges between the passes, as it is written in parameters.</summary>
    public static string Upscaler(string value, string place, bool isFromFile, ICollection<string> notes)
    {
        var known = UpscalerNames.All.FirstOrDefault(name => name.Equals(value.Trim(), StringComparison.OrdinalIgnoreCase));
        if (known is not null) return known;
        if (!isFromFile) throw Unknown("there is no upscaler `{0}`", value, place, UpscalerNames.All);

        notes.Add($"{place}: the upscaler `{value}` is a model of its own, which kohaku has not: Lanczos enlarges in its place");
        return "Lanczos";
    }

    private static GenerationException Unknown(string form, string value, string place, IReadOnlyList<string> names)
    {
        var fact = string.Format(CultureInfo.InvariantCulture, form, value);
        var nearest = EditDistance.Nearest(value.Trim(), names);
        return new GenerationException($"{place}: {fact}", nearest is null ? $"One of: {string.Join(", ", names)}" : $"The nearest is {nearest}; all are: {string.Join(", ", names)}");
    }
}
