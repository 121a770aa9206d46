namespace Kohaku.Workspace;

/// <summary>What reading a workspace may touch of the world around the process.</summary>
/// <param name="Variable">Looks an environment variable up.</param>
/// <param name="Directory">Where relative paths begin: absolute.</param>
/// <param name="Warn">Told of what was passed over while the rest goes on: a folder that is not there, a store that was rebuilt.</param>
public sealed record Surroundings(Func<string, string?> Variable, string Directory, Action<string> Warn)
{
    /// <summary>The absolute path of a path that a user wrote.</summary>
    public string Absolute(string path) => Path.GetFullPath(path, Directory);
}
