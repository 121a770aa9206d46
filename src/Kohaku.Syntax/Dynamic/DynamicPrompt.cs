namespace Kohaku.Syntax.Dynamic;

/// <summary>The lines of a wildcard; <see langword="null"/> or none where there is no such wildcard.</summary>
/// <param name="name">The name between the underscores; may hold <c>*</c>.</param>
public delegate IReadOnlyList<string>? WildcardLines(string name);

/// <summary>A prompt as the dynamic-prompts library reads it.</summary>
public sealed class DynamicPrompt
{
    internal DynamicPrompt(string text, DynamicNode[] nodes, DynamicError[] errors)
    {
        Text = text;
        Pieces = nodes;
        Errors = errors;
    }

    /// <summary>The text that was read.</summary>
    public string Text { get; }

    /// <summary>All pieces; the first is the whole prompt.</summary>
    public ReadOnlySpan<DynamicNode> Nodes => Pieces;

    /// <summary>Where the library fails; none for a valid prompt. After the first the pieces are a guess.</summary>
    public IReadOnlyList<DynamicError> Errors { get; }

    /// <summary>Whether anything in it is chosen, looked up or set.</summary>
    public bool IsDynamic => Array.Exists(Pieces, node => node.Kind is not (DynamicKind.Part or DynamicKind.Literal));

    internal DynamicNode[] Pieces { get; }

    /// <summary>Reads any text.</summary>
    public static DynamicPrompt Parse(string text) => new DynamicParser(text).Parse();

    /// <summary>One text that a dynamic prompt may become.</summary>
    /// <param name="text">The prompt.</param>
    /// <param name="seed">The same seed gives the same text, on every machine: numbers come from SplitMix64, one for each choice.
    /// They are not Python's, so that a seed gives another text than in the extension.</param>
    /// <param name="wildcards">Where wildcards' lines come from.</param>
    /// <param name="index">Which of several prompts it is: samplers that go in turn begin there.</param>
    public static DynamicExpansion Expand(string text, ulong seed, WildcardLines wildcards, int index = 0) =>
        new DynamicExpander(seed, wildcards, index).Expand(text);
}

/// <summary>What a dynamic prompt became.</summary>
/// <param name="Text">The text; the prompt itself where it could not be read.</param>
/// <param name="Errors">What could not be read, found or ended.</param>
public sealed record DynamicExpansion(string Text, IReadOnlyList<DynamicError> Errors);
