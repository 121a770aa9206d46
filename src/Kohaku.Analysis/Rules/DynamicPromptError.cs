using Kohaku.Analysis.Linting;
using Kohaku.Syntax;
using Kohaku.Syntax.Dynamic;

namespace Kohaku.Analysis.Rules;

/// <summary>Flags what the dynamic-prompts library fails on.</summary>
/// <remarks>
/// <b>Why</b> Where it cannot read a prompt, the extension gives up and all of the prompt reaches the model with its braces.
/// <b>Bad</b> <c>1girl, [|{|]red|blue hair</c>
/// <b>Good</b> <c>1girl, {red|blue} hair</c>
/// <b>Fix</b> None. The rule runs where <c>dynamicPrompts</c> is on.
/// </remarks>
internal sealed class DynamicPromptError : Rule
{
    private static readonly System.Buffers.SearchValues<char> Syntax = System.Buffers.SearchValues.Create("{}_$%~!@|:");

    public override RuleInfo Info { get; } = new("KHK214", "dynamic-prompt-error", Severity.Warning);

    public override bool InNegative => true;

    public override void Check(PromptView prompt, Report report)
    {
        if (!prompt.Tree.Options.DynamicPrompts) return;
        var side = prompt.Side.Span;
        var text = prompt.Slice(side);
        if (!text.ContainsAny(Syntax)) return;
        foreach (var error in DynamicPrompt.Parse(text.ToString()).Errors)
        {
            var span = error.Span with { Start = error.Span.Start + side.Start };
            if (!IsInComment(prompt, span.Start)) report.Add(this, span, error.Message);
        }
    }

    private static bool IsInComment(PromptView prompt, int position)
    {
        foreach (ref readonly var mark in prompt.Marks)
            if (mark.Kind == MarkKind.Comment && mark.Span.Contains(position)) return true;
        return false;
    }
}
