namespace Kohaku.Workspace;

/// <summary>Where ONNX Runtime for graphics cards lies: the program ships with the processor's alone.</summary>
/// <remarks>No <c>kohaku.json</c> can name it: what lies there is run, and a configuration comes with other people's files.</remarks>
public static class GpuFolder
{
    /// <summary>The environment variable that names a folder.</summary>
    public const string Variable = "KOHAKU_GPU_LIBRARY";

    /// <summary>The package version that <c>kohaku gpu install</c> installs.</summary>
    public const string Version = "1.31.0";

    /// <summary>Where <c>kohaku gpu install</c> puts it, whether it is there or not.</summary>
    public static string InstalledIn(Surroundings surroundings) => Path.Combine(TagData.StoreOf(surroundings).Folder, "gpu", Version);

    /// <summary>The folder in use: the named one, there or not; else the installed one; or <see langword="null"/>.</summary>
    /// <param name="surroundings">What a run is given.</param>
    /// <param name="named">What the command line or the editor's own setting names; it goes before <see cref="Variable"/>.</param>
    public static string? Of(Surroundings surroundings, string? named = null)
    {
        ArgumentNullException.ThrowIfNull(surroundings);
        if (named is { Length: > 0 }) return surroundings.Absolute(named);
        if (surroundings.Variable(Variable) is { Length: > 0 } given) return surroundings.Absolute(given);

        var installed = InstalledIn(surroundings);
        return Directory.Exists(installed) ? installed : null;
    }
}
