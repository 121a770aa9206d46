namespace Kohaku.Generation.Schedules;

/// <summary>A1111's table for LCM: every 20th time, and the nearest of them for a level.</summary>
internal sealed class LcmTable : NoiseTable
{
    private const int Stride = 20;

    public LcmTable()
        : this(InterpolatedTable.Levels([.. InterpolatedTable.RoundedAlphaProducts().Where((_, time) => time % Stride == Stride - 1)]))
    {
    }

    private LcmTable(float[] sigmas)
        : base(sigmas, LogsOf(sigmas))
    {
    }

    public override float TimeOf(float sigma) => (NearestIndex(sigma) * Stride) + Stride - 1;

    public override float SigmaAt(float time) => AtIndex((time - (Stride - 1)) / Stride);
}
