using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using Kohaku.Files;
using Kohaku.Jobs;
using Kohaku.Workspace;

namespace Kohaku.Generation.Gpu;

/// <summary>ONNX Runtime for graphics cards in the user's data folder: put there, looked at, taken away.</summary>
public sealed class GpuInstallation
{
    private readonly GpuPackage? _package;

    internal GpuInstallation(string folder, GpuPackage? package) => (Folder, _package) = (folder, package);

    /// <summary>Where it lies, or would.</summary>
    public string Folder { get; }

    /// <summary>How long a service may send nothing.</summary>
    internal TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Whether it is there.</summary>
    public bool IsThere => Directory.Exists(Folder);

    // What is half there, on its way in or out.
    private string Beside => $"{Folder}.{Environment.ProcessId}.new";

    /// <summary>That of a run.</summary>
    public static GpuInstallation Of(Surroundings surroundings) => new(GpuFolder.InstalledIn(surroundings), GpuPackage.OfThisSystem);

    /// <summary>Fetches, checks and unpacks it. The folder appears whole or not at all.</summary>
    /// <param name="source">A folder, a .nupkg file, or the address of a NuGet service's <c>index.json</c>.</param>
    /// <param name="progress">Told of bytes done and in all; 0 where that is not known.</param>
    /// <param name="cancellation">Stops it; nothing is left.</param>
    /// <exception cref="GenerationException">It cannot be had or kept.</exception>
    public async Task InstallAsync(string source, Action<long, long> progress, CancellationToken cancellation)
    {
        if (_package is not { } package) throw new GenerationException("there is no ONNX Runtime for graphics cards for this system", "Linux and Windows on x64 have one");

        var beside = Beside;
        try
        {
            RemoveLeftovers();
            Directory.CreateDirectory(beside);
            var archive = Path.Combine(beside, package.FileName);
            await new PackageFetch(package, source, Patience).RunAsync(archive, progress, cancellation).ConfigureAwait(false);
            Unpack(package, archive, beside);
            File.Delete(archive);
            if (!Directory.Exists(Folder)) Directory.Move(beside, Folder);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new GenerationException(FileProblem.From(failed, Folder).ToString(), "Nothing was installed. 600 MB are needed; KOHAKU_DATA names another folder", failed);
        }
        finally
        {
            if (Directory.Exists(beside)) Directory.Delete(beside, recursive: true);
        }
    }

    // Half an installation is some 250 MB: what killed ones left goes before the next begins.
    private void RemoveLeftovers()
    {
        var parent = Path.GetDirectoryName(Folder)!;
        if (!Directory.Exists(parent)) return;

        foreach (var left in Directory.EnumerateDirectories(parent, $"{Path.GetFileName(Folder)}.*.new"))
        {
            var number = Path.GetFileNameWithoutExtension(left)[(Path.GetFileName(Folder).Length + 1)..];
            if (int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var process) && !IsRunning(process)) Directory.Delete(left, recursive: true);
        }
    }

    private static bool IsRunning(int number)
    {
        try
        {
            using var process = Process.GetProcessById(number);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>Deletes it; what a killed run left half there too.</summary>
    /// <returns>Whether it was there.</returns>
    /// <exception cref="GenerationException">It is in use, or another's.</exception>
    public bool Remove()
    {
        try
        {
            RemoveLeftovers();
            if (!IsThere) return false;

            // A deletion that is killed on the way must not leave half a folder that counts as whole; and where something is in use, all of it stays.
            Directory.Move(Folder, Beside);
            Directory.Delete(Beside, recursive: true);
            return true;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new GenerationException(FileProblem.From(refused, Folder).ToString(), "End what makes images, the editor's included", refused);
        }
    }

    private static void Unpack(GpuPackage package, string archive, string folder)
    {
        try
        {
            using var zip = ZipFile.OpenRead(archive);
            var wanted = zip.Entries.Where(entry => package.IsWanted(entry.FullName)).ToList();
            if (wanted.Count == 0) throw new GenerationException($"{package.FileName} holds no native libraries in {package.Root}", "Nothing was installed");

            foreach (var entry in wanted) entry.ExtractToFile(Path.Combine(folder, entry.Name));
        }
        catch (InvalidDataException broken)
        {
            throw new GenerationException($"{package.FileName} is not a package: {broken.Message}", "Nothing was installed. Try another source", broken);
        }
    }
}
