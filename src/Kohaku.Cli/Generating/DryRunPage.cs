using System.Globalization;
using Kohaku.Cli.Commands;
using Kohaku.Cli.Terminal;
using Kohaku.Cli.Tokens;
using Kohaku.Generation.Models;
using Kohaku.Generation.Pipeline;
using Kohaku.Jobs;
using Kohaku.Syntax.Tokens;

namespace Kohaku.Cli.Generating;

/// <summary><c>--dry-run</c>: what would be done, for people.</summary>
internal static class DryRunPage
{
    private const int LabelWidth = 11;

    /// <summary>Writes all requests.</summary>
    public static int Write(FoundPrompts prompts, GenerateOrder order, Session session)
    {
        var size = order.Model is null ? ModelSize.Sdxl : ModelSize.Of(session.Absolute(order.Model));
        var tokenizer = new ClipTokenizer(ShippedFiles.OpenClip());
        using var output = session.OpenOutput();
        var page = new Page(output, session.OutputLook);
        var can = true;
        var isFirst = true;
        foreach (var (index, _, resolved) in prompts.Prompts)
        {
            foreach (var request in resolved.Requests)
            {
                if (!isFirst) page.Line();
                isFirst = false;
                if (prompts.Prompts.Count > 1) page.Write(Text($"prompt {index}"), Ink.Strong).Line();
                var plan = DryRun.Of(request);
                var view = new TokenPage(page, tokenizer, RequestMeaning.DialectOf(request.Emphasis), plan.First.Plan.EditingCalls, request.Emphasis);
                can &= view.Write(request.Prompt, request.Negative.Length == 0 ? null : request.Negative);
                page.Line();
                WriteRequest(page, request, plan.First.Plan);
                if (plan.Second is not null) WriteHires(page, request, plan.Second.Plan);
                WriteMemory(page, MemoryEstimate.Of(size, request, order.Precision, order.Device));
                foreach (var note in resolved.Notes) page.Write("note", Ink.Info).Write(": ").WriteForeign(note).Line();
            }
        }

        return can ? ExitCode.Clean : ExitCode.Findings;
    }

    private static void WriteRequest(Page page, GenerationRequest request, PassPlan plan)
    {
        var by = page.Look.Unicode ? '×' : 'x';
        var seeds = request.Count == 1 ? Text($"{request.Seed}") : Text($"{request.Seed} to {unchecked(request.Seed + (ulong)request.Count - 1)}");
        Row(page, "size", Text($"{request.Width}{by}{request.Height}, time ids {string.Join(" ", Conditions.TimeIdsOf(request.Width, request.Height))}"));
        Row(page, "sampler", Text($"{JobNames.Of(request.Sampler)}, {JobNames.Of(request.Schedule)}, {request.Steps} steps, guidance scale {request.GuidanceScale}"));
        Row(page, "seed", Text($"{seeds}, {JobNames.Of(request.SeedDialect)}"));
        Row(page, "emphasis", JobNames.Of(request.Emphasis));
        if (request.Start is { } start) Row(page, "begins from", Text($"{start.Path}, {start.Denoise} made anew"));
        WriteLevels(page, plan);
    }

    private static void WriteHires(Page page, GenerationRequest request, PassPlan plan)
    {
        var hires = request.Hires!;
        var by = page.Look.Unicode ? '×' : 'x';
        var steps = hires.Steps == 0 ? request.Steps : hires.Steps;
        Row(page, "hires", Text($"{hires.Width}{by}{hires.Height} by {hires.Upscaler}, {steps} steps, {hires.Denoise} made anew"));
        WriteLevels(page, plan);
    }

    private static void WriteMemory(Page page, MemoryEstimate memory) =>
        Row(page, "memory", Text($"about {Gigabytes(memory.Peak)}: weights {Gigabytes(memory.Weights)}, beside them {Gigabytes(Math.Max(memory.Sampling, memory.Decoding))}"));

    private static void WriteLevels(Page page, PassPlan plan)
    {
        if (plan.Sigmas.Count > 0) Row(page, page.Look.Unicode ? "σ" : "sigma", Numbers(plan.Sigmas));
        if (plan.Times.Count > 0) Row(page, "times", Numbers(plan.Times));

        static string Numbers(IReadOnlyList<float> numbers) => string.Join(" ", numbers.Select(number => number.ToString("0.####", CultureInfo.InvariantCulture)));
    }

    private static void Row(Page page, string label, string value)
    {
        page.Write(label, Ink.Faint).Repeat(' ', Math.Max(1, LabelWidth + 1 - label.Length));
        Paragraph.Write(page, DisplayText.Visible(value, page.Look.Unicode), LabelWidth + 1);
    }

    private static string Gigabytes(long bytes) => bytes >= 1e8 ? Text($"{bytes / 1e9:0.0} GB") : Text($"{bytes / 1e6:0} MB");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
