using Kohaku.Generation.Doctor;
using Kohaku.Generation.Models;
using Kohaku.Generation.Runtime;
using Kohaku.Jobs;
using Microsoft.ML.OnnxRuntime;

namespace Kohaku.Generation.Tests.Gpu;

public sealed class OrtLibraryTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kohaku-ort-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_api_that_is_asked_for_is_that_of_the_library_that_ships()
    {
        // Makes sure that there is an environment.
        Assert.Null(Devices.WhyNot(DeviceKind.Cpu));
        Assert.StartsWith($"1.{OrtLibrary.ApiVersion}.", OrtEnv.Instance().GetVersionString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_library_that_is_not_there_is_told() => Assert.EndsWith("libnone.so is missing", Refused("libnone.so").Message, StringComparison.Ordinal);

    [Fact]
    public void What_is_no_library_is_told()
    {
        File.WriteAllBytes(Path.Combine(_folder, "broken.so"), [1, 2, 3]);
        Assert.Contains("broken.so cannot be loaded: ", Refused("broken.so").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_library_is_not_ONNX_Runtime()
    {
        var skia = Directory.EnumerateFiles(AppContext.BaseDirectory, "libSkiaSharp*", SearchOption.AllDirectories).First(file => file.Contains(OperatingSystem.IsLinux() ? "linux-x64" : "", StringComparison.Ordinal));
        Assert.EndsWith("is not ONNX Runtime", Assert.Throws<ModelException>(() => OrtLibrary.Load(skia)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_library_that_is_missing_is_named_before_any_is_chosen()
    {
        var missing = NeededLibrary.FirstMissing(_folder, file => file.Contains("cublas", StringComparison.OrdinalIgnoreCase) ? "no such file" : null);
        Assert.Equal("cuBLASLt", missing!.Library.Name);
        Assert.Contains("CUDA Toolkit 13", missing.Library.Help, StringComparison.Ordinal);
        Assert.Null(NeededLibrary.FirstMissing(_folder, _ => null));
    }

    private ModelException Refused(string name) => Assert.Throws<ModelException>(() => OrtLibrary.Load(Path.Combine(_folder, name)));
}
