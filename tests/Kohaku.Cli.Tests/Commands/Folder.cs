using System.Text;

namespace Kohaku.Cli.Tests.Commands;

/// <summary>A folder of its own for a test, gone afterwards.</summary>
internal sealed class Folder : IDisposable
{
    public Folder()
    {
        Path = Directory.CreateTempSubdirectory("kohaku-cli-").FullName;
    }

    public string Path { get; }

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public string Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    public string Write(string name, byte[] bytes)
    {
        var path = this[name];
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        using var file = new FileStream(path, FileMode.Create);
        file.Write(bytes);
        return path;
    }

    public string Read(string name) => File.ReadAllText(this[name]);

    /// <summary>Runs a command line, with the folder's path left out of what it wrote.</summary>
    public Cli.Result Run(params string[] arguments)
    {
        var run = Cli.Run(arguments, "", Path, data: this["data"]);
        return run with { Output = Short(run.Output), Error = Short(run.Error) };
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private string Short(string text) => text.Replace(Path + "/", "", StringComparison.Ordinal);
}
