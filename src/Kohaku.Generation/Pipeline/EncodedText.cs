namespace Kohaku.Generation.Pipeline;

/// <summary>A text as the UNet takes it: encoded by both encoders and weighted.</summary>
/// <param name="Tokens">77 times its chunks.</param>
/// <param name="Context">Hidden states of both encoders side by side, <c>[Tokens, FirstWidth + SecondWidth]</c>.</param>
/// <param name="Pooled">The first chunk's pooled vector, unweighted, <c>[PooledWidth]</c>.</param>
public sealed record EncodedText(int Tokens, float[] Context, float[] Pooled)
{
    /// <summary>The context of more tokens: the last vector is repeated, as A1111 pads the shorter parts of a composition (<c>reconstruct_multicond_batch</c>).</summary>
    public ReadOnlySpan<float> PaddedTo(int tokens)
    {
        if (tokens == Tokens) return Context;

        var width = Context.Length / Tokens;
        var padded = new float[tokens * width];
        Context.CopyTo(padded, 0);
        for (var token = Tokens; token < tokens; token++) Context.AsSpan(Context.Length - width).CopyTo(padded.AsSpan(token * width));
        return padded;
    }
}
