using Kohaku.Analysis.Linting;
using Kohaku.Analysis.Parameters;
using Kohaku.Syntax;

namespace Kohaku.Analysis.Rules;

/// <summary>Flags a parameter whose value cannot be.</summary>
/// <remarks>
/// <b>Why</b> A sampler that does not exist, no steps or a seed beyond 64 bits make the program fail, or fall back to something else.
/// <b>Bad</b> <c>1girl⏎Steps: [|0|], Sampler: Euler a</c>
/// <b>Good</b> <c>1girl⏎Steps: 20, Sampler: DPM++ 2M Karras</c>
/// <b>Fix</b> Unsafe: the nearest name, where one is near.
/// </remarks>
internal sealed class InvalidParameter : Rule
{
    public override RuleInfo Info { get; } = new("KHK306", "invalid-parameter", Severity.Warning);

    public override void Check(PromptView prompt, Report report)
    {
        foreach (ref readonly var parameter in prompt.Parameters)
        {
            var value = prompt.Slice(parameter.Value).TrimEnd();
            if (ParameterCheck.Of(prompt.Slice(parameter.Key), value) is not { } fault) continue;
            var span = value.IsEmpty ? parameter.Key : new TextSpan(parameter.Value.Start, value.Length);
            var finding = report.Add(this, span, fault.Message);
            if (fault.Nearest is { } nearest) finding.Help($"the nearest is {nearest}").Unsafe($"Write {nearest}", new TextEdit(span, nearest));
        }
    }
}
