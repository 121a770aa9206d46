using System.Diagnostics.CodeAnalysis;

namespace Kohaku.Generation.Images;

/// <summary>How latents are enlarged between the passes: A1111's <c>latent_upscale_modes</c>, which are torch's <c>interpolate</c>.</summary>
/// <remarks>Pixels' centres lie at halves (<c>align_corners=False</c>). torch's cubic has a = −¾, with antialiasing a = −½.</remarks>
public sealed class LatentUpscaler
{
    private readonly Func<int, int, (int First, float[] Weights)[]> _taps;

    private LatentUpscaler(string name, Func<int, int, (int First, float[] Weights)[]> taps) => (Name, _taps) = (name, taps);

    /// <summary>A1111's latent upscalers, the default first.</summary>
    public static IReadOnlyList<LatentUpscaler> All { get; } =
    [
        new("Latent", Linear),
        new("Latent (antialiased)", (from, to) => Antialiased(from, to, 1, static x => Math.Max(0, 1 - x))),
        new("Latent (bicubic)", Cubic),
        new("Latent (bicubic antialiased)", (from, to) => Antialiased(from, to, 2, static x => CubicWeight(x, -0.5f))),
        new("Latent (nearest)", (from, to) => Nearest(from, to, 0)),
        new("Latent (nearest-exact)", (from, to) => Nearest(from, to, 0.5f)),
    ];

    /// <summary>A1111's name of it.</summary>
    public string Name { get; }

    /// <summary>Finds an upscaler by A1111's name, in any case.</summary>
    public static bool TryParse(string name, [NotNullWhen(true)] out LatentUpscaler? upscaler)
    {
        upscaler = All.FirstOrDefault(known => known.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        return upscaler is not null;
    }

    /// <summary>Resizes a latent.</summary>
    /// <param name="latent"><c>[channels, height, width]</c>.</param>
    /// <param name="height">Its rows.</param>
    /// <param name="width">Its columns.</param>
    /// <param name="newHeight">Rows asked for.</param>
    /// <param name="newWidth">Columns asked for.</param>
    /// <returns><c>[channels, newHeight, newWidth]</c>.</returns>
    public float[] Resize(ReadOnlySpan<float> latent, int height, int width, int newHeight, int newWidth)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(latent.Length % (height * width), 0);
        var channels = latent.Length / (height * width);
        var (across, down) = (_taps(width, newWidth), _taps(height, newHeight));
        var rows = new float[channels * height * newWidth];
        for (var row = 0; row < channels * height; row++)
        {
            for (var x = 0; x < newWidth; x++)
            {
                var (first, weights) = across[x];
                var sum = 0f;
                for (var i = 0; i < weights.Length; i++) sum += weights[i] * latent[row * width + Math.Clamp(first + i, 0, width - 1)];
                rows[row * newWidth + x] = sum;
            }
        }

        var resized = new float[channels * newHeight * newWidth];
        for (var channel = 0; channel < channels; channel++)
        {
            for (var y = 0; y < newHeight; y++)
            {
                var (first, weights) = down[y];
                var target = resized.AsSpan((channel * newHeight + y) * newWidth, newWidth);
                for (var i = 0; i < weights.Length; i++)
                {
                    var source = rows.AsSpan((channel * height + Math.Clamp(first + i, 0, height - 1)) * newWidth, newWidth);
                    for (var x = 0; x < newWidth; x++) target[x] += weights[i] * source[x];
                }
            }
        }

        return resized;
    }

    private static (int, float[])[] Linear(int from, int to) => Each(from, to, (scale, i) =>
    {
        var place = Math.Max(0, scale * (i + 0.5f) - 0.5f);
        var share = place - (int)place;
        return ((int)place, [1 - share, share]);
    });

    private static (int, float[])[] Cubic(int from, int to) => Each(from, to, (scale, i) =>
    {
        var place = scale * (i + 0.5f) - 0.5f;
        var first = MathF.Floor(place);
        var share = place - first;
        return ((int)first - 1, [CubicWeight(1 + share, -0.75f), CubicWeight(share, -0.75f), CubicWeight(1 - share, -0.75f), CubicWeight(2 - share, -0.75f)]);
    });

    private static (int, float[])[] Nearest(int from, int to, float centre) =>
        Each(from, to, (scale, i) => (Math.Min((int)(scale * (i + centre)), from - 1), [1]));

    private static (int, float[])[] Antialiased(int from, int to, float reach, Func<float, float> weight) => Each(from, to, (scale, i) =>
    {
        var width = Math.Max(1, scale);
        var support = reach * width;
        var centre = scale * (i + 0.5f);
        var first = Math.Max(0, (int)(centre - support + 0.5f));
        var weights = new float[Math.Min(from, (int)(centre + support + 0.5f)) - first];
        for (var tap = 0; tap < weights.Length; tap++) weights[tap] = weight(Math.Abs((tap + first - centre + 0.5f) / width));
        var sum = weights.Sum();
        for (var tap = 0; tap < weights.Length; tap++) weights[tap] /= sum;
        return (first, weights);
    });

    private static (int, float[])[] Each(int from, int to, Func<float, int, (int, float[])> tap)
    {
        var scale = (float)from / to;
        var taps = new (int, float[])[to];
        for (var i = 0; i < to; i++) taps[i] = tap(scale, i);
        return taps;
    }

    private static float CubicWeight(float x, float a)
    {
        if (x < 1) return ((a + 2) * x - (a + 3)) * x * x + 1;
        return x < 2 ? ((a * x - 5 * a) * x + 8 * a) * x - 4 * a : 0;
    }
}
