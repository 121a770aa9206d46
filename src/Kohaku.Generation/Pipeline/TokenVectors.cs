using Kohaku.Generation.Models;
using Kohaku.Syntax.Tokens;

namespace Kohaku.Generation.Pipeline;

/// <summary>Textual-inversion embeddings that prompts may name, with their vectors.</summary>
public interface ITokenVectors
{
    /// <summary>Their names and how many vectors each has.</summary>
    public Embeddings Names { get; }

    /// <summary>A vector of an embedding.</summary>
    /// <param name="name">The embedding.</param>
    /// <param name="index">Which of its vectors, from 0.</param>
    /// <param name="position">The token's index in the chunk.</param>
    public TokenVector VectorOf(string name, int index, int position);
}
