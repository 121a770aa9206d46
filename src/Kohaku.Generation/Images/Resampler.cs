namespace Kohaku.Generation.Images;

/// <summary>Resizes images to the last bit as Pillow's <c>Image.resize</c> does: horizontally, then vertically, in fixed point with 22 bits of fraction.</summary>
public static class Resampler
{
    private const int FractionBits = 22;

    /// <summary>The image in another size; the same object where the size is the same.</summary>
    public static RgbImage Resize(RgbImage image, int width, int height, ResamplingFilter filter)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        if (filter == ResamplingFilter.Nearest) return ResizeToNearest(image, width, height);
        if (width != image.Width) image = Across(image, width, filter);
        return height == image.Height ? image : Down(image, height, filter);
    }

    private static RgbImage Across(RgbImage image, int width, ResamplingFilter filter)
    {
        var taps = new Taps(image.Width, width, filter);
        var (source, pixels) = (image.Pixels, new byte[width * image.Height * 3]);
        for (var y = 0; y < image.Height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var weights = taps.WeightsOf(x);
                var at = (y * image.Width + taps.FirstOf(x)) * 3;
                int red = 1 << (FractionBits - 1), green = red, blue = red;
                foreach (var weight in weights)
                {
                    red += source[at] * weight;
                    green += source[at + 1] * weight;
                    blue += source[at + 2] * weight;
                    at += 3;
                }

                var to = (y * width + x) * 3;
                (pixels[to], pixels[to + 1], pixels[to + 2]) = (Clip(red), Clip(green), Clip(blue));
            }
        }

        return new RgbImage(width, image.Height, pixels);
    }

    private static RgbImage Down(RgbImage image, int height, ResamplingFilter filter)
    {
        var taps = new Taps(image.Height, height, filter);
        var stride = image.Width * 3;
        var (source, pixels) = (image.Pixels, new byte[stride * height]);
        var sums = new int[stride];
        for (var y = 0; y < height; y++)
        {
            Array.Fill(sums, 1 << (FractionBits - 1));
            var row = taps.FirstOf(y);
            foreach (var weight in taps.WeightsOf(y))
            {
                var from = source.AsSpan(row++ * stride, stride);
                for (var i = 0; i < from.Length; i++) sums[i] += from[i] * weight;
            }

            for (var i = 0; i < sums.Length; i++) pixels[y * stride + i] = Clip(sums[i]);
        }

        return new RgbImage(image.Width, height, pixels);
    }

    // Pillow's affine transform: the place is summed up, not multiplied, and so are its rounding errors.
    private static RgbImage ResizeToNearest(RgbImage image, int width, int height)
    {
        if (width == image.Width && height == image.Height) return image;

        var columns = Places(image.Width, width);
        var rows = Places(image.Height, height);
        var pixels = new byte[width * height * 3];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
                image.Pixels.AsSpan((rows[y] * image.Width + columns[x]) * 3, 3).CopyTo(pixels.AsSpan((y * width + x) * 3));
        }

        return new RgbImage(width, height, pixels);

        static int[] Places(int from, int to)
        {
            var scale = (double)from / to;
            var places = new int[to];
            var place = scale * 0.5;
            for (var i = 0; i < to; i++, place += scale) places[i] = Math.Min((int)place, from - 1);
            return places;
        }
    }

    private static byte Clip(int sum) => (byte)Math.Clamp(sum >> FractionBits, 0, 255);

    /// <summary>For each pixel of a row: from which pixel on it is summed up, and with which weights.</summary>
    private sealed class Taps
    {
        private readonly int _size;
        private readonly int[] _first;
        private readonly int[] _count;
        private readonly int[] _weights;

        public Taps(int from, int to, ResamplingFilter filter)
        {
            var scale = (double)from / to;
            var filterScale = Math.Max(1, scale);
            var support = filter.Support * filterScale;
            _size = (int)Math.Ceiling(support) * 2 + 1;
            (_first, _count, _weights) = (new int[to], new int[to], new int[to * _size]);
            var exact = new double[_size];
            for (var x = 0; x < to; x++)
            {
                var centre = (x + 0.5) * scale;
                var first = Math.Max(0, (int)(centre - support + 0.5));
                var count = Math.Min(from, (int)(centre + support + 0.5)) - first;
                (_first[x], _count[x]) = (first, count);
                var sum = 0.0;
                for (var i = 0; i < count; i++) sum += exact[i] = filter.Weight((i + first - centre + 0.5) * (1 / filterScale));
                for (var i = 0; i < count; i++)
                {
                    var weight = sum == 0 ? exact[i] : exact[i] / sum;
                    _weights[x * _size + i] = (int)((weight < 0 ? -0.5 : 0.5) + weight * (1 << FractionBits));
                }
            }
        }

        public int FirstOf(int x) => _first[x];

        public ReadOnlySpan<int> WeightsOf(int x) => _weights.AsSpan(x * _size, _count[x]);
    }
}
