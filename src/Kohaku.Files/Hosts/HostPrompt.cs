namespace Kohaku.Files;

/// <summary>How a prompt's text is to be read.</summary>
public enum PromptForm
{
    /// <summary>A prompt library: comments, <c>---</c>, negative prompts and parameter lines.</summary>
    Library,

    /// <summary>A1111's infotext: the prompt, <c>Negative prompt:</c>, the parameter line.</summary>
    Infotext,

    /// <summary>A positive prompt and nothing else.</summary>
    Positive,

    /// <summary>A negative prompt and nothing else.</summary>
    Negative,
}

/// <summary>One prompt that a host holds.</summary>
/// <param name="Form">How <paramref name="Text"/> is to be read.</param>
/// <param name="Text">The prompt.</param>
/// <param name="Negative">The negative prompt that the host keeps apart from it.</param>
/// <param name="Name">What the host calls it: a style's name, a record's id as JSON, a node's number.</param>
public sealed record HostPrompt(PromptForm Form, HostText Text, HostText? Negative = null, string? Name = null);

/// <summary>How hosts are read.</summary>
/// <param name="Field">JSON Lines: the property that holds the prompt.</param>
/// <param name="NegativeField">JSON Lines: the property that holds the negative prompt.</param>
public sealed record HostOptions(string Field = "prompt", string NegativeField = "negative_prompt")
{
    /// <summary>As the documentation has it.</summary>
    public static HostOptions Default { get; } = new();
}

/// <summary>The text that a prompt is to have from now on.</summary>
/// <param name="Text">A text of the document.</param>
/// <param name="NewText">What it shall say.</param>
public readonly record struct Rewrite(HostText Text, string NewText);
