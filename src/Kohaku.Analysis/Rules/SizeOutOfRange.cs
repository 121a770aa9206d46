using Kohaku.Analysis.Linting;
using Kohaku.Analysis.Parameters;
using Kohaku.Syntax;

namespace Kohaku.Analysis.Rules;

/// <summary>Flags a picture size that the model cannot make, or was not trained for.</summary>
/// <remarks>
/// <b>Why</b> Sides must divide by 8 and stay between 64 and 4096; below 256 the model was not trained and gives noise.
/// <b>Bad</b> <c>1girl⏎Steps: 20, Size: [|8192|]x1024</c>
/// <b>Good</b> <c>1girl⏎Steps: 20, Size: 832x1216</c>
/// <b>Fix</b> None: which size was meant is not known.
/// </remarks>
internal sealed class SizeOutOfRange : Rule
{
    public override RuleInfo Info { get; } = new("KHK303", "size-out-of-range", Severity.Error);

    public override void Check(PromptView prompt, Report report)
    {
        if (!prompt.TryParameter("Size", out var size) || !ParameterCheck.TrySize(prompt.Slice(size.Value).Trim(), out var width, out var height)) return;
        var value = prompt.Slice(size.Value);
        var start = size.Value.Start;
        var x = value.IndexOfAny('x', 'X');
        CheckSide(prompt, report, new TextSpan(start, x), width, "wide");
        CheckSide(prompt, report, new TextSpan(start + x + 1, value.TrimEnd().Length - x - 1), height, "high");
    }

    private void CheckSide(PromptView prompt, Report report, TextSpan span, int side, string which)
    {
        var limits = prompt.Profile.Resolution;
        if (side > limits.Maximum)
            report.Add(this, span, $"{side} pixels {which} are more than {limits.Maximum}");
        else if (side < limits.HardMinimum)
            report.Add(this, span, $"{side} pixels {which} are less than {limits.HardMinimum}");
        else if (side % limits.Multiple != 0)
            report.Add(this, span, $"{side} does not divide by {limits.Multiple}").Help($"the nearest side is {Nearest(side, limits.Multiple)}");
        else if (side < limits.TrainedMinimum)
            report.Add(this, span, $"{side} pixels {which} are less than the {limits.TrainedMinimum} the model was trained with").As(Severity.Warning);
    }

    private static int Nearest(int side, int multiple) => (side + multiple / 2) / multiple * multiple;
}
