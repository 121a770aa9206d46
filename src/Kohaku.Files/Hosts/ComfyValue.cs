namespace Kohaku.Files;

/// <summary>A value in a workflow's JSON. Numbers with fractions, booleans and null say nothing about prompts: they have no text.</summary>
internal sealed class ComfyValue
{
    /// <summary>A string's characters, or an integer's digits; null for all else.</summary>
    public string? Text { get; init; }

    /// <summary>An integer, where it is from 0 on and not too large.</summary>
    public int? Number { get; init; }

    /// <summary>Where a string's last quote stands in the file; null for all else.</summary>
    public LinePosition? End { get; init; }

    /// <summary>Whether it is a string.</summary>
    public bool IsString => End is not null;

    /// <summary>An array's values; null for all else.</summary>
    public List<ComfyValue>? Items { get; init; }

    /// <summary>An object's members, the last of those with the same name; null for all else.</summary>
    public OrderedDictionary<string, ComfyValue>? Members { get; init; }

    /// <summary>An object's member; null where there is none, or this is no object.</summary>
    public ComfyValue? this[string name] => Members?.GetValueOrDefault(name);
}
