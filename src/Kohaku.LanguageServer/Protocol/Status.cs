using System.Text.Json.Serialization;

namespace Kohaku.LanguageServer.Protocol;

/// <summary><c>kohaku/promptStatus</c>: the prompt that holds a position.</summary>
internal sealed record PromptStatus
{
    /// <summary>The model's short name: <c>Delta</c>.</summary>
    public required string Profile { get; init; }

    /// <summary>Of the positive prompt, as A1111 counts them; of the longest part where AND divides it.</summary>
    public required int Tokens { get; init; }

    /// <summary>75 for each chunk.</summary>
    public required int Capacity { get; init; }

    public required int Chunks { get; init; }

    /// <summary>Null where there is no negative prompt.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int? NegativeTokens { get; init; }

    /// <summary>From 0.</summary>
    public required int Prompt { get; init; }

    public required int Prompts { get; init; }

    public required int Findings { get; init; }

    /// <summary>The worst finding's: 1 error to 4 hint; null where there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int? Severity { get; init; }
}

/// <summary><c>kohaku/explainRule</c>.</summary>
/// <param name="Rule">Its id or its name.</param>
internal sealed record ExplainRuleParams(string Rule);

/// <summary>A rule's page.</summary>
internal sealed record RuleExplanation(string Code, string Name, string Severity, string Markdown);
