using Kohaku.Jobs;
using Kohaku.Syntax.Tokens;

namespace Kohaku.Generation.Pipeline;

/// <summary>What weights do to a chunk that one encoder has encoded.</summary>
internal static class EmphasisWeighting
{
    /// <summary>Weighs a chunk in place.</summary>
    /// <param name="emphasis">How: A1111's <c>modules/sd_emphasis.py</c>, or ComfyUI's <c>encode_token_weights</c>.</param>
    /// <param name="hidden">Hidden states, <c>[tokens, width]</c>.</param>
    /// <param name="width">Numbers a token.</param>
    /// <param name="weights">A weight for each token.</param>
    /// <param name="empty">Hidden states of the empty prompt, <c>[77, width]</c>; only ComfyUI's way looks at them.</param>
    public static void Apply(EmphasisKind emphasis, Span<float> hidden, int width, IReadOnlyList<WeightRun> weights, ReadOnlySpan<float> empty)
    {
        // All are 1 where the emphasis mode says that weights have no effect: RequestMeaning.
        if (weights.All(run => run.Weight == 1)) return;

        var before = emphasis == EmphasisKind.Original ? Sum(hidden) : 0;
        var at = 0;
        foreach (var (tokens, weight) in weights)
        {
            var end = Math.Min(at + (tokens * width), hidden.Length);
            if (weight != 1) Weigh(emphasis, hidden[at..end], (float)weight, emphasis == EmphasisKind.Comfy ? empty[at..end] : default);
            at = end;
        }

        if (emphasis != EmphasisKind.Original) return;

        var restored = (float)(before / Sum(hidden));
        foreach (ref var value in hidden) value *= restored;
    }

    private static void Weigh(EmphasisKind emphasis, Span<float> hidden, float weight, ReadOnlySpan<float> empty)
    {
        if (emphasis != EmphasisKind.Comfy)
        {
            foreach (ref var value in hidden) value *= weight;
            return;
        }

        for (var i = 0; i < hidden.Length; i++) hidden[i] = ((hidden[i] - empty[i]) * weight) + empty[i];
    }

    private static double Sum(ReadOnlySpan<float> values)
    {
        double sum = 0;
        foreach (var value in values) sum += value;
        return sum;
    }
}
