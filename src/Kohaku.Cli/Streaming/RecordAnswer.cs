using System.Text;
using Kohaku.Analysis;
using Kohaku.Analysis.Linting;
using Kohaku.Syntax;

namespace Kohaku.Cli.Streaming;

/// <summary>Writes the answer to a record: <c>{"line": n, "id": …, "findings": […]}</c>.</summary>
/// <remarks>
/// A short finding's <c>fix</c> is the text that takes the place of the finding where that is all, else an array of
/// <c>{"column", "endColumn", "text"}</c>. Findings that share a fix (a prompt is sorted once) carry it on the first. Columns count UTF-16
/// units of the decoded string from 1.
/// </remarks>
internal sealed class RecordAnswer
{
    /// <summary>In place of where the negative prompt begins: it stands in the prompt's own field.</summary>
    public const int InPrompt = -1;

    private readonly byte[][] _positive;
    private readonly byte[][] _negative;
    private readonly int[] _lastFix = new int[RuleRegistry.All.Count];

    /// <param name="field">The property that holds the prompt.</param>
    public RecordAnswer(string field)
    {
        // What does not change from finding to finding is put together once.
        var name = JsonName(field);
        _positive = [.. RuleRegistry.Infos.Select(rule => Encoding.UTF8.GetBytes($$"""{"code":"{{rule.Id}}","field":{{name}},"column":"""))];
        _negative = [.. RuleRegistry.Infos.Select(rule => Encoding.UTF8.GetBytes($$"""{"code":"{{rule.Id}}","field":"negative_prompt","column":"""))];
    }

    /// <summary>The answer to a line that is no record.</summary>
    public static void Error(Utf8Out output, long line, string message)
    {
        output.Raw("{\"line\":"u8);
        output.Number(line);
        output.Raw(",\"error\":"u8);
        output.Quoted(message);
        output.Raw("}\n"u8);
    }

    /// <summary>The answer to a record.</summary>
    /// <param name="output">Where it goes.</param>
    /// <param name="line">The line's number, from 1.</param>
    /// <param name="id">The record's <c>id</c> as it stands there; empty without one.</param>
    /// <param name="report">What was found.</param>
    /// <param name="negativeStart">Where the negative prompt begins in the linted text, or <see cref="InPrompt"/>.</param>
    public void Findings(Utf8Out output, long line, ReadOnlySpan<byte> id, Report report, int negativeStart)
    {
        output.Raw("{\"line\":"u8);
        output.Number(line);
        if (!id.IsEmpty)
        {
            output.Raw(",\"id\":"u8);
            output.Raw(id);
        }

        output.Raw(",\"findings\":["u8);
        Array.Fill(_lastFix, -1);
        for (var i = 0; i < report.Findings.Length; i++)
        {
            ref readonly var finding = ref report.Findings[i];
            if (i > 0) output.Raw(","u8);
            var isApart = finding.IsNegative && negativeStart != InPrompt;
            var start = isApart ? negativeStart : 0;
            output.Raw((isApart ? _negative : _positive)[finding.Rule]);
            output.Number(finding.Span.Start - start + 1);
            output.Raw(",\"endColumn\":"u8);
            output.Number(finding.Span.End - start + 1);
            if (finding.Fixes.Count > 0 && finding.Fixes.First != _lastFix[finding.Rule])
            {
                _lastFix[finding.Rule] = finding.Fixes.First;
                Fix(output, report, finding, start);
            }

            output.Raw("}"u8);
        }

        output.Raw("]}\n"u8);
    }

    private static void Fix(Utf8Out output, Report report, in Finding finding, int start)
    {
        var fix = report.Fixes[finding.Fixes.First];
        if (fix.Safety == FixSafety.DisplayOnly) return;
        var edits = report.Edits[fix.Edits.First..fix.Edits.End];
        output.Raw(",\"fix\":"u8);
        if (edits.Length == 1 && edits[0].Span == finding.Span)
        {
            output.Quoted(edits[0].NewText);
            return;
        }

        for (var i = 0; i < edits.Length; i++)
        {
            output.Raw(i == 0 ? "[{\"column\":"u8 : ",{\"column\":"u8);
            output.Number(edits[i].Span.Start - start + 1);
            output.Raw(",\"endColumn\":"u8);
            output.Number(edits[i].Span.End - start + 1);
            output.Raw(",\"text\":"u8);
            output.Quoted(edits[i].NewText);
            output.Raw("}"u8);
        }

        output.Raw("]"u8);
    }

    private static string JsonName(string field)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        new Utf8Out(buffer).Quoted(field);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
