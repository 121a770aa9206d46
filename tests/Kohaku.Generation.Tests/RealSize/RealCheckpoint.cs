using System.Diagnostics;
using Kohaku.Generation.Tests.Golden;

namespace Kohaku.Generation.Tests.RealSize;

/// <summary>A checkpoint at SDXL's dimensions: 2,514 tensors, 6.9 GB of F16 by formula. In the temporary folder, gone after the tests.</summary>
public sealed class RealCheckpoint : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("kohaku-real-");

    public RealCheckpoint()
    {
        Path = System.IO.Path.Combine(_folder.FullName, "kohaku-real.safetensors");
        var watch = Stopwatch.StartNew();
        FormulaCheckpoint.WriteHalves(Path, SdxlManifest.Of(SdxlSizes.Real));
        Written = watch.Elapsed;
    }

    /// <summary>Its path.</summary>
    public string Path { get; }

    /// <summary>How long it took to write.</summary>
    public TimeSpan Written { get; }

    public void Dispose() => _folder.Delete(recursive: true);
}
