using Kohaku.Analysis.Configuration;
using Kohaku.Analysis.Fixes;
using Kohaku.Analysis.Linting;
using Kohaku.Syntax;

namespace Kohaku.Analysis.Tests;

/// <summary>Source text with the expected findings marked in it: <c>1girl, [|long_hair|]</c>.</summary>
internal static class Marked
{
    /// <summary>The text without marks, and what they mark.</summary>
    public static (string Text, List<TextSpan> Spans) Read(string marked)
    {
        var text = new System.Text.StringBuilder();
        var spans = new List<TextSpan>();
        var open = new Stack<int>();
        for (var i = 0; i < marked.Length; i++)
        {
            if (marked.AsSpan(i).StartsWith("[|") && marked.IndexOf("|]", i, StringComparison.Ordinal) > 0)
            {
                open.Push(text.Length);
                i++;
            }
            else if (open.Count > 0 && marked.AsSpan(i).StartsWith("|]"))
            {
                spans.Add(TextSpan.FromBounds(open.Pop(), text.Length));
                i++;
            }
            else
            {
                text.Append(marked[i]);
            }
        }

        return (text.ToString(), [.. spans.OrderBy(span => span.Start).ThenBy(span => span.End)]);
    }

    /// <summary>A text with marks at some spans.</summary>
    public static string Write(string text, IEnumerable<TextSpan> spans)
    {
        var edits = spans.SelectMany(span => new[] { (span.Start, 1, "[|"), (span.End, 0, "|]") }).OrderBy(e => e.Item1).ThenBy(e => e.Item2);
        var result = new System.Text.StringBuilder();
        var at = 0;
        foreach (var (offset, _, mark) in edits)
        {
            result.Append(text, at, offset - at).Append(mark);
            at = offset;
        }

        return result.Append(text, at, text.Length - at).ToString();
    }
}

/// <summary>Base of rule tests: runs one rule over a marked text.</summary>
public abstract class RuleTests
{
    /// <summary>Checks that a rule finds exactly what is marked. Without marks it must find nothing: say <c>.IsClean()</c>.</summary>
    internal static RuleCheck Check<TRule>(string marked, Settings? settings = null, LintServices? services = null, ParseOptions? options = null)
        where TRule : Rule
    {
        var rule = RuleRegistry.All.Single(candidate => candidate is TRule);
        var linter = new Linter(settings ?? Shipped.Delta, services ?? Shipped.Services, [rule]);
        var (text, spans) = Marked.Read(marked);
        var found = linter.Diagnose(text, options);
        Assert.Equal(Marked.Write(text, spans), Marked.Write(text, found.Select(diagnostic => diagnostic.Span)));
        return new RuleCheck(text, found, linter, options);
    }
}

/// <summary>What a rule found, for further claims.</summary>
internal sealed record RuleCheck(string Text, IReadOnlyList<Diagnostic> Found, Linter Linter, ParseOptions? Options)
{
    /// <summary>The rule finds nothing.</summary>
    public void IsClean() => Assert.Empty(Found);

    /// <summary>Safe fixes give this text.</summary>
    public RuleCheck FixedTo(string expected)
    {
        var result = FixApplier.Apply(Text, Linter, FixSafety.Safe, Options);
        Assert.Equal(expected, result.Text);
        Assert.Equal(expected, FixApplier.Apply(expected, Linter, FixSafety.Safe, Options).Text);
        return this;
    }

    /// <summary>Unsafe fixes give this text.</summary>
    public RuleCheck UnsafelyFixedTo(string expected)
    {
        Assert.Equal(expected, FixApplier.Apply(Text, Linter, FixSafety.Unsafe, Options).Text);
        return this;
    }

    /// <summary>Safe fixes change nothing.</summary>
    public RuleCheck HasNoSafeFix() => FixedTo(Text);

    /// <summary>The first finding says this.</summary>
    public RuleCheck Says(string message)
    {
        Assert.Equal(message, Found[0].Message);
        return this;
    }

    /// <summary>The first finding is this severe.</summary>
    public RuleCheck Is(Severity severity)
    {
        Assert.Equal(severity, Found[0].Severity);
        return this;
    }

    /// <summary>The first finding offers these titles, in this order.</summary>
    public RuleCheck Offers(params string[] titles)
    {
        Assert.Equal(titles, Found[0].Fixes.Select(fix => fix.Title));
        return this;
    }

    /// <summary>The n-th fix of the first finding gives this text.</summary>
    public RuleCheck FixGives(int index, string expected)
    {
        Assert.Equal(expected, FixApplier.Apply(Text, Found[0].Fixes[index]));
        return this;
    }
}
