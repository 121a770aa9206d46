using System.Text.Encodings.Web;
using System.Text.Json;
using Kohaku.Cli.Commands;
using Kohaku.Cli.Terminal;
using Kohaku.Generation.Models;
using Kohaku.Generation.Pipeline;
using Kohaku.Jobs;
using Kohaku.Syntax.Tokens;

namespace Kohaku.Cli.Generating;

/// <summary><c>--dry-run --json</c>: an object a request, in the form of <c>kohaku tokens --json</c> with what else decides the image.</summary>
internal static class DryRunJson
{
    /// <summary>Writes all requests.</summary>
    public static int Write(FoundPrompts prompts, GenerateOrder order, Session session)
    {
        var size = order.Model is null ? ModelSize.Sdxl : ModelSize.Of(session.Absolute(order.Model));
        var tokenizer = new ClipTokenizer(ShippedFiles.OpenClip());
        var embeddings = DryRun.EmbeddingsOf(prompts.Settings.Embeddings, tokenizer, session);
        using var output = new BufferedStream(session.Output, 64 * 1024);
        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        var can = true;
        foreach (var (index, _, resolved) in prompts.Prompts)
        {
            foreach (var request in resolved.Requests)
            {
                var plan = DryRun.Of(request);
                json.WriteStartObject();
                json.WriteNumber("index", index);
                can &= TokensJson.WriteMembers(json, plan.First.Prompt, plan.First.Negative, RequestMeaning.DialectOf(request.Emphasis), tokenizer, embeddings);
                WriteRequest(json, request, plan.First.Plan);
                if (plan.Second is not null) can &= WriteHires(json, request, plan.Second, tokenizer, embeddings);
                WriteMemory(json, MemoryEstimate.Of(size, request, order.Precision, order.Device));
                json.WriteStartArray("notes");
                foreach (var note in resolved.Notes) json.WriteStringValue(WellFormedText.Of(note));
                json.WriteEndArray();
                json.WriteEndObject();
                json.Flush();
                json.Reset();
                output.WriteByte((byte)'\n');
            }
        }

        output.Flush();
        return can ? ExitCode.Clean : ExitCode.Findings;
    }

    private static void WriteRequest(Utf8JsonWriter json, GenerationRequest request, PassPlan plan)
    {
        json.WriteString("sampler", JobNames.Of(request.Sampler));
        json.WriteString("scheduleType", JobNames.Of(request.Schedule));
        json.WriteNumber("samplingSteps", request.Steps);
        json.WriteNumber("guidanceScale", request.GuidanceScale);
        json.WriteNumber("seed", request.Seed);
        json.WriteString("seedDialect", JobNames.Of(request.SeedDialect));
        json.WriteString("emphasis", JobNames.Of(request.Emphasis));
        json.WriteNumber("width", request.Width);
        json.WriteNumber("height", request.Height);
        json.WriteNumber("count", request.Count);
        if (request.Eta is { } eta) json.WriteNumber("eta", eta);
        if (request.EtaNoiseSeedDelta != 0) json.WriteNumber("etaNoiseSeedDelta", request.EtaNoiseSeedDelta);
        if (request.Start is { } start)
        {
            json.WriteStartObject("init");
            json.WriteString("path", WellFormedText.Of(start.Path));
            json.WriteNumber("denoise", start.Denoise);
            json.WriteEndObject();
        }

        WriteTimeIds(json, request.Width, request.Height);
        WriteLevels(json, plan);
    }

    private static bool WriteHires(Utf8JsonWriter json, GenerationRequest request, DryPass pass, ClipTokenizer tokenizer, Embeddings? embeddings)
    {
        var hires = request.Hires!;
        json.WriteStartObject("hires");
        var can = TokensJson.WriteMembers(json, pass.Prompt, pass.Negative, RequestMeaning.DialectOf(request.Emphasis), tokenizer, embeddings);
        json.WriteNumber("width", hires.Width);
        json.WriteNumber("height", hires.Height);
        json.WriteNumber("samplingSteps", hires.Steps == 0 ? request.Steps : hires.Steps);
        json.WriteNumber("denoise", hires.Denoise);
        json.WriteString("upscaler", hires.Upscaler);
        WriteTimeIds(json, hires.Width, hires.Height);
        WriteLevels(json, pass.Plan);
        json.WriteEndObject();
        return can;
    }

    private static void WriteTimeIds(Utf8JsonWriter json, int width, int height)
    {
        json.WriteStartArray("timeIds");
        foreach (var id in Conditions.TimeIdsOf(width, height)) json.WriteNumberValue(id);
        json.WriteEndArray();
    }

    private static void WriteLevels(Utf8JsonWriter json, PassPlan plan)
    {
        WriteNumbers("sigmas", plan.Sigmas);
        if (plan.Times.Count > 0) WriteNumbers("times", plan.Times);

        void WriteNumbers(string name, IReadOnlyList<float> numbers)
        {
            json.WriteStartArray(name);
            foreach (var number in numbers) json.WriteNumberValue(number);
            json.WriteEndArray();
        }
    }

    private static void WriteMemory(Utf8JsonWriter json, MemoryEstimate memory)
    {
        json.WriteStartObject("memory");
        json.WriteNumber("weights", memory.Weights);
        json.WriteNumber("sampling", memory.Sampling);
        json.WriteNumber("decoding", memory.Decoding);
        json.WriteNumber("peak", memory.Peak);
        json.WriteEndObject();
    }
}
