namespace Kohaku.Syntax;

/// <summary>A run of text with one weight, escapes resolved: what emphasis makes of a prompt.</summary>
/// <param name="Text">The text as it is tokenized. <c>BREAK</c> with a weight of −1 begins a new chunk (A1111).</param>
/// <param name="Weight">The effective weight, all brackets multiplied.</param>
public readonly record struct WeightedText(string Text, double Weight);
