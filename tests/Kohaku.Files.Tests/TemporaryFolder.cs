using System.Diagnostics;
using System.Text;

namespace Kohaku.Files.Tests;

/// <summary>A folder of a test's own, removed behind it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("kohaku-files-").FullName;

    public string Path(string name) => System.IO.Path.Combine(Root, name);

    /// <summary>Makes a named pipe; nobody writes to it yet.</summary>
    public string MakePipe(string name)
    {
        using var make = Process.Start("mkfifo", [Path(name)]);
        make.WaitForExit();
        return Path(name);
    }

    public string Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    public string Write(string name, byte[] bytes)
    {
        var path = Path(name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        using var file = File.Create(path);
        file.Write(bytes);
        return path;
    }

    public string[] Names() => [.. Directory.GetFileSystemEntries(Root).Select(path => System.IO.Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
