using Kohaku.Analysis.Linting;
using Kohaku.Syntax;

namespace Kohaku.Analysis.Rules;

/// <summary>Flags a network that was trained for another family of models.</summary>
/// <remarks>
/// <b>Why</b> The header of the file names the model it was trained for; what is not made for SDXL does not fit, and A1111 leaves it out.
/// <b>Bad</b> <c>1girl, &lt;lora:[|old style|]:0.8&gt;</c>
/// <b>Good</b> <c>1girl, &lt;lora:style:0.8&gt;</c>
/// <b>Fix</b> None.
/// </remarks>
internal sealed class NetworkForAnotherModel : Rule
{
    public override RuleInfo Info { get; } = new("KHK219", "network-for-another-model", Severity.Warning);

    public override void Check(PromptView prompt, Report report)
    {
        if (prompt.Services.Networks is not { } networks || prompt.Tree.Options.Dialect != Dialect.A1111) return;
        foreach (ref readonly var mark in prompt.Marks)
        {
            if (mark.Kind != MarkKind.Network || !NetworkName.TryRead(prompt, mark.Span, out var span)) continue;
            if (!networks.TryFind(prompt.Slice(span), out var facts) || facts.IsForModel != false) continue;
            report.Add(this, span, $"`{prompt.Slice(span)}` was trained for {facts.BaseName ?? "another model"}, not for SDXL");
        }
    }
}
