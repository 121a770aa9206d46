using System.Runtime.InteropServices;
using Kohaku.Fuzzing.Engine;
using Kohaku.Fuzzing.Texts;
using Kohaku.Syntax;

namespace Kohaku.Fuzzing.Targets;

/// <summary>Lexer, parser and tree: nothing is lost, everything lies where it says, and a library's prompts read alone as they read in the whole.</summary>
internal sealed class SyntaxTarget : Target
{
    private readonly SyntaxTree _reused = new();
    private readonly SyntaxTree _alone = new();

    /// <summary>What is tested.</summary>
    public Func<string, ParseOptions, SyntaxTree> Parse { get; init; } = static (text, options) => SyntaxTree.Parse(text, options);

    /// <summary>What divides a library.</summary>
    public Func<string, IReadOnlyList<TextSpan>> Divide { get; init; } = static text => PromptLibrary.Divide(text);

    /// <inheritdoc/>
    public override string Name => "syntax";

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Words => PromptTexts.Words;

    /// <inheritdoc/>
    public override byte[] Make(Dice dice)
    {
        // Now and then a text that no recursion would live through.
        if (dice.OneIn(20_000)) return Options.Input(dice.Below(64), string.Concat(Enumerable.Repeat(PromptTexts.Piece(dice), 100_000)));
        return Options.Input(dice.Below(64), PromptTexts.Of(dice));
    }

    /// <inheritdoc/>
    public override void Check(byte[] input)
    {
        var (options, text) = Options.Read(input);
        var tree = Parse(text, options);
        Must.Hold(tree.ToString() == text, "the tokens joined are the text");
        CheckTokens(tree, text.Length);
        foreach (ref readonly var prompt in tree.Prompts) CheckPrompt(tree, prompt);
        for (var i = 0; i < tree.Sides.Length; i++) CheckSide(tree, tree.Sides[i]);
        CheckGroups(tree);

        _reused.Read(text.AsMemory(), options);
        Must.Hold(SameTables(tree, _reused), "a tree read into again equals a new one");
        if (options.Form == TextForm.Library) CheckDivision(tree, text, options);
    }

    /// <inheritdoc/>
    public override string Show(byte[] input) => Options.Show(input);

    /// <inheritdoc/>
    protected override IEnumerable<byte[]> Begin() => Corpus.Of("prompts").SelectMany(text => new[] { 0, 1, 2 }.Select(bits => (byte[])[(byte)bits, .. text]));

    private static void CheckTokens(SyntaxTree tree, int length)
    {
        var end = 0;
        foreach (ref readonly var token in tree.Tokens)
        {
            Must.Hold(token.Start == end && token.Length > 0, "tokens follow each other without gaps");
            end = token.End;
        }

        Must.Equal(length, end, "the last token ends where the text ends");
    }

    private static void CheckPrompt(SyntaxTree tree, in PromptNode prompt)
    {
        Must.Lie(prompt.Span, tree.Text.Length, "a prompt lies in the text");
        Must.Hold(prompt.Positive >= 0 && prompt.Positive < tree.Sides.Length && prompt.Negative < tree.Sides.Length, "a prompt names sides that there are");
        Must.Lie(prompt.ParameterLine, prompt.Span.End, "a line of parameters lies in its prompt");
        Must.Hold(prompt.Parameters.First <= prompt.Parameters.End && prompt.Parameters.End <= tree.Parameters.Length, "a prompt names parameters that there are");
        var end = prompt.ParameterLine.Start;
        foreach (ref readonly var pair in tree.Parameters[prompt.Parameters.First..prompt.Parameters.End])
        {
            Must.Hold(pair.Key.Start >= end && pair.Value.Start >= pair.Key.End && pair.Value.End <= prompt.ParameterLine.End, "pairs follow each other in their line");
            end = pair.Value.End;
        }
    }

    private static void CheckSide(SyntaxTree tree, in SideNode side)
    {
        Must.Lie(side.Span, tree.Text.Length, "a side lies in the text");
        var fields = tree.Fields[side.Fields.First..side.Fields.End];
        for (var i = 0; i < fields.Length; i++)
        {
            Must.Hold(fields[i].Span.Length == 0 || (fields[i].Span.Start >= side.Span.Start && fields[i].Span.End <= side.Span.End), "a field lies in its side");
            Must.Hold(i == 0 || fields[i].Pieces.First >= fields[i - 1].Pieces.End, "fields share no piece");
        }

        var end = side.Span.Start;
        foreach (ref readonly var piece in tree.Pieces[side.Pieces.First..side.Pieces.End])
        {
            Must.Hold(piece.Span.Start >= end && piece.Span.End <= side.Span.End && piece.Span.Length > 0, "pieces follow each other in their side");
            Must.Hold(piece.Group >= -1 && piece.Group < tree.Groups.Length && piece.Field >= side.Fields.First && piece.Field < side.Fields.End, "a piece names a field and a group that there are");
            end = piece.Span.End;
        }

        end = side.Span.Start;
        foreach (ref readonly var mark in tree.Marks[side.Marks.First..side.Marks.End])
        {
            Must.Hold(mark.Span.Start >= end && mark.Span.End <= side.Span.End, "marks follow each other in their side");
            end = mark.Span.Start;
        }

        foreach (ref readonly var part in tree.Parts[side.Parts.First..side.Parts.End])
        {
            Must.Hold(part.Span.Start >= side.Span.Start && part.Span.End <= side.Span.End, "a part lies in its side");
            Must.Lie(part.WeightSpan, tree.Text.Length, "a part's weight lies in the text");
        }
    }

    private static void CheckGroups(SyntaxTree tree)
    {
        for (var i = 0; i < tree.Groups.Length; i++)
        {
            ref readonly var group = ref tree.Groups[i];
            Must.Hold(group.Open >= 0 && group.Open < tree.Text.Length && (group.Close < 0 || group.Close > group.Open) && group.Close < tree.Text.Length, "a bracket closes behind where it opens");
            Must.Hold(group.Parent >= -1 && group.Parent < i, "a bracket's parent opens before it");
            Must.Hold(i == 0 || tree.Groups[i - 1].Open < group.Open, "brackets stand in the order in which they open");
            Must.Lie(group.WeightSpan, tree.Text.Length, "a weight lies in the text");
            Must.Hold(group.Pieces.First <= group.Pieces.End && group.Pieces.End <= tree.Pieces.Length, "a bracket names pieces that there are");
        }
    }

    private static bool SameTables(SyntaxTree left, SyntaxTree right) =>
        left.Tokens.SequenceEqual(right.Tokens) && left.Marks.SequenceEqual(right.Marks) && left.Parameters.SequenceEqual(right.Parameters)
        && Bytes(left.Prompts).SequenceEqual(Bytes(right.Prompts)) && Bytes(left.Sides).SequenceEqual(Bytes(right.Sides)) && Bytes(left.Fields).SequenceEqual(Bytes(right.Fields))
        && Bytes(left.Pieces).SequenceEqual(Bytes(right.Pieces)) && Bytes(left.Groups).SequenceEqual(Bytes(right.Groups)) && Bytes(left.Parts).SequenceEqual(Bytes(right.Parts));

    private static ReadOnlySpan<byte> Bytes<T>(ReadOnlySpan<T> rows)
        where T : unmanaged => MemoryMarshal.AsBytes(rows);

    private void CheckDivision(SyntaxTree tree, string text, ParseOptions options)
    {
        var prompts = 0;
        var end = 0;
        foreach (var span in Divide(text))
        {
            Must.Hold(span.Start >= end && span.End <= text.Length, "the parts of a library follow each other");
            end = span.End;
            _alone.Read(text.AsMemory(span.Start, span.Length), options);
            prompts += _alone.Prompts.Length;
            var first = FirstFrom(tree.Tokens, span.Start);
            foreach (ref readonly var token in _alone.Tokens)
            {
                Must.Hold(first < tree.Tokens.Length && tree.Tokens[first] == token with { Start = token.Start + span.Start }, "a prompt of a library reads alone as it reads in the whole");
                first++;
            }
        }

        Must.Equal(tree.Prompts.Length, prompts, "the parts of a library hold its prompts");
    }

    private static int FirstFrom(ReadOnlySpan<Token> tokens, int offset)
    {
        var (low, high) = (0, tokens.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (tokens[middle].Start < offset) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
