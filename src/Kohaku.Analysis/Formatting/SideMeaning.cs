using System.Text;
using Kohaku.Syntax;
using Kohaku.Syntax.Meaning;
using Kohaku.Syntax.Tokens;

namespace Kohaku.Analysis.Formatting;

/// <summary>What the generator gets of one side of a prompt: networks, token ids, weights and chunks at every step.</summary>
/// <remarks>Two texts with equal meanings make the same picture. Weights are compared as the encoders take them, in single precision.</remarks>
public sealed class SideMeaning : IEquatable<SideMeaning>
{
    /// <summary>Enough steps for editing and alternation to differ where they can.</summary>
    private const int Steps = 20;

    private readonly List<string> _words = [];
    private readonly List<long> _numbers = [];

    private SideMeaning()
    {
    }

    /// <summary>Whether the generator fails on the text.</summary>
    public bool Fails { get; private set; }

    /// <summary>The meaning of one side of a prompt.</summary>
    public static SideMeaning Of(SyntaxTree tree, int side, ClipTokenizer tokenizer)
    {
        ArgumentNullException.ThrowIfNull(tree);
        return Of(WithoutComments(tree, tree.Sides[side]), tree.Options.Dialect, tree.Sides[side].IsNegative, tokenizer);
    }

    /// <summary>The meaning of a text without comments.</summary>
    public static SideMeaning Of(string text, Dialect dialect, bool isNegative, ClipTokenizer tokenizer)
    {
        var meaning = PromptMeaning.Of(text, dialect, Steps, isNegative);
        var result = new SideMeaning { Fails = meaning.Error is not null };
        foreach (var network in meaning.Networks)
        {
            result._words.Add(network.Kind);
            result._words.AddRange(network.Arguments);
        }

        var chunks = new Dictionary<IReadOnlyList<WeightedText>, ChunkedText>(ReferenceEqualityComparer.Instance);
        foreach (var part in meaning.Parts)
        {
            result._numbers.Add(BitConverter.SingleToInt32Bits((float)part.Weight));
            foreach (var entry in part.Schedule)
            {
                if (!chunks.TryGetValue(entry.Runs, out var made)) chunks[entry.Runs] = made = Chunks.Of(entry.Runs, dialect, tokenizer);
                result.Add(entry.Until, made);
            }
        }

        return result;
    }

    /// <inheritdoc/>
    public bool Equals(SideMeaning? other) =>
        other is not null && Fails == other.Fails && _numbers.Count == other._numbers.Count
        && _numbers.SequenceEqual(other._numbers) && _words.SequenceEqual(other._words, StringComparer.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SideMeaning);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_numbers.Count, _words.Count, Fails);

    private void Add(int until, ChunkedText text)
    {
        _numbers.Add(until);
        _numbers.Add(text.Chunks.Count);
        foreach (var chunk in text.Chunks)
        {
            foreach (var token in chunk.Tokens) _numbers.Add(token);
            foreach (var run in chunk.Weights) _numbers.Add((long)run.Length << 32 | (uint)BitConverter.SingleToInt32Bits((float)run.Weight));
        }
    }

    private static string WithoutComments(SyntaxTree tree, in SideNode side)
    {
        var text = new StringBuilder(side.Span.Length);
        foreach (ref readonly var token in tree.Tokens[side.Tokens.First..side.Tokens.End])
            if (token.Kind != TokenKind.Comment) text.Append(tree.Slice(token.Span));
        return text.ToString();
    }
}
