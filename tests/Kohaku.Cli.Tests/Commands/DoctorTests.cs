using System.Text;
using Kohaku.Cli.Commands;
using Kohaku.Cli.Terminal;
using Kohaku.Generation.Doctor;
using Kohaku.Generation.Runtime;
using Kohaku.Jobs;

namespace Kohaku.Cli.Tests.Commands;

public sealed class DoctorTests
{
    [Fact]
    public void The_processor_works_and_says_how_fast_it_is()
    {
        var run = Cli.Run("doctor");

        Assert.Equal(0, run.Code);
        Assert.Matches(@"(?m)^ONNX Runtime    \d+\.\d+\.\d+$", run.Output);
        Assert.Matches(@"(?m)^processor       works: \d+ threads, [1-9]\d* GFLOP/s in single precision$", run.Output);
        Assert.Matches(@"(?m)^memory          \d+\.\d GB of \d+\.\d GB free; an image of 1024x1024 takes about \d+\.\d GB, on a card \d+\.\d GB of its own$", run.Output);
    }

    [Fact]
    public void Every_library_is_tried_by_its_own_name()
    {
        var tried = new List<string>();
        var report = MachineReport.Of(file =>
        {
            tried.Add(file);
            return file.Contains("cudnn", StringComparison.Ordinal) ? "no such file" : null;
        });

        Assert.Equal(NeededLibrary.In(AppContext.BaseDirectory).Select(library => library.File), tried);
        Assert.Equal(["cuDNN"], report.Libraries.Where(library => library.Problem is not null).Select(library => library.Library.Name));
    }

    [Fact]
    public void The_first_library_that_is_missing_is_named_with_what_to_install()
    {
        var report = new MachineReport(
            "1.0.0",
            new TriedDevice(DeviceKind.Cpu, null, 100),
            new TriedDevice(DeviceKind.Cuda, "no provider", 0),
            null,
            [new(new("driver", "libcuda.so.1", "Install the driver"), null), new(new("cuBLAS", "libcublas.so.13", "Install CUDA"), "no such file"), new(new("cuDNN", "libcudnn.so.9", "Install cuDNN"), "no such file")],
            4_000_000_000,
            8_000_000_000);
        using var output = new MemoryStream();
        DoctorCommand.Write(report, new Session(() => Stream.Null, output, Stream.Null, _ => null, Look.Plain, Look.Plain, () => false, Environment.CurrentDirectory, TimeProvider.System, () => default));
        var lines = Encoding.UTF8.GetString(output.ToArray()).Split('\n');

        Assert.Equal(
            [
                "CUDA            does not work: no provider", "  driver        libcuda.so.1                            found",
                "  cuBLAS        libcublas.so.13                         missing: no such file", "  cuDNN         libcudnn.so.9                           missing: no such file", "  = Install CUDA", "",
            ],
            lines[3..]);
    }

    [Fact]
    public void A_library_that_is_not_there_is_said_to_be_missing()
    {
        Assert.Equal("no such file", MachineReport.Load(Path.Combine(Path.GetTempPath(), "libnone.so")));
        var reason = MachineReport.Load("libnone-of-this-name.so");
        Assert.NotNull(reason);
        if (OperatingSystem.IsLinux()) Assert.Equal("cannot open shared object file: No such file or directory", reason);
    }
}
