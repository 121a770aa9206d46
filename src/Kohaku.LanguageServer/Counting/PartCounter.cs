using Kohaku.LanguageServer.Documents;
using Kohaku.LanguageServer.Session;
using Kohaku.Syntax.Tokens;

namespace Kohaku.LanguageServer.Counting;

/// <summary>Counts the tokens of parts; what an edit left alone is not counted again.</summary>
internal static class PartCounter
{
    /// <summary>The prompts of a part with their tokens.</summary>
    public static PartCounts Of(WorkbenchPool pool, PromptPart part)
    {
        if (part.Counts is { } known && known.Setup == pool) return known;

        using var bench = pool.Rent();
        bench.Tree.Read(part.Text.AsMemory(), bench.Settings.ParseOptions);
        return Count(bench, part);
    }

    /// <summary>The same of a part that is parsed already.</summary>
    public static PartCounts Of(PartReading reading)
    {
        var part = reading.Part.Part;
        return part.Counts is { } known && known.Setup == reading.Bench.Pool ? known : Count(reading.Bench, part);
    }

    private static PartCounts Count(Workbench bench, PromptPart part)
    {
        var steps = bench.Settings.Profile.Generation.Steps;
        var prompts = new CountedPrompt[bench.Tree.Prompts.Length];
        for (var i = 0; i < prompts.Length; i++)
        {
            var prompt = bench.Tree.Prompts[i];
            SideTokens? negative = prompt.Negative < 0 ? null : bench.Counter.Count(bench.Tree, prompt.Negative, steps);
            prompts[i] = new CountedPrompt(prompt.Span, bench.Counter.Count(bench.Tree, prompt.Positive, steps), negative);
        }

        return part.Counts = new PartCounts(bench.Pool, prompts);
    }
}
