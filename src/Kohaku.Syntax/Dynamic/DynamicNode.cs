namespace Kohaku.Syntax.Dynamic;

/// <summary>What a piece of a dynamic prompt is.</summary>
public enum DynamicKind
{
    /// <summary>A row of pieces: the whole prompt, an option, a value, a wildcard's name.</summary>
    Part,

    /// <summary>Text that stays.</summary>
    Literal,

    /// <summary><c>{a|b}</c>; its parts are the options.</summary>
    Variants,

    /// <summary><c>__name__</c>; its part is the name, then come the assignments of <c>(x=y)</c>.</summary>
    Wildcard,

    /// <summary><c>${x}</c>, <c>${x:default}</c>.</summary>
    Variable,

    /// <summary><c>${x=value}</c>; its part is the value.</summary>
    Assignment,

    /// <summary><c>%{wrapper$$inner}</c>; its parts are both.</summary>
    Wrap,
}

/// <summary>Who chooses.</summary>
public enum DynamicSampler
{
    /// <summary>As what is around it; at last as <see cref="Random"/>.</summary>
    Default,

    /// <summary><c>~</c></summary>
    Random,

    /// <summary><c>!</c>: every combination in turn.</summary>
    Combinatorial,

    /// <summary><c>@</c>: one after the other.</summary>
    Cyclical,
}

/// <summary>A piece of a dynamic prompt. Pieces stand in one list, each before those inside it.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Span">Where it is, with its brackets.</param>
/// <param name="End">Index of the first piece that is not inside this one.</param>
public readonly record struct DynamicNode(DynamicKind Kind, TextSpan Span, int End)
{
    /// <summary>The name of a variable, without blanks.</summary>
    public TextSpan Name { get; init; }

    /// <summary>What stands between the options that were chosen; empty without a length means a comma.</summary>
    public TextSpan Separator { get; init; }

    /// <summary>The least number of options; 1 where none is written.</summary>
    public int Minimum { get; init; }

    /// <summary>The greatest number of options; <see cref="int.MaxValue"/> for all.</summary>
    public int Maximum { get; init; }

    /// <summary>An option's weight; 1 where none is written.</summary>
    public double Weight { get; init; }

    /// <summary>Who chooses among options or a wildcard's lines.</summary>
    public DynamicSampler Sampler { get; init; }

    /// <summary>Whether an assignment is made once, when it is met (<c>=!</c>).</summary>
    public bool IsImmediate { get; init; }

    /// <summary>Whether an assignment leaves a value that is there (<c>?=</c>).</summary>
    public bool KeepsValue { get; init; }
}

/// <summary>A place where the dynamic-prompts library gives up.</summary>
/// <param name="Span">Where.</param>
/// <param name="Message">The fact.</param>
public readonly record struct DynamicError(TextSpan Span, string Message);
