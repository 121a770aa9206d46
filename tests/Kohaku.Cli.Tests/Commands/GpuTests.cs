using System.Diagnostics;
using Kohaku.Generation.Doctor;

namespace Kohaku.Cli.Tests.Commands;

/// <summary>The program in a process of its own, since a process chooses ONNX Runtime once: the native program where <c>KOHAKU_NATIVE</c> names one. NVIDIA's libraries are stood in for by another.</summary>
public sealed class GpuTests : IDisposable
{
    private static readonly string s_library = Path.Combine(AppContext.BaseDirectory, "kohaku.dll");
    private static readonly string? s_native = Environment.GetEnvironmentVariable("KOHAKU_NATIVE") is { Length: > 0 } path ? path : null;

    private readonly string _folder = Directory.CreateTempSubdirectory("kohaku-gpu-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Nothing_is_installed_at_first()
    {
        var run = Cli.Run(["gpu", "status"], "", data: Path.Combine(_folder, "data"));
        Assert.Equal((1, "not installed: kohaku gpu install fetches it\n"), (run.Code, run.Output));
        Assert.StartsWith("nothing is installed in ", Cli.Run(["gpu", "remove"], "", data: Path.Combine(_folder, "data")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_copy_in_a_named_folder_is_loaded_in_place_of_the_library_that_ships()
    {
        if (!OperatingSystem.IsLinux()) return;

        var copy = Copy(withCuda: true);
        var (code, output, error) = Run("doctor");

        Assert.Equal(0, code);
        Assert.Contains($"calling init: {copy}", error, StringComparison.Ordinal);
        Assert.DoesNotContain($"calling init: {Shipped}", error, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^processor       works: ", output);
        Assert.Matches("(?m)^CUDA            does not work: .*CUDA execution provider is not enabled", output);
    }

    [Fact]
    public void Where_a_library_of_the_card_is_missing_the_one_that_ships_stays()
    {
        if (!OperatingSystem.IsLinux()) return;

        var copy = Copy(withCuda: false);
        var (code, output, error) = Run("doctor");

        Assert.Equal(0, code);
        Assert.DoesNotContain($"calling init: {copy}", error, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^CUDA            does not work: \w.* \(lib\w+\.so\.\d+\): .*Install ", output);
    }

    private static string Shipped => s_native is { } native ? Path.Combine(Path.GetDirectoryName(native)!, "libonnxruntime.so") : Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native", "libonnxruntime.so");

    private string Copy(bool withCuda)
    {
        var gpu = Directory.CreateDirectory(Path.Combine(_folder, "a card's")).FullName;
        var copy = Path.Combine(gpu, "libonnxruntime.so");
        File.Copy(Shipped, copy);
        foreach (var needed in NeededLibrary.In(gpu))
        {
            if (Path.IsPathRooted(needed.File)) File.Create(needed.File).Dispose();
            else if (withCuda) File.CreateSymbolicLink(Path.Combine(_folder, needed.File), "/lib/x86_64-linux-gnu/libm.so.6");
        }

        return copy;
    }

    private (int Code, string Output, string Error) Run(string command)
    {
        var start = new ProcessStartInfo(s_native ?? "dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        if (s_native is null) start.ArgumentList.Add(s_library);
        start.ArgumentList.Add(command);
        start.Environment["KOHAKU_GPU_LIBRARY"] = Path.Combine(_folder, "a card's");
        start.Environment["LD_LIBRARY_PATH"] = _folder;
        start.Environment["LD_DEBUG"] = "files";
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.GetAwaiter().GetResult());
    }
}
