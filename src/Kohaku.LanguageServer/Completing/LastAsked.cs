namespace Kohaku.LanguageServer.Completing;

/// <summary>The document that completion was last asked for: an item is resolved under its configuration.</summary>
internal sealed class LastAsked
{
    private string? _path;

    /// <summary>Its path.</summary>
    public string? Path
    {
        get => Volatile.Read(ref _path);
        set => Volatile.Write(ref _path, value);
    }
}
