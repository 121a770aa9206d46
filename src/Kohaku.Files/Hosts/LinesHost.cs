using Kohaku.Syntax;

namespace Kohaku.Files;

/// <summary>One prompt a line, as in wildcard lists; empty lines and lines that begin with <c>#</c> are none.</summary>
internal static class LinesHost
{
    public static HostDocument Open(TextFile file)
    {
        var text = file.Text;
        var prompts = new List<HostPrompt>();
        for (var start = 0; start < text.Length;)
        {
            var next = LineMap.NextLine(text, start);
            var line = text.AsSpan()[start..(next < 0 ? text.Length : next)].TrimEnd("\r\n");
            if (!line.IsWhiteSpace() && line[0] != '#')
            {
                prompts.Add(new HostPrompt(PromptForm.Positive,
                    new HostText(line.ToString(), new PositionMap(start), Escaping.OneLine, new TextSpan(start, line.Length))));
            }

            if (next < 0) break;
            start = next;
        }

        return new HostDocument(file, InputKind.Lines, prompts);
    }
}
