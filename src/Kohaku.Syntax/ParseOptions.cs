namespace Kohaku.Syntax;

/// <summary>What a text is.</summary>
public enum TextForm
{
    /// <summary>A <c>.prompt</c> file: prompts divided by <c>---</c>, each with its negative prompt and parameters.</summary>
    Library,

    /// <summary>Wholly a positive prompt.</summary>
    Positive,

    /// <summary>Wholly a negative prompt.</summary>
    Negative,
}

/// <summary>How a text is read.</summary>
/// <param name="Form">What the text is.</param>
/// <param name="Dialect">Whose brackets and words.</param>
/// <param name="DynamicPrompts">Whether <c>{a|b}</c> and its kin are syntax.</param>
/// <param name="Comments">Whether <c>#</c> begins a comment.</param>
public sealed record ParseOptions(
    TextForm Form = TextForm.Library,
    Dialect Dialect = Dialect.A1111,
    bool DynamicPrompts = false,
    bool Comments = true)
{
    /// <summary>A <c>.prompt</c> file in A1111's dialect.</summary>
    public static ParseOptions Default { get; } = new();
}
