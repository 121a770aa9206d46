using Kohaku.Analysis.Linting;
using Kohaku.Analysis.Text;
using Kohaku.Syntax.Parsing;

namespace Kohaku.Analysis.Rules;

/// <summary>Flags a parameter that no program knows.</summary>
/// <remarks>
/// <b>Why</b> A mistyped key is ignored, and a line without any known key stays part of the prompt.
/// <b>Bad</b> <c>1girl⏎Steps: 20, [|Sampelr|]: Euler a</c>
/// <b>Good</b> <c>1girl⏎Steps: 20, Sampler: Euler a</c>
/// <b>Fix</b> Unsafe: the nearest key. Lines that hold <c>Version</c> were written by a program, with keys of its extensions, and are left alone.
/// </remarks>
internal sealed class UnknownParameter : Rule
{
    /// <summary>Beyond so many nobody reads what is near.</summary>
    private const int MostSearched = 32;

    public override RuleInfo Info { get; } = new("KHK305", "unknown-parameter", Severity.Warning);

    public override void Check(PromptView prompt, Report report)
    {
        var line = prompt.Prompt.UnknownParameterLine;
        if (line.Length > 0)
            report.Add(this, line, "this line looks like parameters, but no key is known: it is part of the prompt").Help("known keys are Steps, Sampler, Seed, Size and others");
        if (prompt.Parameters.IsEmpty || prompt.TryParameter("Version", out _)) return;
        var searched = 0;
        foreach (ref readonly var parameter in prompt.Parameters)
        {
            var key = prompt.Slice(parameter.Key);
            if (ParameterKeys.IsKnown(key)) continue;
            var finding = report.Add(this, parameter.Key, $"there is no parameter `{key}`");
            if (!report.WantsSuggestions || ++searched > MostSearched || EditDistance.Nearest(key.ToString(), ParameterKeys.Known) is not { } nearest) continue;
            finding.Help($"the nearest is {nearest}").Unsafe($"Write {nearest}", new TextEdit(parameter.Key, nearest));
        }
    }
}
