using Kohaku.Analysis.Linting;
using Kohaku.Syntax;

namespace Kohaku.Analysis.Tests.Rules;

/// <summary>No text makes the rules of syntax and budget slow: each of these takes a second, and were one of them quadratic, the run would not end in time.</summary>
public sealed class LinearTimeTests
{
    private static readonly Rule[] Rules = [.. RuleRegistry.All.Where(rule => rule.Info.Id[3] is '2' or '3')];

    [Theory]
    [InlineData("(")]
    [InlineData("(a, ")]
    [InlineData("(a ")]
    [InlineData("((a:1.2) ")]
    [InlineData("(a:3), ")]
    [InlineData("(a:1,2), ")]
    [InlineData("[a|b] | AND ")]
    [InlineData("[[a|b]")]
    [InlineData("[a:")]
    [InlineData("a :1 AND ")]
    [InlineData("（a：1.2）")]
    [InlineData("(a：1")]
    [InlineData(",")]
    [InlineData(",\n")]
    [InlineData("(<lora:x:1>:1.2) BREAK ")]
    [InlineData("(BREAK ")]
    [InlineData("1girl\n")]
    [InlineData("1girl solo, ")]
    [InlineData("miku (vocaloid), (;), ")]
    [InlineData("\\m/ #a\n")]
    public void A_text_of_one_thing_is_linted_in_order_to_its_end(string unit)
    {
        var text = string.Concat(Enumerable.Repeat(unit, 200_000 / unit.Length));
        foreach (var dialect in new[] { Dialect.A1111, Dialect.ComfyUI })
        {
            var report = new Report { WantsMessages = false, WantsSuggestions = true };
            new Linter(Shipped.Delta, Shipped.Services, Rules).Run(SyntaxTree.Parse(text, new ParseOptions(TextForm.Positive, dialect)), report);
            var end = 0;
            foreach (ref readonly var finding in report.Findings)
            {
                Assert.InRange(finding.Span.Start, end, text.Length);
                Assert.InRange(finding.Span.End, finding.Span.Start, text.Length);
                end = finding.Span.Start;
            }
        }
    }
}
