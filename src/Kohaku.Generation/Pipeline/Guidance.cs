using Kohaku.Generation.Models;
using Kohaku.Generation.Sampling;

namespace Kohaku.Generation.Pipeline;

/// <summary>Classifier-free guidance over a composition, with the texts of each call: noise = n₋ + Σ wᵢ · scale · (nᵢ − n₋).</summary>
/// <remarks>A1111 combines denoised predictions (<c>combine_denoised</c> in modules/sd_samplers_cfg_denoiser.py); those are linear in the noise with one and the same factor.</remarks>
internal sealed class Guidance : IEpsilonModel
{
    private readonly INoisePredictor _unet;
    private readonly IReadOnlyList<PlannedPart> _positive;
    private readonly PlannedPart _negative;
    private readonly float _scale;
    private readonly int _height;
    private readonly int _width;
    private readonly CancellationToken _cancellation;
    private readonly List<Batch> _batches = [];
    private readonly EncodedText[] _now;
    private readonly bool _isGuided;
    private float[] _noise = [];
    private int _calls;

    /// <summary>Guidance of one pass of one image.</summary>
    /// <param name="unet">The noise predictor.</param>
    /// <param name="positive">The parts of the prompt.</param>
    /// <param name="negative">The negative prompt.</param>
    /// <param name="scale">The guidance scale; at 1 the negative prompt is not asked.</param>
    /// <param name="height">Rows of the latent.</param>
    /// <param name="width">Columns of the latent.</param>
    /// <param name="cancellation">Stops within one operator.</param>
    public Guidance(INoisePredictor unet, IReadOnlyList<PlannedPart> positive, PlannedPart negative, double scale, int height, int width, CancellationToken cancellation)
    {
        (_unet, _positive, _negative, _scale, _height, _width, _cancellation) = (unet, positive, negative, (float)scale, height, width, cancellation);
        _isGuided = scale != 1 || positive.Count > 1 || positive[0].Weight != 1;
        _now = new EncodedText[positive.Count + (_isGuided ? 1 : 0)];
    }

    /// <inheritdoc/>
    public void Predict(ReadOnlySpan<float> input, float timestep, Span<float> noise)
    {
        for (var i = 0; i < _positive.Count; i++) _now[i] = _positive[i].At(_calls);
        if (_isGuided) _now[^1] = _negative.At(_calls);
        _calls++;

        var batch = BatchOfNow();
        var needed = _now.Length * noise.Length;
        if (_noise.Length < needed) _noise = new float[needed];
        var at = 0;
        foreach (var conditions in batch.Calls)
        {
            var length = conditions.Batch * noise.Length;
            _unet.Predict(input, _height, _width, timestep, conditions, _noise.AsSpan(at, length), _cancellation);
            at += length;
        }

        Combine(noise);
    }

    private void Combine(Span<float> noise)
    {
        if (!_isGuided)
        {
            _noise.AsSpan(0, noise.Length).CopyTo(noise);
            return;
        }

        var negative = _noise.AsSpan(_positive.Count * noise.Length, noise.Length);
        negative.CopyTo(noise);
        for (var part = 0; part < _positive.Count; part++)
        {
            var factor = (float)_positive[part].Weight * _scale;
            var positive = _noise.AsSpan(part * noise.Length, noise.Length);
            for (var i = 0; i < noise.Length; i++) noise[i] += factor * (positive[i] - negative[i]);
        }
    }

    private Batch BatchOfNow()
    {
        foreach (var known in _batches)
            if (known.Texts.AsSpan().SequenceEqual(_now)) return known;

        var texts = (EncodedText[])_now.Clone();
        var parts = texts.AsSpan(0, _positive.Count);
        var longest = 0;
        foreach (var part in parts) longest = Math.Max(longest, part.Tokens);
        // Conditions of unequal length run apart: padding would change what the model attends to.
        var batch = !_isGuided || texts[^1].Tokens == longest
            ? new Batch(texts, [Join(texts, longest)])
            : new Batch(texts, [Join(parts, longest), Join(texts.AsSpan(_positive.Count), texts[^1].Tokens)]);
        _batches.Add(batch);
        return batch;
    }

    private Conditions Join(ReadOnlySpan<EncodedText> texts, int tokens)
    {
        var width = texts[0].Context.Length / texts[0].Tokens;
        var context = new float[texts.Length * tokens * width];
        var pooled = new float[texts.Length * texts[0].Pooled.Length];
        var times = new float[texts.Length * 6];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i].PaddedTo(tokens).CopyTo(context.AsSpan(i * tokens * width));
            texts[i].Pooled.CopyTo(pooled, i * texts[0].Pooled.Length);
            float[] own = [.. Conditions.TimeIdsOf(8 * _width, 8 * _height)];
            own.CopyTo(times, i * 6);
        }

        return new Conditions(texts.Length, tokens, context, pooled, times);
    }

    private sealed record Batch(EncodedText[] Texts, Conditions[] Calls);
}
