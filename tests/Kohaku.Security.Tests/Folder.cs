using System.Text;

namespace Kohaku.Security.Tests;

/// <summary>A folder of its own for a test, gone afterwards.</summary>
internal sealed class Folder : IDisposable
{
    /// <summary>Its path.</summary>
    public string Root { get; } = Directory.CreateTempSubdirectory("kohaku-security-").FullName;

    /// <summary>The path of a file in it.</summary>
    public string this[string name] => Path.Combine(Root, name);

    /// <summary>Writes a file, and the folders it lies in.</summary>
    /// <returns>Its path.</returns>
    public string Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    /// <inheritdoc cref="Write(string, string)"/>
    public string Write(string name, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(this[name])!);
        using var file = File.Create(this[name]);
        file.Write(bytes);
        return this[name];
    }

    /// <summary>A file's text.</summary>
    public string Read(string name) => File.ReadAllText(this[name]);

    /// <summary>Runs the program here.</summary>
    public Outcome Run(params string[] arguments) => Program.Run(Root, arguments);

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Root, recursive: true);
}
