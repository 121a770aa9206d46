namespace Kohaku.Tags.Tests;

/// <summary>A folder that goes when the test ends.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("kohaku-tags-").FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public string Write(string name, string content) => Write(name, System.Text.Encoding.UTF8.GetBytes(content));

    public string Write(string name, ReadOnlySpan<byte> content)
    {
        var path = File(name);
        using var file = System.IO.File.Create(path);
        file.Write(content);
        return path;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
