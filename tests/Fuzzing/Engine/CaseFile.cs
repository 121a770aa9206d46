namespace Kohaku.Fuzzing.Engine;

/// <summary>A file, in memory where the system has such a folder, for parts of the program that take a path.</summary>
internal sealed class CaseFile : IDisposable
{
    private const string MemoryFolder = "/dev/shm";

    private readonly string _folder = Directory.CreateDirectory(Path.Combine(Directory.Exists(MemoryFolder) ? MemoryFolder : Path.GetTempPath(), $"kohaku-fuzzing-{Guid.NewGuid():n}")).FullName;

    /// <summary>The file's folder, which holds nothing else at first.</summary>
    public string Folder => _folder;

    /// <summary>Writes the file of a name anew.</summary>
    /// <returns>Its path.</returns>
    public string Write(string name, ReadOnlySpan<byte> bytes)
    {
        var path = Path.Combine(_folder, name);
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        file.Write(bytes);
        return path;
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
