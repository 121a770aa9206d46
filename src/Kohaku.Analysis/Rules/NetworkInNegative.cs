using Kohaku.Analysis.Linting;
using Kohaku.Syntax;

namespace Kohaku.Analysis.Rules;

/// <summary>Flags a network in the negative prompt: A1111 takes it for text.</summary>
/// <remarks>
/// <b>Why</b> Networks are taken from the positive prompt only; in the negative one <c>&lt;lora:x:1&gt;</c> reaches the model as words.
/// <b>Bad</b> <c>1girl⏎Negative prompt: lowres, [|&lt;lora:x:1&gt;|]</c>
/// <b>Good</b> <c>1girl, &lt;lora:x:1&gt;⏎Negative prompt: lowres</c>
/// <b>Fix</b> None: move it to the positive prompt, with a negative weight if that was meant.
/// </remarks>
internal sealed class NetworkInNegative : Rule
{
    public override RuleInfo Info { get; } = new("KHK221", "network-in-negative", Severity.Warning);

    public override bool InNegative => true;

    public override void Check(PromptView prompt, Report report)
    {
        if (!prompt.IsNegative || prompt.Tree.Options.Dialect != Dialect.A1111) return;
        foreach (ref readonly var mark in prompt.Marks)
        {
            if (mark.Kind == MarkKind.Network)
                report.Add(this, mark.Span, $"`{prompt.Slice(mark.Span)}` is text in the negative prompt").Help("move it to the positive prompt");
        }
    }
}
