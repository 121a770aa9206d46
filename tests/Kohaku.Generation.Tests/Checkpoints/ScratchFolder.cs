using Kohaku.Generation.Tests.Golden;

namespace Kohaku.Generation.Tests.Checkpoints;

/// <summary>A folder for the checkpoints of a test class, gone with it.</summary>
public sealed class ScratchFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("kohaku-checkpoints-");

    /// <summary>A path in it.</summary>
    public string PathOf(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>Writes a checkpoint: what each tensor's type is, and what becomes of its values before they are written.</summary>
    internal string Write(string name, IEnumerable<FormulaTensor> tensors, Func<FormulaTensor, string>? typeOf = null, Func<float[], float[]>? change = null)
    {
        var path = PathOf(name);
        SafetensorsFile.Write(path, tensors.Select(tensor =>
        {
            var type = typeOf?.Invoke(tensor) ?? "F16";
            var values = change is null ? tensor.Values() : change(tensor.Values());
            return (tensor.Name, type, tensor.Shape, type switch { "F32" => SafetensorsFile.Singles(values), "BF16" => SafetensorsFile.Brains(values), _ => SafetensorsFile.Halves(values) });
        }));
        return path;
    }

    /// <summary>Writes a file of tensors that have a name and nothing of interest else.</summary>
    internal string WriteNames(string file, params string[] names)
    {
        var path = PathOf(file);
        SafetensorsFile.Write(path, names.Select(name => (name, "F16", new long[] { 1 }, new byte[2])));
        return path;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
