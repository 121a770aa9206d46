using System.Text;
using Kohaku.Syntax;

namespace Kohaku.Files;

/// <summary>Fields of RFC 4180 in a host's text, read as Python's <c>csv</c> reads them for A1111.</summary>
internal static class CsvText
{
    /// <summary>Whether a field must stand in quotes.</summary>
    public static bool NeedsQuotes(string text) =>
        text.AsSpan().IndexOfAny(",\"\r\n") >= 0 || text.StartsWith(' ');

    /// <summary>A text in quotes.</summary>
    public static string Quote(string text) => $"\"{Escape(text)}\"";

    /// <summary>A text as it stands between quotes.</summary>
    public static string Escape(string text) => text.Replace("\"", "\"\"", StringComparison.Ordinal);

    /// <summary>Reads the field at <paramref name="at"/> and moves to the comma, line end or text end behind it; null where a quote stays open.</summary>
    public static HostText? ReadField(string host, ref int at)
    {
        // A1111 reads with skipinitialspace.
        while (at < host.Length && host[at] == ' ') at++;
        return at < host.Length && host[at] == '"' ? ReadQuoted(host, ref at) : ReadBare(host, ref at);
    }

    private static HostText ReadBare(string host, ref int at)
    {
        var start = at;
        at = FieldEnd(host, at);
        return new HostText(host[start..at], new PositionMap(start), Escaping.BareCsv, TextSpan.FromBounds(start, at));
    }

    private static HostText? ReadQuoted(string host, ref int at)
    {
        var start = at;
        var map = new PositionMap(start + 1);
        StringBuilder? parts = null;
        for (var from = start + 1; ;)
        {
            var quote = host.IndexOf('"', from);
            if (quote < 0) return null;

            if (quote + 1 < host.Length && host[quote + 1] == '"')
            {
                parts ??= new StringBuilder();
                parts.Append(host, from, quote + 1 - from);
                from = quote + 2;
                map.Resume(parts.Length, from);
                continue;
            }

            at = FieldEnd(host, quote + 1);
            var field = TextSpan.FromBounds(start, at);
            if (at == quote + 1)
            {
                return new HostText(parts is null ? host[(start + 1)..quote] : parts.Append(host, from, quote - from).ToString(), map, Escaping.QuotedCsv, field);
            }

            // Text behind the closing quote belongs to the field; a change writes the field anew.
            parts ??= new StringBuilder();
            parts.Append(host, from, quote - from);
            map.Resume(parts.Length, quote + 1);
            return new HostText(parts.Append(host, quote + 1, at - quote - 1).ToString(), map, Escaping.BareCsv, field);
        }
    }

    private static int FieldEnd(string host, int from)
    {
        var length = host.AsSpan(from).IndexOfAny(',', '\r', '\n');
        return length < 0 ? host.Length : from + length;
    }
}
