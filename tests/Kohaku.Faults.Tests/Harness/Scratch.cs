using System.Diagnostics;
using System.Text;

namespace Kohaku.Faults.Tests.Harness;

/// <summary>Folders of a test's own: the user's files, the program's data and its cache. Gone afterwards.</summary>
internal sealed class Scratch : IDisposable
{
    public Scratch() => Directory.CreateDirectory(Work);

    /// <summary>All of it.</summary>
    public string Root { get; } = Directory.CreateTempSubdirectory("kohaku-faults-").FullName;

    /// <summary>The user's files, and the current folder of what is run.</summary>
    public string Work => Path.Combine(Root, "work");

    /// <summary><c>KOHAKU_DATA</c>.</summary>
    public string Data => Path.Combine(Root, "data");

    /// <summary><c>KOHAKU_CACHE</c>.</summary>
    public string Cache => Path.Combine(Root, "cache");

    /// <summary>The path of one of the user's files.</summary>
    public string this[string name] => Path.Combine(Work, name);

    /// <summary>Writes one of the user's files.</summary>
    public string Write(string name, string text)
    {
        var path = this[name];
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        Put(path, Encoding.UTF8.GetBytes(text));
        return path;
    }

    /// <summary>Writes a file in place, as a careless program would.</summary>
    public static void Put(string path, ReadOnlySpan<byte> bytes)
    {
        using var file = File.Create(path);
        file.Write(bytes);
    }

    /// <summary>Makes a named pipe that nobody writes to.</summary>
    public string MakePipe(string name)
    {
        using var make = Process.Start("mkfifo", [this[name]]);
        make.WaitForExit();
        Assert.Equal(0, make.ExitCode);
        return this[name];
    }

    /// <summary>Every file's content by its path from <see cref="Root"/>.</summary>
    public SortedDictionary<string, byte[]> Files()
    {
        var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var path in Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories)) files[Path.GetRelativePath(Root, path)] = File.ReadAllBytes(path);
        return files;
    }

    /// <summary>Takes everything away and puts these files there, with the times they had.</summary>
    public void Reset(IReadOnlyDictionary<string, byte[]> files, IReadOnlyDictionary<string, DateTime> times)
    {
        foreach (var folder in Directory.GetDirectories(Root)) Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(Work);
        foreach (var (name, content) in files)
        {
            var path = Path.Combine(Root, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            Put(path, content);
            File.SetLastWriteTimeUtc(path, times[name]);
        }
    }

    /// <summary>When each file was last written.</summary>
    public Dictionary<string, DateTime> Times() => Files().Keys.ToDictionary(name => name, name => File.GetLastWriteTimeUtc(Path.Combine(Root, name)), StringComparer.Ordinal);

    // By another program: .NET cannot delete what has a name that is not UTF-8.
    public void Dispose()
    {
        using var remove = Process.Start("rm", ["-rf", Root]);
        remove.WaitForExit();
        Assert.Equal(0, remove.ExitCode);
    }
}
