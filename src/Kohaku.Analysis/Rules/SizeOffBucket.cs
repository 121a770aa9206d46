using Kohaku.Analysis.Linting;
using Kohaku.Analysis.Parameters;
using Kohaku.Syntax;

namespace Kohaku.Analysis.Rules;

/// <summary>Flags a picture size of a shape that was not among the training buckets.</summary>
/// <remarks>
/// <b>Why</b> The model saw pictures of about 1024×1024 pixels in steps of 64; other sizes cut bodies or repeat them.
/// <b>Bad</b> <c>1girl⏎Steps: 20, Size: [|512x768|]</c>
/// <b>Good</b> <c>1girl⏎Steps: 20, Size: 832x1216</c>
/// <b>Fix</b> None is applied; the nearest bucket is offered.
/// </remarks>
internal sealed class SizeOffBucket : Rule
{
    public override RuleInfo Info { get; } = new("KHK304", "size-off-bucket", Severity.Hint);

    public override void Check(PromptView prompt, Report report)
    {
        if (!prompt.TryParameter("Size", out var size)) return;
        var value = prompt.Slice(size.Value).TrimEnd();
        if (!ParameterCheck.TrySize(value, out var width, out var height) || !IsPossible(prompt.Profile.Resolution, width, height)) return;
        if (prompt.Profile.Resolution.IsRecommended(width, height)) return;
        var span = new TextSpan(size.Value.Start, value.Length);
        var finding = report.Add(this, span, $"the model was not trained at {width}x{height}");
        if (!report.WantsMessages) return;
        var (nearestWidth, nearestHeight) = prompt.Profile.Resolution.NearestBucket(width, height);
        var nearest = $"{nearestWidth}x{nearestHeight}";
        finding.Help($"the nearest bucket is {nearest}").Choice($"Write {nearest}", new TextEdit(span, nearest));
    }

    /// <summary>Other sizes have their finding already (KHK303).</summary>
    private static bool IsPossible(Profiles.Resolution limits, int width, int height) =>
        int.Min(width, height) >= limits.TrainedMinimum && int.Max(width, height) <= limits.Maximum
        && width % limits.Multiple == 0 && height % limits.Multiple == 0;
}
