using System.Text.Json;
using Kohaku.Syntax.Meaning;

namespace Kohaku.Syntax.Tokens;

/// <summary>The JSON of <c>kohaku tokens --json</c>: networks, parts, schedule, and the chunks of each scheduled text.</summary>
public static class TokensJson
{
    /// <summary>Writes one object for a prompt.</summary>
    /// <param name="json">Where to; it escapes as it is set to.</param>
    /// <param name="prompt">The positive prompt.</param>
    /// <param name="negative">The negative prompt, the same form under <c>negative</c>; <see langword="null"/> where there is none.</param>
    /// <param name="dialect">The dialect both were read in.</param>
    /// <param name="tokenizer">The tokenizer.</param>
    /// <param name="embeddings">Embeddings that names stand for, if any.</param>
    /// <returns>Whether both could be read; what the program fails on has an <c>error</c> in place of its parts.</returns>
    public static bool Write(
        Utf8JsonWriter json, PromptMeaning prompt, PromptMeaning? negative, Dialect dialect, ClipTokenizer tokenizer, Embeddings? embeddings = null)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(prompt);
        ArgumentNullException.ThrowIfNull(tokenizer);
        json.WriteStartObject();
        var can = WriteMembers(json, prompt, negative, dialect, tokenizer, embeddings);
        json.WriteEndObject();
        return can;
    }

    /// <summary>Writes the members of <see cref="Write"/>'s object, for one that holds more than these.</summary>
    /// <param name="json">Where to; inside an object.</param>
    /// <param name="prompt">The positive prompt.</param>
    /// <param name="negative">The negative prompt; <see langword="null"/> where there is none.</param>
    /// <param name="dialect">The dialect both were read in.</param>
    /// <param name="tokenizer">The tokenizer.</param>
    /// <param name="embeddings">Embeddings that names stand for, if any.</param>
    /// <returns>Whether both could be read.</returns>
    public static bool WriteMembers(
        Utf8JsonWriter json, PromptMeaning prompt, PromptMeaning? negative, Dialect dialect, ClipTokenizer tokenizer, Embeddings? embeddings = null)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(prompt);
        ArgumentNullException.ThrowIfNull(tokenizer);
        WritePrompt(json, prompt, Chunked);
        if (negative is not null)
        {
            json.WriteStartObject("negative");
            WritePrompt(json, negative, Chunked);
            json.WriteEndObject();
        }

        return prompt.Error is null && negative?.Error is null;

        ChunkedText Chunked(IReadOnlyList<WeightedText> texts) => Chunks.Of(texts, dialect, tokenizer, ChunkPadding.End, embeddings);
    }

    private static void WritePrompt(Utf8JsonWriter json, PromptMeaning prompt, Func<IReadOnlyList<WeightedText>, ChunkedText> chunked)
    {
        WriteText(json, "prompt", prompt.Prompt);
        json.WriteNumber("steps", prompt.Steps);
        if (prompt.Error is not null)
        {
            WriteText(json, "error", prompt.Error);
            return;
        }

        json.WriteStartArray("networks");
        foreach (var network in prompt.Networks)
        {
            json.WriteStartArray();
            json.WriteStringValue(WellFormedText.Of(network.Kind));
            json.WriteStartArray();
            foreach (var argument in network.Arguments) json.WriteStringValue(WellFormedText.Of(argument));
            json.WriteEndArray();
            json.WriteEndArray();
        }

        json.WriteEndArray();

        // Alternation comes back to the same text again and again.
        var known = new Dictionary<IReadOnlyList<WeightedText>, ChunkedText>(ReferenceEqualityComparer.Instance);
        json.WriteStartArray("parts");
        foreach (var part in prompt.Parts)
        {
            json.WriteStartObject();
            WriteText(json, "text", part.Text);
            json.WritePropertyName("weight");
            WriteWeight(json, part.Weight);
            json.WriteStartArray("schedule");
            foreach (var entry in part.Schedule)
            {
                if (!known.TryGetValue(entry.Runs, out var text)) known.Add(entry.Runs, text = chunked(entry.Runs));
                WriteEntry(json, entry, text);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteEntry(Utf8JsonWriter json, ScheduledMeaning entry, ChunkedText text)
    {
        json.WriteStartObject();
        json.WriteNumber("until", entry.Until);
        WriteText(json, "text", entry.Text);
        json.WriteNumber("count", text.Count);
        json.WriteStartArray("chunks");
        foreach (var chunk in text.Chunks)
        {
            json.WriteStartObject();
            json.WriteStartArray("tokens");
            foreach (var token in chunk.Tokens) json.WriteNumberValue(token);
            json.WriteEndArray();
            json.WriteStartArray("weights");
            foreach (var run in chunk.Weights)
            {
                json.WriteStartArray();
                json.WriteNumberValue(run.Length);
                WriteWeight(json, run.Weight);
                json.WriteEndArray();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>ComfyUI takes any float for a weight; JSON has no number for those that are not finite.</summary>
    private static void WriteWeight(Utf8JsonWriter json, double weight)
    {
        if (double.IsFinite(weight)) json.WriteNumberValue(weight);
        else json.WriteStringValue(double.IsNaN(weight) ? "NaN" : weight > 0 ? "Infinity" : "-Infinity");
    }

    private static void WriteText(Utf8JsonWriter json, string name, string text) => json.WriteString(name, WellFormedText.Of(text));
}
