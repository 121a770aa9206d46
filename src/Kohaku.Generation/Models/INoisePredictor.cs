namespace Kohaku.Generation.Models;

/// <summary>The UNet: the noise it sees in a latent.</summary>
public interface INoisePredictor
{
    /// <summary>Predicts the noise of a batch: mostly one latent under different conditions.</summary>
    /// <param name="sample">The scaled model input: <c>[4, height, width]</c>, which every entry of the batch gets, or <c>[batch, 4, height, width]</c>.</param>
    /// <param name="height">Rows of the latent.</param>
    /// <param name="width">Columns of the latent.</param>
    /// <param name="timestep">0 to 999, may be fractional.</param>
    /// <param name="conditions">The batch's conditions; the same object over the steps of an image, so that a device may keep its copy.</param>
    /// <param name="noise">Takes the result, <c>[batch, 4, height, width]</c>.</param>
    /// <param name="cancellation">Stops within one operator.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public void Predict(ReadOnlySpan<float> sample, int height, int width, float timestep, Conditions conditions, Span<float> noise, CancellationToken cancellation);
}

/// <summary>What a call of the UNet is conditioned on.</summary>
/// <param name="batch">Entries.</param>
/// <param name="tokens">Tokens of each entry: 77 times its chunks.</param>
/// <param name="context">Hidden states of both encoders side by side, <c>[batch, tokens, FirstWidth + SecondWidth]</c>.</param>
/// <param name="pooled">Pooled vectors, <c>[batch, PooledWidth]</c>.</param>
/// <param name="timeIds">Original height, width, crop top, left, target height, width, <c>[batch, 6]</c>.</param>
public sealed class Conditions(int batch, int tokens, float[] context, float[] pooled, float[] timeIds)
{
    /// <summary>Entries.</summary>
    public int Batch { get; } = batch;

    /// <summary>Tokens of each entry.</summary>
    public int Tokens { get; } = tokens;

    /// <summary><c>[batch, tokens, FirstWidth + SecondWidth]</c>.</summary>
    public float[] Context { get; } = context;

    /// <summary><c>[batch, PooledWidth]</c>.</summary>
    public float[] Pooled { get; } = pooled;

    /// <summary><c>[batch, 6]</c>.</summary>
    public float[] TimeIds { get; } = timeIds;

    /// <summary>The six numbers that one entry's size is told by: the original size is the target's, and nothing is cropped.</summary>
    /// <param name="width">Of the image, in pixels.</param>
    /// <param name="height">Of the image, in pixels.</param>
    public static int[] TimeIdsOf(int width, int height) => [height, width, 0, 0, height, width];
}
