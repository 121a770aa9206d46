namespace Kohaku.Generation.Schedules;

/// <summary>ComfyUI's table (<c>ModelSamplingDiscrete</c>): σ and log σ in fp64, each rounded once.</summary>
internal sealed class ComfyTable : NoiseTable
{
    public ComfyTable()
        : this(Array.ConvertAll(AlphaProducts(), product => Math.Sqrt((1 - product) / product)))
    {
    }

    private ComfyTable(double[] sigmas)
        : base(Array.ConvertAll(sigmas, sigma => (float)sigma), Array.ConvertAll(sigmas, sigma => (float)Math.Log(sigma)))
    {
    }

    public override float TimeOf(float sigma) => NearestIndex(sigma);
}
