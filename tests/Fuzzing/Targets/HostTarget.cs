using System.Text;
using Kohaku.Files;
using Kohaku.Fuzzing.Engine;

namespace Kohaku.Fuzzing.Targets;

/// <summary>Files that hold prompts: any bytes are a document or one problem; places map back; an edit that is written back changes the one text and nothing else.</summary>
/// <remarks>An input is the file, a byte 0xFE, which stands in no UTF-8, one that chooses a text, and what that text becomes.</remarks>
internal abstract class HostTarget(InputKind kind) : Target
{
    private const byte Divider = 0xFE;
    private const string Path = "/w/host";

    /// <summary>What is tested: opens a text.</summary>
    public Func<TextFile, InputKind, (HostDocument?, FileProblem?)> Open { get; init; } = static (file, kind) =>
        HostDocument.TryOpen(file, kind, HostOptions.Default, out var document, out var problem) ? (document, problem) : (null, problem);

    /// <summary>What is tested: writes one text anew.</summary>
    public Func<HostDocument, HostText, string, string> Rewrite { get; init; } = static (document, text, newText) => document.Apply([new Rewrite(text, newText)]);

    /// <inheritdoc/>
    public override void Check(byte[] input)
    {
        var divider = Array.LastIndexOf(input, Divider);
        var bytes = divider < 0 ? input : input[..divider];
        var chosen = divider >= 0 && divider + 1 < input.Length ? input[divider + 1] : 0;
        var newText = divider >= 0 && divider + 2 < input.Length ? Sound(WildText.Of(input.AsSpan(divider + 2))) : "new, \"text\"";
        if (!TextFile.TryDecode(Path, bytes, out var file, out var problem))
        {
            CheckProblem(problem, null);
            return;
        }

        Must.Hold(file.Encode(file.Text).AsSpan().SequenceEqual(bytes), "what decodes encodes to the same bytes");
        var (document, fault) = Open(file, kind);
        Must.Hold(document is null != fault is null, "a file is a document or has a problem");
        if (document is null)
        {
            CheckProblem(fault!, file);
            return;
        }

        foreach (var part in document.Problems) CheckProblem(part, file);
        var texts = TextsOf(document);
        foreach (var text in texts) CheckPlaces(document, text);
        if (texts.Count > 0 && document.CanRewrite) CheckRewrite(document, texts, chosen % texts.Count, newText);
    }

    /// <inheritdoc/>
    public override string Show(byte[] input)
    {
        var divider = Array.LastIndexOf(input, Divider);
        return divider < 0 ? Shown.Of(WildText.Of(input)) : $"{Shown.Of(WildText.Of(input.AsSpan(0, divider)))}, edit {Shown.Of(WildText.Of(input.AsSpan(divider + 1)))}";
    }

    /// <summary>An input of a file and an edit of one of its texts.</summary>
    protected static byte[] Input(string file, int chosen, string newText, Dice dice)
    {
        byte[] bytes = dice.OneIn(30) ? [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(file)] : dice.OneIn(30) ? [0xEF, 0xBB, 0xBF, .. WildText.Bytes(file)] : WildText.Bytes(file);
        return [.. bytes, Divider, (byte)chosen, .. WildText.Bytes(newText)];
    }

    /// <summary>The text that comes of an edit: hosts of one line make blanks of line ends.</summary>
    protected virtual string Expected(string newText) => newText;

    /// <summary>Whether an edit may make the host read its prompts otherwise: a text that is empty is none.</summary>
    protected virtual bool MayVanish(string newText) => newText.Length == 0;

    private void CheckRewrite(HostDocument document, List<HostText> texts, int chosen, string newText)
    {
        Must.Equal(document.File.Text, document.Apply(texts.Select(text => new Rewrite(text, text.Text))), "texts that are written as they are change nothing");
        if (MayVanish(newText)) return;

        var after = Rewrite(document, texts[chosen], newText);
        var file = TextFile.FromText(Path, after);
        var (changed, problem) = Open(file, kind);
        Must.Hold(changed is not null, "an edited file can be opened again", () => $"{problem}: {Shown.Of(after)}");
        var expected = texts.Select((text, i) => i == chosen ? Expected(newText) : text.Text);
        Must.Same(expected, TextsOf(changed!).Select(text => text.Text), "an edit changes its text and no other");
        Must.Same(document.Prompts.Select(prompt => prompt.Name), changed!.Prompts.Select(prompt => prompt.Name), "an edit keeps the names");
        Must.Equal(document.Problems.Count, changed.Problems.Count, "an edit keeps the problems of other parts");
        Must.Hold(document.File.Encode(after).Length > 0, "an edited file can be encoded");
    }

    private static void CheckPlaces(HostDocument document, HostText text)
    {
        var host = document.File.Text;
        var before = -1;
        for (var offset = 0; offset <= text.Text.Length; offset++)
        {
            var at = text.Map.ToHost(offset);
            Must.Hold(at > before && at <= host.Length, "places in the host follow each other");
            var place = document.Locate(text, offset);
            Must.Hold(place.Line >= 1 && place.Column >= 1, "a place has a line and a column");
            Must.Equal(offset, text.Map.ToPrompt(at), "a place of the host is the place of the text it came from");
            if (text.Map.IsVerbatim && offset < text.Text.Length) Must.Hold(host[at] == text.Text[offset], "a text without escapes stands in its host as it is");
            before = at;
        }

        foreach (var hole in text.Holes) Must.Lie(hole, text.Text.Length, "a hole lies in its text");
    }

    private static void CheckProblem(FileProblem problem, TextFile? file)
    {
        Must.Hold(problem.Message.Length > 0 && problem.Path.Length > 0, "a problem says where and what");
        if (file is null || problem.Line is not { } line) return;
        Must.Hold(line >= 1 && line <= file.Lines.Count, "a problem's line is one of the file", () => $"{problem} of {file.Lines.Count} lines");
        Must.Hold(problem.Column is null or >= 1, "a problem's column is one of its line");
    }

    private static List<HostText> TextsOf(HostDocument document) =>
        [.. document.Prompts.SelectMany(prompt => prompt.Negative is { } negative ? [prompt.Text, negative] : new[] { prompt.Text })];

    // Half a character cannot stand in a file of UTF-8: no program gives one to be written.
    private static string Sound(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}

/// <summary>A1111's <c>styles.csv</c>.</summary>
internal sealed class StylesTarget() : HostTarget(InputKind.Styles)
{
    /// <inheritdoc/>
    public override string Name => "styles";

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Words { get; } = [.. new[] { ",", "\"", "\"\"", "\n", "\r\n", "\r", " ", "name,prompt,negative_prompt\n", "name,text\n", "{prompt}", "#", "a", "\",\"" }.Select(word => WildText.Bytes(word))];

    /// <inheritdoc/>
    public override byte[] Make(Dice dice)
    {
        var file = new StringBuilder(dice.OneIn(12) ? dice.Pick("name,text\n", "prompt\n", "negative_prompt,prompt,name\r\n", "\"name\",\"prompt\",\"negative_prompt\"\n", "") : "name,prompt,negative_prompt\n");
        for (var rows = dice.Length(8); rows > 0; rows--)
        {
            for (var fields = dice.OneIn(12) ? dice.Below(6) : 3; fields > 0; fields--)
            {
                file.Append(Field(dice));
                if (fields > 1) file.Append(',');
            }

            file.Append(dice.OneIn(12) ? dice.Pick("\r", "\n\n", "", ",\n") : dice.Pick("\n", "\r\n"));
        }

        return Input(file.ToString(), dice.Below(256), dice.OneIn(2) ? Field(dice) : Texts.PromptTexts.Of(dice, 4), dice);
    }

    /// <inheritdoc/>
    protected override IEnumerable<byte[]> Begin() => Corpus.Of("styles");

    private static string Field(Dice dice)
    {
        var text = dice.Below(4) switch { 0 => "", 1 => Texts.PromptTexts.Of(dice, 4), _ => Texts.PromptTexts.Tag(dice) };
        if (dice.OneIn(6)) text += "{prompt}";
        return dice.Below(6) switch
        {
            0 or 1 => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"",
            2 => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"{dice.Pick("", " ", "x", "\"\"")}",
            3 => dice.Pick(" ", "  ", "\t") + text,
            _ => text,
        };
    }
}

/// <summary>JSON Lines.</summary>
internal sealed class JsonLinesTarget() : HostTarget(InputKind.JsonLines)
{
    private static readonly Texts.JsonTexts s_texts = new(["prompt", "negative_prompt", "id", "pr\\u006fmpt", "other"], ["\"1girl, solo\"", "\"a\\nb\"", "\"\\ud83d\\ude00\"", "\"\\u00e9\\/\"", "{\"prompt\":\"x\"}"]);

    /// <inheritdoc/>
    public override string Name => "jsonlines";

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Words => s_texts.Words;

    /// <inheritdoc/>
    public override byte[] Make(Dice dice)
    {
        var file = new StringBuilder();
        for (var rows = dice.Length(6); rows > 0; rows--)
        {
            if (dice.OneIn(4)) file.Append(s_texts.Object(dice));
            else
            {
                file.Append("{\"prompt\":").Append(Texts.JsonTexts.Quoted(Texts.PromptTexts.Of(dice, 5), dice));
                if (dice.OneIn(2)) file.Append(dice.Pick(",", " , ")).Append("\"negative_prompt\": ").Append(dice.OneIn(6) ? "null" : Texts.JsonTexts.Quoted(Texts.PromptTexts.Tag(dice), dice));
                if (dice.OneIn(3)) file.Append(",\"id\":").Append(dice.Pick("1", "\"x\"", "[1,{}]", "null"));
                file.Append('}');
            }

            file.Append(dice.Pick("\n", "\n", "\r\n", "\n\n", ""));
        }

        return Input(file.ToString(), dice.Below(256), Texts.PromptTexts.Of(dice, 5), dice);
    }

    /// <inheritdoc/>
    protected override IEnumerable<byte[]> Begin() => Corpus.Of("jsonlines");
}

/// <summary>A prompt a line.</summary>
internal sealed class LinesTarget() : HostTarget(InputKind.Lines)
{
    /// <inheritdoc/>
    public override string Name => "lines";

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Words => Texts.PromptTexts.Words;

    /// <inheritdoc/>
    public override byte[] Make(Dice dice) =>
        Input(string.Concat(Enumerable.Range(0, dice.Length(8)).Select(_ => Texts.PromptTexts.Of(dice, 3) + dice.Pick("\n", "\r\n", "\r", "\n\n"))), dice.Below(256), Texts.PromptTexts.Of(dice, 4), dice);

    /// <inheritdoc/>
    protected override string Expected(string newText) => newText.AsSpan().IndexOfAny('\r', '\n') < 0 ? newText : newText.ReplaceLineEndings(" ");

    /// <inheritdoc/>
    protected override bool MayVanish(string newText) => string.IsNullOrWhiteSpace(Expected(newText)) || newText[0] == '#';
}

/// <summary>ComfyUI's workflows.</summary>
internal sealed class ComfyTarget() : HostTarget(InputKind.ComfyUI)
{
    private static readonly Texts.JsonTexts s_texts = new(
        ["1", "2", "3", "class_type", "inputs", "positive", "negative", "text", "conditioning", "_meta", "title", "nodes", "links", "id", "type", "mode", "link", "widget", "widgets_values", "origin_id", "origin_slot", "prompt", "name"],
        ["\"KSampler\"", "\"CLIPTextEncode\"", "[\"2\",0]", "[\"1\",0]", "[\"3\",1]", "\"1girl\"", "\"a\\nb\"", "[1,2,0,3,1,\"X\"]", "1", "2", "\"String\"", "{\"class_type\":\"CLIPTextEncode\",\"inputs\":{\"text\":\"a, \\u00e9\"}}",
            "{\"class_type\":\"KSampler\",\"inputs\":{\"positive\":[\"2\",0],\"negative\":[\"3\",0]}}"]);

    /// <inheritdoc/>
    public override string Name => "comfyui";

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Words => s_texts.Words;

    /// <inheritdoc/>
    public override byte[] Make(Dice dice)
    {
        var text = dice.OneIn(2) ? s_texts.Object(dice)
            : $$$"""{"1":{"class_type":"KSampler","inputs":{"positive":["2",0],"negative":["3",{{{dice.Below(3)}}}]}},"2":{"class_type":"CLIPTextEncode","inputs":{"text":{{{Texts.JsonTexts.Quoted(Texts.PromptTexts.Of(dice, 4), dice)}}}}},"3":{{{s_texts.Object(dice)}}}}""";
        return Input(text, dice.Below(256), Texts.PromptTexts.Of(dice, 4), dice);
    }

    /// <inheritdoc/>
    protected override IEnumerable<byte[]> Begin() => Corpus.Of("comfyui");
}
