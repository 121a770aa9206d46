using Kohaku.Analysis.Text;
using Kohaku.Files;
using Kohaku.Generation.Models;
using Kohaku.Syntax.Meaning;

namespace Kohaku.Generation.Adapters;

/// <summary>The folders with networks: finds the file that a prompt means by a name.</summary>
/// <remarks>
/// As A1111 1.10: a name is a file's without its extension; else the alias in its header, <c>ss_output_name</c>, unless two files have the same one (or it is <c>none</c> or <c>addams</c>, which A1111 reserves). Capitals count.
/// Headers are read when the first name is no file's.
/// </remarks>
public sealed class AdapterFolders
{
    private const string AliasKey = "ss_output_name";

    private static readonly string[] s_reserved = ["none", "addams"];

    private readonly IReadOnlyDictionary<string, string> _files;
    private readonly IReadOnlyList<string> _folders;
    private readonly Lazy<Dictionary<string, List<string>>> _aliases;

    /// <summary>Lists the folders and those below them.</summary>
    /// <param name="folders">As given; of two files with one name the first folder's counts.</param>
    /// <param name="report">Told of folders that are not there or may not be read.</param>
    public AdapterFolders(IReadOnlyList<string> folders, Action<FileProblem> report)
    {
        _folders = folders;
        _files = NetworkFolder.List(folders, report);
        _aliases = new(ReadAliases);
    }

    /// <summary>The calls that a prompt's networks make, with their files: all <c>lora</c> and all <c>lyco</c>, those first whose kind comes first, as A1111 has it.</summary>
    /// <param name="networks">What the prompt asks for, in its order.</param>
    /// <param name="warn">Told of kinds that have no effect here.</param>
    /// <exception cref="ModelException">A network is in none of the folders, two could be meant, its weight is no number, or it is of a format that is not read.</exception>
    public IReadOnlyList<AdapterCall> Resolve(IReadOnlyList<NetworkCall> networks, Action<string> warn)
    {
        ArgumentNullException.ThrowIfNull(networks);
        ArgumentNullException.ThrowIfNull(warn);
        var asked = new List<AdapterArguments>();
        foreach (var call in networks.GroupBy(call => call.Kind, StringComparer.Ordinal).SelectMany(group => group))
        {
            if (!AdapterArguments.IsAdapter(call.Kind)) warn($"<{call.Kind}:{string.Join(':', call.Arguments)}> has no effect: lora and lyco are the kinds of networks that are used");
            else if (AdapterArguments.TryRead(call, out var arguments, out var problem)) asked.Add(arguments!);
            else throw new ModelException(problem!, "Write <lora:name:weight>");
        }

        return Resolve(asked);
    }

    /// <summary>The calls that a prompt's networks make, with their files.</summary>
    /// <param name="networks">What the prompt asks for, in its order.</param>
    /// <returns>
    /// One call for each. Of a name that comes several times all calls have the last one's weights: A1111 keeps one object for it, which it applies as often as it is called.
    /// </returns>
    /// <exception cref="ModelException">A network is in none of the folders, two could be meant, or it is of a format that is not read.</exception>
    public IReadOnlyList<AdapterCall> Resolve(IReadOnlyList<AdapterArguments> networks)
    {
        ArgumentNullException.ThrowIfNull(networks);
        var last = new Dictionary<string, AdapterArguments>(StringComparer.Ordinal);
        foreach (var network in networks) last[network.Name] = network;
        return [.. networks.Select(network => new AdapterCall(PathOf(network.Name), last[network.Name].TextWeight, last[network.Name].UNetWeight))];
    }

    /// <summary>The file of a name or alias.</summary>
    /// <exception cref="ModelException">There is none, there are two, or its format is not read.</exception>
    public string PathOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (_files.TryGetValue(name, out var path)) return Safe(path);
        if (!s_reserved.Contains(name, StringComparer.OrdinalIgnoreCase) && _aliases.Value.TryGetValue(name, out var files))
        {
            return files is [var only] ? only
                : throw new ModelException($"{name} is the alias of {files.Count} networks: {string.Join(", ", files.Select(Path.GetFileNameWithoutExtension))}", "Name the one that is meant by its file");
        }

        if (_folders.Count == 0) throw new ModelException($"The prompt asks for the network {name}, and no folder of networks is given", "Give the folder: --lora-dir DIR");

        var nearest = EditDistance.Nearest(name, _files.Keys.Concat(_aliases.Value.Keys));
        throw new ModelException(
            $"There is no network {name} in {string.Join(", ", _folders)}",
            nearest is null ? "Check the name, or give its folder: --lora-dir DIR" : $"The nearest is {nearest}");
    }

    private static string Safe(string path) => path.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase) ? path
        : throw new ModelException($"{path}: not a .safetensors file; the other formats can run code when they are read", "Convert it to .safetensors");

    private Dictionary<string, List<string>> ReadAliases()
    {
        var aliases = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var path in _files.Values)
        {
            // A broken header has no alias: named by its file it says what is wrong.
            if (!path.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase) || !SafetensorsHeader.TryRead(path, out var header, out _)) continue;
            if (!header.Metadata.TryGetValue(AliasKey, out var alias) || alias.Length == 0) continue;
            if (!aliases.TryGetValue(alias, out var files)) aliases.Add(alias, files = []);
            files.Add(path);
        }

        return aliases;
    }
}
