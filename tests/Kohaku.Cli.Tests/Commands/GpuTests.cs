using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Kohaku.Generation.Doctor;
using Kohaku.Workspace;

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
        var json = Cli.Run(["gpu", "status", "--json"], "", data: Path.Combine(_folder, "data"));
        Assert.Equal((1, $$"""{"version":"{{GpuFolder.Version}}","folder":null,"works":false,"problem":"not installed: kohaku gpu install fetches it","libraries":[]}""" + "\n"), (json.Code, json.Output));
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

    [Fact]
    public void A_folder_that_the_command_line_names_goes_before_the_variable()
    {
        var (code, output, _) = Run("gpu", "status", "--gpu-library", Path.Combine(_folder, "none"));

        Assert.Equal(1, code);
        Assert.Contains($"CUDA            does not work: {Path.Combine(_folder, "none")}: no such folder. Correct --gpu-library or ", output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_status_for_programs_says_of_each_library_whether_it_is_there_and_what_to_do()
    {
        if (!OperatingSystem.IsLinux()) return;

        Copy(withCuda: false);
        var (code, output, _) = Run("gpu", "status", "--json");
        using var json = JsonDocument.Parse(output);
        var libraries = json.RootElement.GetProperty("libraries").EnumerateArray().ToList();

        Assert.Equal(1, code);
        Assert.Equal(Path.Combine(_folder, "a card's"), json.RootElement.GetProperty("folder").GetString());
        Assert.False(json.RootElement.GetProperty("works").GetBoolean());
        Assert.Equal(NeededLibrary.In("").Select(library => library.Name), libraries.Select(library => library.GetProperty("name").GetString()));
        var driver = libraries[0];
        Assert.Equal((false, "libcuda.so.1"), (driver.GetProperty("found").GetBoolean(), driver.GetProperty("file").GetString()));
        Assert.Contains(driver.GetProperty("problem").GetString()!, json.RootElement.GetProperty("problem").GetString(), StringComparison.Ordinal);
        Assert.StartsWith("Install NVIDIA's driver", driver.GetProperty("help").GetString(), StringComparison.Ordinal);
        var provider = libraries.Single(library => library.GetProperty("name").GetString() == "provider");
        Assert.True(provider.GetProperty("found").GetBoolean());
        Assert.Equal((JsonValueKind.Null, JsonValueKind.Null), (provider.GetProperty("problem").ValueKind, provider.GetProperty("help").ValueKind));
    }

    [Theory]
    [InlineData("http_proxy", "http://packages.invalid/index.json", "GET http://packages.invalid/index.json HTTP/1.1")]
    [InlineData("ALL_PROXY", "http://packages.invalid/index.json", "GET http://packages.invalid/index.json HTTP/1.1")]
    [InlineData("HTTPS_PROXY", "https://packages.invalid/index.json", "CONNECT packages.invalid:443 HTTP/1.1")]
    public async Task A_proxy_of_the_environment_is_asked_and_its_refusal_is_one_error(string variable, string source, string asked)
    {
        using var proxy = new TcpListener(IPAddress.Loopback, 0);
        proxy.Start();
        var serving = Task.Run(async () =>
        {
            using var client = await proxy.AcceptTcpClientAsync();
            using var reader = new StreamReader(client.GetStream());
            var request = await reader.ReadLineAsync();
            while (await reader.ReadLineAsync() is { Length: > 0 }) { }

            await client.GetStream().WriteAsync("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray());
            return request;
        });
        var environment = new Dictionary<string, string> { [variable] = $"http://127.0.0.1:{((IPEndPoint)proxy.LocalEndpoint).Port}", ["KOHAKU_DATA"] = Path.Combine(_folder, "data") };
        var (code, _, error) = Run(environment, "gpu", "install", "--source", source);

        Assert.Equal(asked, await serving);
        Assert.Equal(2, code);
        Assert.Contains("403", Assert.Single(error.Split('\n'), line => line.StartsWith("error: ", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(_folder, "data", "gpu")));
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

    private (int Code, string Output, string Error) Run(params string[] command) =>
        Run(new Dictionary<string, string> { ["KOHAKU_GPU_LIBRARY"] = Path.Combine(_folder, "a card's"), ["LD_LIBRARY_PATH"] = _folder, ["LD_DEBUG"] = "files" }, command);

    private static (int Code, string Output, string Error) Run(Dictionary<string, string> environment, params string[] command)
    {
        var start = new ProcessStartInfo(s_native ?? "dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        if (s_native is null) start.ArgumentList.Add(s_library);
        foreach (var argument in command) start.ArgumentList.Add(argument);
        foreach (var name in (string[])["http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY"]) start.Environment.Remove(name);
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.GetAwaiter().GetResult());
    }
}
