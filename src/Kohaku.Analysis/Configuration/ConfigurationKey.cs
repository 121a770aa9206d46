using Kohaku.Analysis.Configuration.Json;

namespace Kohaku.Analysis.Configuration;

/// <summary>One thing that a configuration can say. The reader, the schema and the documentation are made from these.</summary>
public abstract class ConfigurationKey
{
    /// <summary>Its place: <c>thresholds.strong</c>.</summary>
    public required string Path { get; init; }

    /// <summary>What it does, in one or two sentences.</summary>
    public required string Summary { get; init; }

    /// <summary>What holds where nothing is said, as JSON or in words.</summary>
    public required string Default { get; init; }

    /// <summary>A value as somebody would write it, in JSON.</summary>
    public required string Example { get; init; }

    /// <summary>Whether it may differ between files, by <c>overrides</c>.</summary>
    public bool InOverrides { get; init; }

    /// <summary>What values it takes, in words.</summary>
    public abstract string Values { get; }

    /// <summary>The group that it stands in (<c>thresholds</c>), empty at the top.</summary>
    public string Group => Path.IndexOf('.', StringComparison.Ordinal) is var dot and >= 0 ? Path[..dot] : "";

    /// <summary>Its name inside its group.</summary>
    public string Name => Path[(Path.IndexOf('.', StringComparison.Ordinal) + 1)..];

    /// <summary>What the JSON schema says of its values, without the braces.</summary>
    internal abstract string Schema { get; }

    /// <summary>Its value, or null where the JSON holds something else; that is reported.</summary>
    internal abstract object? Read(JsonNode node, ReadContext context);
}

/// <summary>A key with values of one type.</summary>
/// <typeparam name="T">Of its values.</typeparam>
public abstract class ConfigurationKey<T> : ConfigurationKey
    where T : notnull
{
    internal sealed override object? Read(JsonNode node, ReadContext context) => TryRead(node, context, out var value) ? value : null;

    private protected abstract bool TryRead(JsonNode node, ReadContext context, out T value);

    private protected static bool Wrong(JsonNode node, ReadContext context, string expected)
    {
        context.Problem(node.Start, $"{node.Described} stands where {expected} belongs");
        return false;
    }
}

/// <summary>Where a value is read: whose path it has, and what paths in it are relative to.</summary>
internal sealed record ReadContext(JsonProblems Problems, string Directory, string Path)
{
    public void Problem(int offset, string fact) => Problems.Add(offset, Path, fact);

    /// <summary>A path as the file means it: relative to the folder that the file lies in. One with a NUL names no file, and stays as it is.</summary>
    public string Resolve(string path) =>
        Directory.Length > 0 && !path.Contains('\0', StringComparison.Ordinal) && System.IO.Path.IsPathFullyQualified(Directory) && path.Length > 0
            ? System.IO.Path.GetFullPath(path, Directory)
            : path;
}
