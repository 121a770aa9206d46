using System.Text;
using Kohaku.Fuzzing.Engine;
using Kohaku.Fuzzing.Texts;
using Kohaku.Syntax;

namespace Kohaku.Fuzzing.Targets;

/// <summary>Infotext: what was read and written is read the same again, and everything stands where it says.</summary>
internal sealed class InfotextTarget : Target
{
    private static readonly string[] s_keys = ["Steps", "Sampler", "Schedule type", "CFG scale", "Seed", "Size", "Model hash", "Model", "Version", "Hires upscale", "Lora hashes", "TI", "Key_with", "a/b", "x-y"];

    private static readonly string[] s_values = ["20", "Euler a", "512x768", "1", "\"a, b\"", "\"a: \\\"b\\\", \\u00e9\"", "\"", "\"\"", "\"a\\", "", " ", "a:b", "v1.9.0", "Steps", "\"\\n\"", "\\", "é", "\"x\" y", "{\"a\": 1}", "\t", "12x", "\u00A0"];

    /// <summary>What is tested.</summary>
    public Func<string, Infotext> Read { get; init; } = Infotext.Read;

    /// <inheritdoc/>
    public override string Name => "infotext";

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Words { get; } = [.. s_keys.Select(key => key + ": ").Concat(s_values).Concat([", ", ",", "\n", "Negative prompt:", "\r", "\u2028"]).Select(word => WildText.Bytes(word))];

    /// <inheritdoc/>
    public override byte[] Make(Dice dice)
    {
        var text = new StringBuilder(dice.OneIn(3) ? PromptTexts.Of(dice, 8) : PromptTexts.Tag(dice));
        if (dice.OneIn(2)) text.Append("\nNegative prompt: ").Append(PromptTexts.Tag(dice));
        text.Append(dice.OneIn(8) ? dice.Pick("", "\r\n", " \n ") : "\n");
        for (var pairs = dice.Length(8); pairs > 0; pairs--)
        {
            text.Append(s_keys[dice.Below(s_keys.Length)]).Append(dice.OneIn(20) ? dice.Pick(":", " :", "") : ": ").Append(dice.OneIn(12) ? PromptTexts.Piece(dice) : s_values[dice.Below(s_values.Length)]);
            if (pairs > 1) text.Append(dice.OneIn(20) ? dice.Pick(",", ",,", " ", ", bare, ") : ", ");
        }

        return WildText.Bytes(text.ToString());
    }

    /// <inheritdoc/>
    public override void Check(byte[] input)
    {
        var text = WildText.Of(input);
        var read = Read(text);
        foreach (var span in new[] { read.PromptSpan, read.NegativeSpan, read.ParametersSpan }) Must.Lie(span, text.Length, "a part lies in the text");
        foreach (var field in read.Fields)
        {
            Must.Lie(field.KeySpan, text.Length, "a key lies in the text");
            Must.Lie(field.ValueSpan, text.Length, "a value lies in the text");
            Must.Hold(text.AsSpan(field.KeySpan.Start, field.KeySpan.Length).SequenceEqual(field.Key), "a key stands where it says");
        }

        var written = read.Write();
        var again = Read(written);
        Must.Equal(WithoutBlankEnd(read.Prompt), WithoutBlankEnd(again.Prompt), "the prompt is read the same again");
        Must.Equal(WithoutBlankEnd(read.Negative), WithoutBlankEnd(again.Negative), "the negative prompt is read the same again");
        Must.Same(read.ToParameters(), again.ToParameters(), "the parameters are read the same again");
        Must.Equal(written, again.Write(), "what was written is written the same again");
        foreach (var field in read.Fields.Where(field => !field.IsBare)) Must.Equal(field.Value, InfotextQuote.Read(InfotextQuote.Write(field.Value)), "a quoted value is read the same again");
    }

    // Blank lines at a side's end mean nothing, and the form has no place for them where nothing follows.
    private static string WithoutBlankEnd(string side) => side.TrimEnd('\n');

    /// <inheritdoc/>
    public override string Show(byte[] input) => Shown.Of(WildText.Of(input));

    /// <inheritdoc/>
    protected override IEnumerable<byte[]> Begin() => Corpus.Of("infotext").Concat(Corpus.Of("prompts"));
}
