using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Kohaku.Jobs;
using Kohaku.Tags;

namespace Kohaku.Generation.Gpu;

/// <summary>Brings a package's file from a NuGet source: a folder, or a V3 service over HTTP.</summary>
/// <param name="package">Which.</param>
/// <param name="source">A folder, a .nupkg file, or the address of a service's <c>index.json</c>.</param>
/// <param name="patience">How long a service may send nothing.</param>
internal sealed class PackageFetch(GpuPackage package, string source, TimeSpan patience)
{
    private const string Offline = "Check the connection, or give another source: --source with a folder that holds the .nupkg, or a service's index.json";

    /// <summary>Writes the package to a file and checks its hash on the way.</summary>
    /// <param name="path">The file to write.</param>
    /// <param name="progress">Told of bytes done and in all; 0 where that is not known.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="GenerationException">It cannot be had, or is not the package that is wanted.</exception>
    public async Task RunAsync(string path, Action<long, long> progress, CancellationToken cancellation)
    {
        if (source.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || source.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
        {
            await DownloadAsync(path, progress, cancellation).ConfigureAwait(false);
            return;
        }

        var file = File.Exists(source) ? source
            : Find(source) ?? throw new GenerationException($"{source} holds no {package.FileName}", "Put the package there, or give another source with --source");
        RegularFile.Require(file);
        var input = File.OpenRead(file);
        await using (input.ConfigureAwait(false)) await CopyAsync(input, input.Length, file, path, progress, cancellation).ConfigureAwait(false);
    }

    // As people and as dotnet lay a folder out: flat, or name/version/.
    private string? Find(string folder)
    {
        if (!Directory.Exists(folder)) return null;

        string[] places = [folder, Path.Combine(folder, package.Id, package.Version)];
        return places.Where(Directory.Exists).SelectMany(place => Directory.EnumerateFiles(place, "*.nupkg"))
            .FirstOrDefault(file => string.Equals(Path.GetFileName(file), package.FileName, StringComparison.OrdinalIgnoreCase));
    }

    private async Task DownloadAsync(string path, Action<long, long> progress, CancellationToken cancellation)
    {
        try
        {
            var address = new Uri(source, UriKind.Absolute);
            using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false, UseProxy = !address.IsLoopback, ConnectTimeout = TimeSpan.FromSeconds(30) }) { Timeout = patience };
            var file = new Uri(await ContentAddressAsync(http, address, cancellation).ConfigureAwait(false), $"{package.Id}/{package.Version}/{package.FileName}");
            using var answer = await http.GetAsync(file, HttpCompletionOption.ResponseHeadersRead, cancellation).ConfigureAwait(false);
            if (answer.StatusCode == HttpStatusCode.NotFound) throw new GenerationException($"{source} has no {package.Id} {package.Version}", "Give another source with --source");
            answer.EnsureSuccessStatusCode();
            var input = await answer.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
            await CopyAsync(input, answer.Content.Headers.ContentLength ?? 0, file.ToString(), path, progress, cancellation).ConfigureAwait(false);
        }
        catch (Exception failed) when (failed is HttpRequestException or UriFormatException)
        {
            throw new GenerationException($"{source}: {failed.Message}", Offline, failed);
        }
        catch (OperationCanceledException late) when (!cancellation.IsCancellationRequested)
        {
            throw new GenerationException($"{source}: no answer within {Seconds}", Offline, late);
        }
    }

    // https://learn.microsoft.com/nuget/api/package-base-address-resource
    private async Task<Uri> ContentAddressAsync(HttpClient http, Uri index, CancellationToken cancellation)
    {
        try
        {
            using var document = JsonDocument.Parse(await http.GetByteArrayAsync(index, cancellation).ConfigureAwait(false));
            foreach (var resource in document.RootElement.GetProperty("resources").EnumerateArray())
            {
                if (resource.GetProperty("@type").GetString() != "PackageBaseAddress/3.0.0") continue;

                var address = resource.GetProperty("@id").GetString()!;
                return new Uri(index, address.EndsWith('/') ? address : address + "/");
            }
        }
        catch (Exception broken) when (broken is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new GenerationException($"{source} is not the index of a NuGet source", "Give the address of its index.json", broken);
        }

        throw new GenerationException($"{source} serves no packages (PackageBaseAddress/3.0.0)", "Give the address of a V3 source's index.json");
    }

    private string Seconds => string.Create(CultureInfo.InvariantCulture, $"{patience.TotalSeconds:0.#} s");

    private async Task CopyAsync(Stream input, long total, string from, string path, Action<long, long> progress, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA512);
        var output = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        await using (output.ConfigureAwait(false))
        {
            var buffer = new byte[1 << 20];
            long done = 0;
            int read;
            while ((read = await ReadAsync(input, buffer, from, done, cancellation).ConfigureAwait(false)) > 0)
            {
                hash.AppendData(buffer, 0, read);
                await output.WriteAsync(buffer.AsMemory(0, read), cancellation).ConfigureAwait(false);
                progress(done += read, total);
            }
        }

        var found = Convert.ToHexStringLower(hash.GetHashAndReset());
        if (found != package.Sha512)
            throw new GenerationException($"{from} is not the {package.Id} {package.Version} that this program knows: its SHA-512 begins {found[..16]}, not {package.Sha512[..16]}", "Nothing was installed. Try again, or another source: this one is broken or has another file");
    }

    // What fails here is the source's: what fails in writing is the disk's, and is told so by whoever installs.
    private async Task<int> ReadAsync(Stream input, byte[] buffer, string from, long done, CancellationToken cancellation)
    {
        using var watch = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        watch.CancelAfter(patience);
        try
        {
            return await input.ReadAsync(buffer, watch.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException late) when (!cancellation.IsCancellationRequested)
        {
            throw BrokenOff($"nothing came for {Seconds}", late);
        }
        catch (IOException broken)
        {
            throw BrokenOff(broken.Message, broken);
        }

        GenerationException BrokenOff(string reason, Exception inner) =>
            new(string.Create(CultureInfo.InvariantCulture, $"{from}: broke off after {done / 1e6:0.0} MB: {reason}"), "Nothing was installed. Try again, or give another source with --source", inner);
    }
}
