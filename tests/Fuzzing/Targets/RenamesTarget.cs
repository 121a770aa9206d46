using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Kohaku.Analysis;
using Kohaku.Analysis.Editing;
using Kohaku.Analysis.Fixes;
using Kohaku.Fuzzing.Engine;
using Kohaku.Fuzzing.Texts;
using Kohaku.Syntax;

namespace Kohaku.Fuzzing.Targets;

/// <summary>Renaming through the server: nothing but the name changes, and renaming back gives the text again.</summary>
/// <remarks>An input is a byte that says where the cursor stands, one that says which name is given, and the text. One server serves all cases.</remarks>
internal sealed class RenamesTarget : Target
{
    private const string Uri = "file:///w/a.prompt";

    /// <summary>Names that no text here holds.</summary>
    private static readonly string[] s_names = ["red zebra", "zebra (striped)", "zq", "long zebra name of many words"];

    private static readonly SearchValues<char> s_syntax = SearchValues.Create(":|[]{}");

    private ServerSession? _server;
    private long _version;

    /// <summary>What is tested: the edits of a rename in a text; null where the server refuses it.</summary>
    public Func<ServerSession, Position, string, IReadOnlyList<LineEdit>?> Rename { get; init; } = static (server, place, name) => Renamed(server, place, name);

    /// <inheritdoc/>
    public override string Name => "renames";

    /// <inheritdoc/>
    public override int MaximumLength => 300;

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Words => PromptTexts.Words;

    /// <inheritdoc/>
    public override byte[] Make(Dice dice)
    {
        // A tag that stands at several places.
        var tag = PromptTexts.Tag(dice);
        var text = dice.OneIn(2) ? $"{tag}, {PromptTexts.Of(dice, 8)}, ({tag}:1.2){PromptTexts.Of(dice, 8)}" : PromptTexts.Of(dice, 16);
        return [(byte)dice.Below(256), (byte)dice.Below(256), .. WildText.Bytes(text)];
    }

    /// <inheritdoc/>
    public override void Check(byte[] input)
    {
        if (input.Length < 2) return;

        // JSON carries no half of a pair.
        var text = System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(WildText.Of(input.AsSpan(2))));
        var offset = input[0] * text.Length / 255;
        var name = s_names[input[1] % s_names.Length];
        var server = _server ??= ServerSession.Begin();
        if (text.Contains("zebra", StringComparison.OrdinalIgnoreCase) || text.Contains("zq", StringComparison.OrdinalIgnoreCase)) return;

        // No place of the protocol lies inside a line's end.
        if (offset > 0 && offset < text.Length && text[offset - 1] == '\r' && text[offset] == '\n') offset--;
        Open(server, text);
        var tree = SyntaxTree.Parse(text);
        var lines = new Lines(text);
        var place = lines.Of(offset);
        var prepared = server.Ask("textDocument/prepareRename", Parameters(place));
        Must.Hold(!prepared.TryGetProperty("error", out _), "what can be renamed is told", () => prepared.GetRawText());
        if (prepared.GetProperty("result") is not { ValueKind: JsonValueKind.Object } found) return;

        // A name is given without blanks round it; one that is read may end in an escaped one.
        var written = found.GetProperty("placeholder").GetString()!.Trim();
        var cursor = lines.Span(Range(found.GetProperty("range")));
        var isNetwork = IsInNetwork(tree, offset, cursor);
        Must.Hold((cursor.Start <= offset && offset <= cursor.End) || isNetwork, "the cursor stands in what is renamed", () => $"{cursor} at {offset}");

        // In a negative prompt a network with brackets in its name is text, and so are its brackets.
        if (isNetwork) name = s_names[0];
        var edits = Rename(server, place, name) ?? throw new Violation("what can be renamed is renamed", written);
        edits = [.. edits.OrderBy(edit => lines.Span(edit.Range).Start)];
        var spans = edits.Select(edit => lines.Span(edit.Range)).ToList();
        Must.Hold(spans.Contains(cursor), "what stands at the cursor is renamed");
        for (var i = 1; i < spans.Count; i++) Must.Hold(spans[i - 1].End <= spans[i].Start, "edits do not overlap");
        Must.Hold(edits.Select(edit => edit.Text.Trim()).Distinct().Count() == 1, "a name is written alike at all its places");

        var after = TextEdits.Apply(text, [.. edits.Select(edit => new TextEdit(lines.Span(edit.Range), edit.Text))]);
        var places = Moved(spans, edits);
        if (!spans.TrueForAll(span => IsPlain(tree, span))) return;

        CheckSame(tree, spans, after, places);

        // In the name, not at its border, where another may end.
        Open(server, after);
        var moved = new Lines(after);
        var back = Rename(server, moved.Of(places[spans.IndexOf(cursor)].Start + 1), written);

        // Some names may be read and not be written: `|_|`. And a blank that kept a name from BREAK stays.
        if (back is null || edits.Any(edit => edit.Text != edit.Text.Trim())) return;
        var again = TextEdits.Apply(after, [.. back.Select(edit => new TextEdit(moved.Span(edit.Range), edit.Text))]);
        var wanted = isNetwork ? written : BracketEdits.Escape(written, Dialect.A1111);
        Must.Equal(TextEdits.Apply(text, [.. spans.Select(span => new TextEdit(span, wanted))]), again, "renaming back gives the text again");
    }

    /// <inheritdoc/>
    public override string Show(byte[] input) => input.Length < 2 ? Shown.Of(input) : $"{input[0]} {s_names[input[1] % s_names.Length]}: {Shown.Of(WildText.Of(input.AsSpan(2)))}";

    /// <inheritdoc/>
    public override void Dispose()
    {
        _server?.End();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override IEnumerable<byte[]> Begin() => Corpus.Of("prompts").SelectMany(text => new byte[] { 0, 90, 200 }.Select(at => (byte[])[at, at, .. text]));

    private static List<LineEdit>? Renamed(ServerSession server, Position place, string name)
    {
        var answer = server.Ask("textDocument/rename", Parameters(place, $",\"newName\":{JsonSerializer.Serialize(name)}"));
        if (answer.TryGetProperty("error", out _)) return null;
        return [.. answer.GetProperty("result").GetProperty("changes").EnumerateObject().SelectMany(document => document.Value.EnumerateArray())
            .Select(edit => new LineEdit(Range(edit.GetProperty("range")), edit.GetProperty("newText").GetString()!))];
    }

    /// <summary>Whether a network's name is meant, with the cursor anywhere in the network.</summary>
    private static bool IsInNetwork(SyntaxTree tree, int offset, TextSpan name)
    {
        foreach (ref readonly var mark in tree.Marks)
            if (mark.Kind == MarkKind.Network && mark.Span.Start <= offset && offset <= mark.Span.End && mark.Span.Start < name.Start && name.End < mark.Span.End) return true;
        return false;
    }

    /// <summary>Whether a name is nothing but text: with a bracket or a colon it may be syntax for what stands round it, and is no longer once it is escaped.</summary>
    private static bool IsPlain(SyntaxTree tree, TextSpan span)
    {
        foreach (ref readonly var mark in tree.Marks)
            if (mark.Kind == MarkKind.StrayClose && span.Contains(mark.Span.Start)) return false;
        foreach (ref readonly var token in tree.Tokens)
            if (token.Kind is TokenKind.Open or TokenKind.Close && span.Contains(token.Start)) return false;
        return !tree.Slice(span).ContainsAny(s_syntax);
    }

    /// <summary>What stands outside of the name must be the same text in the same roles.</summary>
    private static void CheckSame(SyntaxTree old, List<TextSpan> spans, string after, List<TextSpan> moved)
    {
        var now = SyntaxTree.Parse(after);
        Must.Equal(old.Prompts.Length, now.Prompts.Length, "renaming keeps the number of prompts");
        Must.Equal(old.Sides.Length, now.Sides.Length, "renaming keeps the sides");
        Must.Equal(old.Parameters.Length, now.Parameters.Length, "renaming keeps the parameters");
        Must.Same(Outside(old, spans), Outside(now, moved), "renaming changes nothing but the name");
    }

    // Without the blanks, one of which may keep a name from BREAK.
    private static List<string> Outside(SyntaxTree tree, List<TextSpan> spans)
    {
        var tokens = new List<string>();
        var next = 0;
        foreach (ref readonly var token in tree.Tokens)
        {
            while (next < spans.Count && spans[next].End <= token.Start) next++;
            if (token.Kind != TokenKind.Whitespace && (next == spans.Count || token.End <= spans[next].Start)) tokens.Add($"{token.Kind} {tree.Slice(token.Span).Trim()}");
        }

        return tokens;
    }

    private static List<TextSpan> Moved(List<TextSpan> spans, IReadOnlyList<LineEdit> edits)
    {
        var moved = new List<TextSpan>();
        var by = 0;
        for (var i = 0; i < spans.Count; i++)
        {
            var name = edits[i].Text;
            moved.Add(new TextSpan(spans[i].Start + by + name.Length - name.TrimStart().Length, name.Trim().Length));
            by += edits[i].Text.Length - spans[i].Length;
        }

        return moved;
    }

    private void Open(ServerSession server, string text)
    {
        if (_version == 0) server.Tell("textDocument/didOpen", $"{{\"textDocument\":{{\"uri\":\"{Uri}\",\"languageId\":\"kohaku-prompt\",\"version\":{++_version},\"text\":{JsonSerializer.Serialize(text)}}}}}");
        else server.Tell("textDocument/didChange", $"{{\"textDocument\":{{\"uri\":\"{Uri}\",\"version\":{++_version}}},\"contentChanges\":[{{\"text\":{JsonSerializer.Serialize(text)}}}]}}");
    }

    private static string Parameters(Position place, string more = "") =>
        string.Create(CultureInfo.InvariantCulture, $"{{\"textDocument\":{{\"uri\":\"{Uri}\"}},\"position\":{{\"line\":{place.Line},\"character\":{place.Character}}}{more}}}");

    private static (Position Start, Position End) Range(JsonElement range) => (PositionOf(range.GetProperty("start")), PositionOf(range.GetProperty("end")));

    private static Position PositionOf(JsonElement place) => new(place.GetProperty("line").GetInt32(), place.GetProperty("character").GetInt32());

    /// <summary>A place as the protocol counts: lines and UTF-16 units from 0.</summary>
    internal readonly record struct Position(int Line, int Character);

    /// <summary>An edit as the protocol writes it.</summary>
    internal sealed record LineEdit((Position Start, Position End) Range, string Text);

    /// <summary>Where a text's lines begin.</summary>
    private sealed class Lines
    {
        private readonly List<int> _starts = [0];

        public Lines(string text)
        {
            for (var i = 0; i < text.Length; i++)
                if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.Length || text[i + 1] != '\n'))) _starts.Add(i + 1);
        }

        public Position Of(int offset)
        {
            var line = _starts.FindLastIndex(start => start <= offset);
            return new Position(line, offset - _starts[line]);
        }

        public TextSpan Span((Position Start, Position End) range) => TextSpan.FromBounds(_starts[range.Start.Line] + range.Start.Character, _starts[range.End.Line] + range.End.Character);
    }
}
