using System.Text;
using System.Text.Json;
using Kohaku.Files;
using Kohaku.Fuzzing.Engine;
using Kohaku.Fuzzing.Texts;

namespace Kohaku.Fuzzing.Targets;

/// <summary>Records of a stream: what System.Text.Json takes for an object with a prompt is a record with the same texts, and nothing else is; blocks hold the lines of the stream.</summary>
internal sealed class RecordsTarget : Target
{
    private static readonly JsonDocumentOptions s_deep = new() { MaxDepth = 4096 };

    private static readonly JsonTexts s_texts = new(["prompt", "negative_prompt", "id", "pr\\u006fmpt", "other"], ["\"1girl, solo\"", "\"a\\nb\"", "\"\\ud83d\\ude00\"", "\"\\ud83d\"", "\"\\u00e9\\/\"", "1.5e-7", "-0.0", "1E+2", "[{\"prompt\":1}]"]);

    private readonly RecordParser _parser = new();

    /// <summary>What is tested.</summary>
    public Func<RecordParser, byte[], bool> TryParse { get; init; } = static (parser, line) => parser.TryParse(line);

    /// <inheritdoc/>
    public override string Name => "records";

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Words => s_texts.Words;

    /// <inheritdoc/>
    public override byte[] Make(Dice dice) => dice.OneIn(3)
        ? WildText.Bytes($"{{\"prompt\":{JsonTexts.Quoted(PromptTexts.Of(dice, 6), dice)},\"id\":{s_texts.Object(dice)}}}")
        : WildText.Bytes(s_texts.Object(dice));

    /// <inheritdoc/>
    public override void Check(byte[] input)
    {
        CheckBlocks(input);
        foreach (var line in Lines(input)) CheckLine(line);
    }

    /// <inheritdoc/>
    protected override IEnumerable<byte[]> Begin() => Corpus.Of("jsonlines");

    private void CheckLine(byte[] line)
    {
        var taken = TryParse(_parser, line);
        Must.Hold(taken == _parser.Error is null, "a line is a record or has an error");
        var expected = Expected(line);
        Must.Hold(taken == expected is not null, taken ? "what is no record is refused" : "a record is taken", () => $"{Shown.Of(line)}: {_parser.Error}");
        if (expected is not { } record) return;

        if (record.Prompt is { } prompt) Must.Equal(prompt, _parser.Prompt.ToString(), "a record's prompt is the string of the JSON");
        if (record.Negative is { } negative) Must.Equal(negative, _parser.HasNegative ? _parser.Negative.ToString() : "(none)", "a record's negative prompt is the string of the JSON");
        Must.Hold(_parser.PromptToken.Start + _parser.PromptToken.Length <= line.Length, "a prompt lies in its line");
    }

    // As the best-known reader takes it; a string with half a surrogate pair has no value there, so it is not compared.
    private static (string? Prompt, string? Negative)? Expected(byte[] line)
    {
        if (!System.Text.Unicode.Utf8.IsValid(line)) return null;
        try
        {
            using var document = JsonDocument.Parse(line, s_deep);
            if (document.RootElement.ValueKind != JsonValueKind.Object) return null;

            JsonElement? prompt = null, negative = null;
            foreach (var member in document.RootElement.EnumerateObject())
            {
                if (NameOf(member) == "prompt") prompt = member.Value;
                else if (NameOf(member) == "negative_prompt") negative = member.Value;
            }

            if (prompt is not { ValueKind: JsonValueKind.String }) return null;
            if (negative is { ValueKind: not (JsonValueKind.String or JsonValueKind.Null) }) return null;
            return (TextOf(prompt.Value), negative is { ValueKind: JsonValueKind.String } ? TextOf(negative.Value) : null);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? NameOf(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static string? TextOf(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static void CheckBlocks(byte[] input)
    {
        var reader = new BlockReader(new Dripping(input), blockSize: 16, lineLimit: 1 << 20);
        var joined = new List<byte>();
        var line = 1L;
        while (reader.Read() is { } block)
        {
            using (block)
            {
                Must.Equal(line, block.FirstLine, "blocks number the lines of a stream");
                foreach (var read in block.Lines) line = read.Number + 1;
                joined.AddRange(block.Bytes);
            }
        }

        var mark = input.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? 3 : 0;
        Must.Hold(joined.SequenceEqual(input[mark..]), "blocks hold all of a stream");
    }

    private static IEnumerable<byte[]> Lines(byte[] input)
    {
        var start = 0;
        for (var i = 0; i <= input.Length; i++)
        {
            if (i < input.Length && input[i] != '\n') continue;
            yield return input[start..i];
            start = i + 1;
        }
    }

    /// <summary>A stream that gives a few bytes at a time, as pipes do.</summary>
    private sealed class Dripping(byte[] bytes) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, 1 + (int)(Position % 7)));
    }
}
