namespace Kohaku.Generation.Pipeline;

/// <summary>Sizes between two passes: where their aspects differ, the first pass's image is enlarged until it covers the second's, and cut to it about the middle (A1111's <c>calculate_target_resolution</c> and <c>sample_hr_pass</c>).</summary>
internal static class HiresSize
{
    /// <summary>The size to enlarge to, in pixels.</summary>
    public static (int Width, int Height) Covering(int width, int height, int newWidth, int newHeight) =>
        (long)width * newHeight < (long)newWidth * height ? (newWidth, (int)((long)newWidth * height / width)) : ((int)((long)newHeight * width / height), newHeight);

    /// <summary>The middle of a latent.</summary>
    /// <param name="latent"><c>[channels, height, width]</c>.</param>
    /// <param name="height">Its rows.</param>
    /// <param name="width">Its columns.</param>
    /// <param name="newHeight">Rows asked for, at most as many.</param>
    /// <param name="newWidth">Columns asked for, at most as many.</param>
    /// <returns><c>[channels, newHeight, newWidth]</c>.</returns>
    public static float[] Cropped(float[] latent, int height, int width, int newHeight, int newWidth)
    {
        if ((height, width) == (newHeight, newWidth)) return latent;

        var (top, left) = ((height - newHeight) / 2, (width - newWidth) / 2);
        var channels = latent.Length / (height * width);
        var cropped = new float[channels * newHeight * newWidth];
        for (var channel = 0; channel < channels; channel++)
        {
            for (var row = 0; row < newHeight; row++)
                latent.AsSpan((((channel * height) + top + row) * width) + left, newWidth).CopyTo(cropped.AsSpan(((channel * newHeight) + row) * newWidth));
        }

        return cropped;
    }
}
