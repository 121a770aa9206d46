using Kohaku.Generation.Checkpoints;
using Kohaku.Generation.Graphs;
using Kohaku.Generation.Models;

namespace Kohaku.Generation.Runtime;

/// <summary>Sizes of a checkpoint's text encoders.</summary>
/// <param name="FirstWidth">Numbers a token of encoder 1.</param>
/// <param name="SecondWidth">Numbers a token of encoder 2.</param>
/// <param name="PooledWidth">Numbers of the pooled vector.</param>
/// <param name="Positions">Most tokens of a chunk.</param>
/// <param name="Vocabulary">Ids there are.</param>
internal sealed record EncoderSizes(int FirstWidth, int SecondWidth, int PooledWidth, int Positions, int Vocabulary)
{
    /// <summary>Reads them, and holds them against what the UNet takes.</summary>
    /// <exception cref="ModelException">The checkpoint's parts do not belong together.</exception>
    public static EncoderSizes Of(Checkpoint checkpoint)
    {
        var first = checkpoint.Require(TextEncoderGraph.First + "embeddings.token_embedding.weight", 2).Shape;
        var second = checkpoint.Require(TextEncoderGraph.Second + "token_embedding.weight", 2).Shape;
        var firstPlaces = checkpoint.Require(TextEncoderGraph.First + "embeddings.position_embedding.weight", 2).Shape[0];
        var secondPlaces = checkpoint.Require(TextEncoderGraph.Second + "positional_embedding", 2).Shape[0];
        var pooled = checkpoint.Require(TextEncoderGraph.Second + "text_projection", 2).Shape[1];
        checkpoint.RequireComplete();

        var context = UnetGraph.ContextWidth(checkpoint);
        if (context != first[1] + second[1])
            throw new ModelException($"The checkpoint's UNet takes {context} numbers a token, and its text encoders give {first[1]} and {second[1]}", "Get the whole checkpoint again");
        if (UnetGraph.PooledWidth(checkpoint) != pooled)
            throw new ModelException($"The checkpoint's UNet takes {UnetGraph.PooledWidth(checkpoint)} pooled numbers, and text encoder 2 gives {pooled}", "Get the whole checkpoint again");
        return new EncoderSizes((int)first[1], (int)second[1], (int)pooled, (int)Math.Min(firstPlaces, secondPlaces), (int)Math.Min(first[0], second[0]));
    }
}
