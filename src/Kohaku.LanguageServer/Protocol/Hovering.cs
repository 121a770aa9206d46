namespace Kohaku.LanguageServer.Protocol;

/// <summary>What is shown of the place under the pointer.</summary>
internal sealed record Hover(MarkupContent Contents, Range? Range = null);

/// <summary>A hint between the characters.</summary>
/// <param name="Position">Where.</param>
/// <param name="Label">What it says.</param>
internal sealed record InlayHint(Position Position, string Label)
{
    public string? Tooltip { get; init; }

    public bool? PaddingLeft { get; init; }
}

/// <summary>A line of text above a line.</summary>
internal sealed record CodeLens(Range Range, Command Command);

/// <summary>A place that leads elsewhere.</summary>
internal sealed record DocumentLink(Range Range)
{
    public string? Target { get; init; }

    public string? Tooltip { get; init; }

    /// <summary>The tag as the model reads it: what the target is made from when it is asked for.</summary>
    public string? Data { get; init; }
}
