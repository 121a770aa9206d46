using Kohaku.Analysis;
using Kohaku.Analysis.Completion;
using Kohaku.Analysis.Editing;
using Kohaku.Analysis.Fixes;
using Kohaku.Analysis.Linting;
using Kohaku.Fuzzing.Engine;
using Kohaku.Fuzzing.Texts;
using Kohaku.Syntax;

namespace Kohaku.Fuzzing.Targets;

/// <summary>What keys and code actions do, and completion at every place: edits lie in the text, change no prompt's borders, and touch no prompt that is refused.</summary>
internal sealed class EditsTarget : Target
{
    private static readonly PromptAction[] s_actions = [.. Enum.GetValues<PromptAction>().Where(action => action != PromptAction.FixAll)];

    private static readonly string[] s_inserted = ["hatsune miku", "miku (vocaloid)", "reverse:1999", ":3", "|_|", "#unicus", "\\m/", "a"];

    private readonly Dictionary<(Dialect, bool), PromptReader> _readers = [];

    /// <summary>What is tested.</summary>
    public Func<PromptAction, SyntaxTree, PromptReader, TextSpan, IReadOnlyList<TextEdit>> Edit { get; init; } = PromptEdits.Of;

    /// <summary>The finder of places that is tested.</summary>
    public Func<SyntaxTree, int, CompletionPlace> PlaceAt { get; init; } = PlaceReader.At;

    /// <inheritdoc/>
    public override string Name => "edits";

    /// <inheritdoc/>
    public override int MaximumLength => 300;

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Words => PromptTexts.Words;

    /// <inheritdoc/>
    public override byte[] Make(Dice dice) => [(byte)dice.Below(256), (byte)dice.Below(256), .. Options.Input(dice.Below(4), PromptTexts.Of(dice, 16))];

    /// <inheritdoc/>
    public override void Check(byte[] input)
    {
        if (input.Length < 2) return;

        var (options, text) = Options.Read(input[2..], libraryOnly: true);
        var tree = SyntaxTree.Parse(text, options);
        var reader = ReaderOf(options);
        var start = input[0] * text.Length / 255;
        var selection = new TextSpan(start, Math.Min(text.Length - start, input[1] >> 4));
        var refused = Refused.Of(tree, reader);
        CheckAction(s_actions[input[1] % s_actions.Length], tree, reader, selection, refused);

        for (var offset = 0; offset <= text.Length; offset++) CheckPlace(tree, offset, PlaceAt(tree, offset));
        CheckInsertion(tree, start, PlaceReader.ForInsertion(tree, start));
        _ = SuppressionEdits.Here(tree, start, "weak-tag");
        var directive = SuppressionEdits.InFile(text, "weak-tag");
        Must.Lie(directive.Span, text.Length, "a directive's edit lies in the text");
    }

    /// <inheritdoc/>
    public override string Show(byte[] input) => input.Length < 2 ? Shown.Of(input) : $"{input[0]} {s_actions[input[1] % s_actions.Length]} {Options.Show(input[2..])}";

    /// <inheritdoc/>
    protected override IEnumerable<byte[]> Begin() => Corpus.Of("prompts").SelectMany(text => new[] { 0, 1 }.Select(bits => (byte[])[100, 0, (byte)bits, .. text]));

    private void CheckAction(PromptAction action, SyntaxTree tree, PromptReader reader, TextSpan selection, List<string> refused)
    {
        var edits = Edit(action, tree, reader, selection);
        var end = 0;
        foreach (var edit in edits)
        {
            Must.Lie(edit.Span, tree.Text.Length, "an edit lies in the text");
            Must.Hold(edit.Span.Start >= end, "edits follow each other");
            end = edit.Span.End;
        }

        if (edits.Count == 0) return;
        var after = TextEdits.Apply(tree.Text.ToString(), [.. edits]);
        Must.Hold(after != tree.Text.ToString(), $"{action} offers no edits that change nothing");
        var changed = SyntaxTree.Parse(after, tree.Options);
        Must.Equal(tree.Prompts.Length, changed.Prompts.Length, $"{action} keeps the number of prompts");
        Must.Equal(tree.Sides.Length, changed.Sides.Length, $"{action} keeps the sides");
        Must.Equal(tree.Parameters.Length, changed.Parameters.Length, $"{action} keeps the parameters");
        Refused.MustStay(refused, after);
        var moved = SelectionMap.Map(edits, selection);
        Must.Lie(moved, after.Length, "a selection lies in the edited text");
    }

    private static void CheckPlace(SyntaxTree tree, int offset, CompletionPlace place)
    {
        if (place.Kind == PlaceKind.None) return;

        Must.Lie(place.Span, tree.Text.Length, "what completion replaces lies in the text");
        Must.Hold(place.Span.Start <= offset && offset <= place.Span.End, "the cursor stands in what completion replaces", () => $"{place} at {offset}");
        Must.Hold(tree.Slice(place.Span).IndexOfAny('\n', '\r') < 0, "what completion replaces stands on one line");
        Must.Hold(place.Word.Length == 0 || (place.Word.Start >= place.Span.Start && place.Word.End <= place.Span.End), "the word under the cursor is a part of what is replaced");
        if (place.Joined is { } joined) CheckPlace(tree, offset, joined);
        if (place.Kind == PlaceKind.Tag) CheckInsertion(tree, offset, place);
    }

    private static void CheckInsertion(SyntaxTree tree, int offset, CompletionPlace place)
    {
        if (place.Kind != PlaceKind.Tag) return;

        var tag = s_inserted[offset % s_inserted.Length];
        if (!TagInsertion.IsWritable(tree, place, tag)) return;

        var written = TagInsertion.Text(tree, place, tag);
        var after = TextEdits.Apply(tree.Text.ToString(), [new TextEdit(place.Span, written)]);
        var changed = SyntaxTree.Parse(after, tree.Options);
        Must.Equal(tree.Prompts.Length, changed.Prompts.Length, "a completed tag keeps the number of prompts");
        Must.Equal(tree.Sides.Length, changed.Sides.Length, "a completed tag keeps the sides");

        // It may be what a line of pairs lacked.
        Must.Hold(tree.Parameters.Length <= changed.Parameters.Length, "a completed tag takes no parameters away");
    }

    private PromptReader ReaderOf(ParseOptions options)
    {
        var key = (options.Dialect, options.DynamicPrompts);
        return _readers.TryGetValue(key, out var known) ? known : _readers[key] = new PromptReader(Shipped.Settings(options), Shipped.Services);
    }
}
