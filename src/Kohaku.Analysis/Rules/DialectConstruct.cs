using Kohaku.Analysis.Fixes;
using Kohaku.Analysis.Linting;
using Kohaku.Syntax;

namespace Kohaku.Analysis.Rules;

/// <summary>Flags what the chosen generator does not know.</summary>
/// <remarks>
/// <b>Why</b> ComfyUI takes <c>[a]</c>, <c>BREAK</c>, <c>AND</c>, prompt editing and <c>&lt;lora:…&gt;</c> for text; A1111 takes embeddings by their bare name.
/// <b>Bad</b> <c>1girl, [|embedding:bad|]</c>
/// <b>Good</b> <c>1girl, bad</c>
/// <b>Fix</b> Unsafe, in A1111: the embedding's bare name.
/// </remarks>
internal sealed class DialectConstruct : Rule
{
    private const string Embedding = "embedding:";

    public override RuleInfo Info { get; } = new("KHK217", "dialect-construct", Severity.Warning);

    public override bool InNegative => true;

    public override void Check(PromptView prompt, Report report)
    {
        if (prompt.Tree.Options.Dialect == Dialect.ComfyUI) CheckComfy(prompt, report);
        else CheckEmbeddings(prompt, report);
    }

    private void CheckEmbeddings(PromptView prompt, Report report)
    {
        foreach (ref readonly var tag in prompt.Tags)
        {
            if (!tag.IsReference || !tag.Text.Text.StartsWith(Embedding, StringComparison.OrdinalIgnoreCase)) continue;
            report.Add(this, tag.Span, "A1111 finds embeddings by their bare name: `embedding:` is text")
                .Unsafe("Write the bare name", Edit.Replace(tag, tag.Text.Written[Embedding.Length..]));
        }
    }

    private void CheckComfy(PromptView prompt, Report report)
    {
        foreach (ref readonly var mark in prompt.Marks)
        {
            if (mark.Kind is MarkKind.Break or MarkKind.And or MarkKind.Network)
                report.Add(this, mark.Span, $"ComfyUI takes `{prompt.Slice(mark.Span)}` for text");
        }

        if (prompt.Slice(prompt.Side.Span).Contains('[')) CheckSquares(prompt, report);
    }

    private void CheckSquares(PromptView prompt, Report report)
    {
        foreach (ref readonly var field in prompt.Fields)
        {
            var text = prompt.Slice(field.Span);
            var open = text.IndexOf('[');
            var close = open < 0 ? -1 : text[open..].LastIndexOf(']');
            if (close < 1 || IsTag(prompt, field)) continue;
            var span = new TextSpan(field.Span.Start + open, close + 1);
            report.Add(this, span, $"ComfyUI takes `{prompt.Slice(span)}` for text: it knows no square brackets");
        }
    }

    private static bool IsTag(PromptView prompt, in FieldNode field) =>
        field.Pieces.Count == 1 && prompt.Lookup.TryFind(prompt.Slice(prompt.Tree.Pieces[field.Pieces.First].Span), out _);
}
