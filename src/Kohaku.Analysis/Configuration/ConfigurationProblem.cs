namespace Kohaku.Analysis.Configuration;

/// <summary>Something that a configuration or profile says and that cannot be taken as it stands; the default is used in its place.</summary>
/// <param name="File">The file, or a layer's own name (<c>the command line</c>).</param>
/// <param name="Line">From 1; 0 where there is no file.</param>
/// <param name="Column">From 1, in UTF-16 units; 0 where there is no file.</param>
/// <param name="Key">The way to the key, <c>rules.weak-tags</c>; empty for the whole file.</param>
/// <param name="Fact">What is wrong, and what was likely meant.</param>
public sealed record ConfigurationProblem(string File, int Line, int Column, string Key, string Fact)
{
    /// <summary><c>kohaku.json:7:15: rules.weak-tags: no such rule; the nearest is weak-tag</c>.</summary>
    public override string ToString()
    {
        var place = Line > 0 ? $"{File}:{Line}:{Column}" : File;
        return Key.Length > 0 ? $"{place}: {Key}: {Fact}" : $"{place}: {Fact}";
    }
}
