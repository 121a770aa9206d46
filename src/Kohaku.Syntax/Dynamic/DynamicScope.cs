namespace Kohaku.Syntax.Dynamic;

/// <summary>A value as it was written, or, where it was made at once, its text.</summary>
/// <param name="Prompt">The prompt that has it.</param>
/// <param name="Part">Its part there.</param>
/// <param name="Text">The text, if it was made at once.</param>
internal sealed record DynamicValue(DynamicPrompt Prompt, int Part, string? Text);

/// <summary>The variables that are set where a piece is expanded, and what is being expanded around it.</summary>
internal sealed class DynamicScope(DynamicScope? outer, DynamicSampler sampler)
{
    private Dictionary<string, DynamicValue>? _values;

    /// <summary>How many wildcards and variables are being expanded around it.</summary>
    public int Depth { get; init; } = outer?.Depth ?? 0;

    /// <summary>The variable whose value is being expanded.</summary>
    public string? Expanding { get; init; }

    /// <summary>Who chooses where nothing is written.</summary>
    public DynamicSampler Sampler { get; } = sampler;

    public DynamicValue? Find(string name)
    {
        for (var scope = this; scope is not null; scope = scope.Outer)
        {
            if (scope._values is { } values && values.TryGetValue(name, out var value))
                return value;
        }

        return null;
    }

    public bool IsExpanding(string name)
    {
        for (var scope = this; scope is not null; scope = scope.Outer)
        {
            if (scope.Expanding == name)
                return true;
        }

        return false;
    }

    public void Set(string name, DynamicValue value) => (_values ??= new(StringComparer.Ordinal))[name] = value;

    private DynamicScope? Outer { get; } = outer;
}
