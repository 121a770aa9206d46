namespace Kohaku.Generation.Images;

/// <summary>An image in memory, eight bits a channel.</summary>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
/// <param name="Pixels">Red, green, blue, row by row from the top; <c>[height, width, 3]</c>.</param>
public sealed record RgbImage(int Width, int Height, byte[] Pixels)
{
    /// <summary>What the VAE's encoder takes: x/127.5 − 1.</summary>
    /// <returns>−1 to 1, <c>[3, height, width]</c>.</returns>
    public float[] ToPlanes()
    {
        var size = Width * Height;
        var planes = new float[3 * size];
        for (var i = 0; i < size; i++)
        {
            for (var channel = 0; channel < 3; channel++) planes[channel * size + i] = Pixels[3 * i + channel] / 127.5f - 1;
        }

        return planes;
    }

    /// <summary>An image of what the VAE's decoder gives: round(255 · clamp(x/2 + ½, 0, 1)), halves to even as torch and numpy round; NaN is black.</summary>
    /// <param name="planes">About −1 to 1, <c>[3, height, width]</c>.</param>
    /// <param name="width">In pixels.</param>
    /// <param name="height">In pixels.</param>
    public static RgbImage FromPlanes(ReadOnlySpan<float> planes, int width, int height)
    {
        var size = width * height;
        ArgumentOutOfRangeException.ThrowIfNotEqual(planes.Length, 3 * size);
        var pixels = new byte[3 * size];
        for (var channel = 0; channel < 3; channel++)
        {
            var plane = planes.Slice(channel * size, size);
            for (var i = 0; i < size; i++)
            {
                var value = plane[i] / 2 + 0.5f;
                pixels[3 * i + channel] = value >= 1 ? (byte)255 : value > 0 ? (byte)MathF.Round(255 * value) : (byte)0;
            }
        }

        return new RgbImage(width, height, pixels);
    }
}
