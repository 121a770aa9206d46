using Kohaku.Cli.Reporters;
using Kohaku.Syntax;
using Kohaku.Syntax.Meaning;
using Kohaku.Syntax.Tokens;

namespace Kohaku.Cli.Tokens;

/// <summary>A prompt's tokens as a JSON object on one line: networks, parts, schedule, chunks.</summary>
internal sealed class TokenJson(TextWriter output, ClipTokenizer tokenizer, Dialect dialect, int steps)
{
    private readonly JsonText _json = new(output, indented: false);

    /// <summary>Writes a prompt, with its negative prompt where it has one.</summary>
    /// <returns>Whether the generator could read it.</returns>
    public bool Write(string positive, string? negative)
    {
        _json.BeginObject();
        var can = WriteText(positive, isNegative: false);
        if (negative is not null)
        {
            _json.Name("negative").BeginObject();
            can &= WriteText(negative, isNegative: true);
            _json.EndObject();
        }

        _json.EndObject();
        _json.EndLine();
        return can;
    }

    private bool WriteText(string text, bool isNegative)
    {
        var meaning = PromptMeaning.Of(text, dialect, steps, isNegative);
        _json.Member("prompt", meaning.Prompt).Member("steps", meaning.Steps);
        if (meaning.Error is { } error)
        {
            _json.Member("error", error);
            return false;
        }

        _json.Name("networks").BeginArray();
        foreach (var network in meaning.Networks)
        {
            _json.BeginArray().Value(network.Kind).BeginArray();
            foreach (var argument in network.Arguments) _json.Value(argument);
            _json.EndArray().EndArray();
        }

        _json.EndArray().Name("parts").BeginArray();
        foreach (var part in meaning.Parts)
        {
            _json.BeginObject().Member("text", part.Text).Name("weight").Value(part.Weight).Name("schedule").BeginArray();
            foreach (var entry in part.Schedule) WriteEntry(entry);
            _json.EndArray().EndObject();
        }

        _json.EndArray();
        return true;
    }

    private void WriteEntry(ScheduledMeaning entry)
    {
        var chunked = Chunks.Of(entry.Runs, dialect, tokenizer);
        _json.BeginObject().Member("until", entry.Until).Member("text", entry.Text).Member("count", chunked.Count).Name("chunks").BeginArray();
        foreach (var chunk in chunked.Chunks)
        {
            _json.BeginObject().Name("tokens").BeginArray();
            foreach (var token in chunk.Tokens) _json.Value(token);
            _json.EndArray().Name("weights").BeginArray();
            foreach (var run in chunk.Weights) _json.BeginArray().Value(run.Length).Value(run.Weight).EndArray();
            _json.EndArray().EndObject();
        }

        _json.EndArray().EndObject();
    }
}
