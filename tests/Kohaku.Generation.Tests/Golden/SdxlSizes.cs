namespace Kohaku.Generation.Tests.Golden;

/// <summary>Sizes of an SDXL model; the defaults are the scaled-down one's.</summary>
internal sealed record SdxlSizes
{
    public static SdxlSizes Real { get; } = new()
    {
        Channels = 320, Depths = [0, 2, 10], MiddleDepth = 10, First = (768, 12), Second = (1280, 32), Projection = 1280, VaeChannels = 128,
    };

    public int Channels { get; init; } = 32;

    public int[] Multipliers { get; init; } = [1, 2, 4];

    public int[] Depths { get; init; } = [0, 1, 2];

    public int MiddleDepth { get; init; } = 2;

    public int Blocks { get; init; } = 2;

    public (int Width, int Layers) First { get; init; } = (128, 3);

    public (int Width, int Layers) Second { get; init; } = (192, 4);

    public int Projection { get; init; } = 160;

    public int Vocabulary { get; init; } = 49408;

    public int VaeChannels { get; init; } = 32;

    public int[] VaeMultipliers { get; init; } = [1, 2, 4, 4];

    public int VaeBlocks { get; init; } = 2;

    /// <summary>Whether <c>proj_in</c>, <c>proj_out</c> and the VAE's attention have the other of the two ranks that they come in.</summary>
    public bool HasOtherRanks { get; init; }
}
