using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Kohaku.Generation.Gpu;
using Kohaku.Jobs;

namespace Kohaku.Generation.Tests.Gpu;

public sealed class GpuInstallationTests : IDisposable
{
    private const string Root = "runtimes/linux-x64/native/";

    private readonly string _folder = Directory.CreateTempSubdirectory("kohaku-gpu-").FullName;

    private string Source => Path.Combine(_folder, "source");

    private string Target => Path.Combine(_folder, "data", "gpu", "1.0.0");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Native_libraries_are_unpacked_from_a_folder_of_packages_and_nothing_else()
    {
        var installation = Packed((Root + "libonnxruntime.so", "core"), (Root + "libonnxruntime_providers_cuda.so", "cuda"), (Root + "libonnxruntime_providers_tensorrt.so", "trt"), ("LICENSE", "MIT"));
        await installation.InstallAsync(Source, (_, _) => { }, default);

        Assert.Equal(["libonnxruntime.so", "libonnxruntime_providers_cuda.so"], Directory.GetFiles(Target).Select(Path.GetFileName).Order());
        Assert.Equal("core", await File.ReadAllTextAsync(Path.Combine(Target, "libonnxruntime.so")));
        Assert.Equal([Target], Directory.GetFileSystemEntries(Path.GetDirectoryName(Target)!));
        Assert.True(installation.Remove());
        Assert.False(installation.Remove());
    }

    [Fact]
    public async Task A_service_is_asked_where_its_packages_lie()
    {
        var installation = Packed((Root + "libonnxruntime.so", "core"));
        var bytes = await File.ReadAllBytesAsync(Path.Combine(Source, "some.gpu.1.0.0.nupkg"));
        using var server = new HttpListener();
        var address = Listen(server);
        var serving = Task.Run(async () =>
        {
            await AnswerAsync(server, "/v3/index.json", Encoding.UTF8.GetBytes("""{"resources":[{"@id":"other/","@type":"Other"},{"@id":"../flat","@type":"PackageBaseAddress/3.0.0"}]}"""));
            await AnswerAsync(server, "/flat/some.gpu/1.0.0/some.gpu.1.0.0.nupkg", bytes);
        });
        var told = new List<(long Done, long Total)>();
        await installation.InstallAsync(address + "v3/index.json", (done, total) => told.Add((done, total)), default);
        await serving;

        Assert.Equal("core", await File.ReadAllTextAsync(Path.Combine(Target, "libonnxruntime.so")));
        Assert.Equal((bytes.Length, bytes.Length), told[^1]);
    }

    [Fact]
    public async Task Another_file_than_the_one_that_is_known_is_refused_and_nothing_is_left()
    {
        Packed((Root + "libonnxruntime.so", "core"));
        var installation = new GpuInstallation(Target, new GpuPackage("some.gpu", "1.0.0", new string('a', 128), Root));

        Assert.Contains("SHA-512", (await RefusedAsync(installation)).Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(Path.GetDirectoryName(Target)!));
    }

    [Fact]
    public async Task What_is_no_archive_is_told()
    {
        Directory.CreateDirectory(Source);
        await File.WriteAllBytesAsync(Path.Combine(Source, "some.gpu.1.0.0.nupkg"), "not a zip"u8.ToArray());
        var installation = new GpuInstallation(Target, new GpuPackage("some.gpu", "1.0.0", Hash("not a zip"u8.ToArray()), Root));

        Assert.Contains("is not a package", (await RefusedAsync(installation)).Message, StringComparison.Ordinal);
        Assert.False(installation.IsThere);
    }

    [Theory]
    [InlineData(Root + "../../../evil.so")]
    [InlineData(Root + "sub/evil.so")]
    [InlineData(Root + "..\\evil.dll")]
    [InlineData("/etc/evil.so")]
    public async Task Names_that_climb_out_are_passed_over(string entry)
    {
        var installation = Packed((entry, "evil"));

        Assert.Contains("no native libraries", (await RefusedAsync(installation)).Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder, "evil*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_folder_without_it_and_a_server_that_is_not_there_are_told()
    {
        var installation = new GpuInstallation(Target, new GpuPackage("some.gpu", "1.0.0", "", Root));
        Assert.Contains("holds no some.gpu.1.0.0.nupkg", (await RefusedAsync(installation)).Message, StringComparison.Ordinal);

        using var server = new HttpListener();
        var address = Listen(server);
        server.Stop();
        var refused = await Assert.ThrowsAsync<GenerationException>(() => installation.InstallAsync(address, (_, _) => { }, default));
        Assert.StartsWith(address, refused.Message, StringComparison.Ordinal);
        Assert.Contains("--source", refused.Help, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_index_of_something_else_is_told()
    {
        using var server = new HttpListener();
        var address = Listen(server);
        var serving = AnswerAsync(server, "/index.json", "[]"u8.ToArray());
        var installation = new GpuInstallation(Target, new GpuPackage("some.gpu", "1.0.0", "", Root));
        var refused = await Assert.ThrowsAsync<GenerationException>(() => installation.InstallAsync(address + "index.json", (_, _) => { }, default));
        await serving;

        Assert.EndsWith("is not the index of a NuGet source", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_download_that_is_cut_off_is_told_leaves_nothing_and_works_the_second_time()
    {
        var installation = Packed((Root + "libonnxruntime.so", "core"));
        using var server = new HttpListener();
        var address = Listen(server);
        var serving = Task.Run(async () =>
        {
            await ServeAsync(server, async package =>
            {
                await package.Response.OutputStream.WriteAsync(new byte[100]);
                package.Response.Abort();
            });
            await ServeAsync(server);
        });
        var refused = await Assert.ThrowsAsync<GenerationException>(() => installation.InstallAsync(address + "index.json", (_, _) => { }, default));

        Assert.StartsWith($"{address}some.gpu/1.0.0/some.gpu.1.0.0.nupkg: broke off after 0.0 MB: ", refused.Message, StringComparison.Ordinal);
        Assert.StartsWith("Nothing was installed. Try again", refused.Help, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(Path.GetDirectoryName(Target)!));
        await installation.InstallAsync(address + "index.json", (_, _) => { }, default);
        await serving;
        Assert.Equal("core", await File.ReadAllTextAsync(Path.Combine(Target, "libonnxruntime.so")));
    }

    [Fact]
    public async Task A_download_that_stands_still_is_not_waited_for()
    {
        Packed((Root + "libonnxruntime.so", "core"));
        var installation = new GpuInstallation(Target, new GpuPackage("some.gpu", "1.0.0", "", Root)) { Patience = TimeSpan.FromSeconds(3) };
        using var server = new HttpListener();
        var address = Listen(server);
        var told = new TaskCompletionSource();
        var serving = ServeAsync(server, async package =>
        {
            await package.Response.OutputStream.WriteAsync(new byte[100]);
            await package.Response.OutputStream.FlushAsync();
            await told.Task;
            package.Response.Abort();
        });
        var refused = await Assert.ThrowsAsync<GenerationException>(() => installation.InstallAsync(address + "index.json", (_, _) => { }, default));
        told.SetResult();
        await serving;

        Assert.EndsWith(": broke off after 0.0 MB: nothing came for 3 s", refused.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(Path.GetDirectoryName(Target)!));
    }

    [Fact]
    public async Task A_service_that_never_answers_is_not_waited_for()
    {
        var installation = new GpuInstallation(Target, new GpuPackage("some.gpu", "1.0.0", "", Root)) { Patience = TimeSpan.FromSeconds(0.5) };
        using var server = new HttpListener();
        var address = Listen(server);
        var refused = await Assert.ThrowsAsync<GenerationException>(() => installation.InstallAsync(address + "index.json", (_, _) => { }, default));

        Assert.Equal($"{address}index.json: no answer within 0.5 s", refused.Message);
    }

    private GpuInstallation Packed(params (string Name, string Content)[] entries)
    {
        Directory.CreateDirectory(Source);
        var path = Path.Combine(Source, "some.gpu.1.0.0.nupkg");
        using (var zip = ZipFile.Open(path, ZipArchiveMode.Create))
        {
            foreach (var (name, content) in entries)
            {
                using var writer = new StreamWriter(zip.CreateEntry(name).Open());
                writer.Write(content);
            }
        }

        return new GpuInstallation(Target, new GpuPackage("some.gpu", "1.0.0", Hash(File.ReadAllBytes(path)), Root));
    }

    private Task<GenerationException> RefusedAsync(GpuInstallation installation) => Assert.ThrowsAsync<GenerationException>(() => installation.InstallAsync(Source, (_, _) => { }, default));

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA512.HashData(bytes));

    private static string Listen(HttpListener server)
    {
        using var free = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var address = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/";
        free.Stop();
        server.Prefixes.Add(address);
        server.Start();
        return address;
    }

    // An index, then the package: whole, or as a test sends it.
    private async Task ServeAsync(HttpListener server, Func<HttpListenerContext, Task>? otherwise = null)
    {
        await AnswerAsync(server, "/index.json", Encoding.UTF8.GetBytes("""{"resources":[{"@id":".","@type":"PackageBaseAddress/3.0.0"}]}"""));
        var bytes = await File.ReadAllBytesAsync(Path.Combine(Source, "some.gpu.1.0.0.nupkg"));
        if (otherwise is null)
        {
            await AnswerAsync(server, "/some.gpu/1.0.0/some.gpu.1.0.0.nupkg", bytes);
            return;
        }

        var context = await server.GetContextAsync();
        context.Response.ContentLength64 = bytes.Length;
        await otherwise(context);
    }

    private static async Task AnswerAsync(HttpListener server, string path, byte[] body)
    {
        var context = await server.GetContextAsync();
        Assert.Equal(path, context.Request.Url!.AbsolutePath);
        context.Response.ContentLength64 = body.Length;
        await context.Response.OutputStream.WriteAsync(body);
        context.Response.Close();
    }
}
