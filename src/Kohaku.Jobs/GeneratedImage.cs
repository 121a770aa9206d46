namespace Kohaku.Jobs;

/// <summary>An image that is finished.</summary>
public sealed record GeneratedImage
{
    /// <summary>Which image of the request, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>Its seed.</summary>
    public required ulong Seed { get; init; }

    /// <summary>In pixels.</summary>
    public required int Width { get; init; }

    /// <summary>In pixels.</summary>
    public required int Height { get; init; }

    /// <summary>Red, green, blue, row by row from the top; <c>[height, width, 3]</c>.</summary>
    public required byte[] Pixels { get; init; }

    /// <summary>The infotext that makes it again: <see cref="ParameterText.Of"/>.</summary>
    public required string Parameters { get; init; }

    /// <summary>The latent that was decoded, not yet divided by the latent scale, <c>[4, height / 8, width / 8]</c>; <see langword="null"/> where it stayed on the device.</summary>
    public float[]? Latent { get; init; }
}
