using Kohaku.Syntax;

namespace Kohaku.Files;

/// <summary>A1111's <c>styles.csv</c>: <c>name,prompt,negative_prompt</c>, in its first form <c>name,text</c>.</summary>
internal static class StylesHost
{
    private const string Placeholder = "{prompt}";

    public static HostDocument? Open(TextFile file, out FileProblem? problem)
    {
        var reader = new RowReader(file.Text);
        var header = reader.Next();
        if (header is null)
        {
            problem = Unclosed(file, reader);
            return problem is null ? new HostDocument(file, InputKind.Styles, []) : null;
        }

        var (name, prompt, negative) = (Column(header, "name"), Column(header, "prompt"), Column(header, "negative_prompt"));
        if (prompt < 0) prompt = Column(header, "text");
        if (prompt < 0)
        {
            problem = new FileProblem(file.Path, "no column is called prompt; the first line of a styles file is name,prompt,negative_prompt", 1);
            return null;
        }

        var prompts = new List<HostPrompt>();
        while (reader.Next() is { } row)
        {
            var style = Field(row, name);
            // A1111 skips such rows.
            if (style is not null && style.Text.StartsWith('#')) continue;

            var (positive, other) = (Field(row, prompt), Field(row, negative));
            if (positive is null || (positive.Text.Length == 0 && other is null or { Text.Length: 0 })) continue;

            prompts.Add(new HostPrompt(PromptForm.Positive, positive, other is { Text.Length: > 0 } ? other : null, style?.Text));
        }

        problem = Unclosed(file, reader);
        return problem is null ? new HostDocument(file, InputKind.Styles, prompts) : null;
    }

    private static FileProblem? Unclosed(TextFile file, RowReader reader)
    {
        if (reader.OpenQuote < 0) return null;

        var place = file.Lines.Position(reader.OpenQuote);
        return new FileProblem(file.Path, "the quote opened here is never closed; close it (a quote inside a field is written twice)", place.Line, place.Column);
    }

    private static int Column(List<HostText> header, string name) => header.FindIndex(field => field.Text == name);

    private static HostText? Field(List<HostText> row, int column) => column >= 0 && column < row.Count ? row[column] : null;

    private sealed class RowReader(string text)
    {
        private int at;

        /// <summary>Where a quote was opened that nothing closes, or −1.</summary>
        public int OpenQuote { get; private set; } = -1;

        public List<HostText>? Next()
        {
            while (at < text.Length && text[at] is '\r' or '\n') at++;
            if (at >= text.Length || OpenQuote >= 0) return null;

            var row = new List<HostText>();
            while (true)
            {
                var start = at;
                var field = CsvText.ReadField(text, ref at);
                if (field is null)
                {
                    OpenQuote = text.IndexOf('"', start);
                    return null;
                }

                row.Add(field.Text.Contains(Placeholder, StringComparison.Ordinal) ? WithHoles(field) : field);
                if (at >= text.Length || text[at] != ',') return row;
                at++;
            }
        }

        private static HostText WithHoles(HostText field)
        {
            var holes = new List<TextSpan>();
            for (var found = field.Text.IndexOf(Placeholder, StringComparison.Ordinal); found >= 0;)
            {
                holes.Add(new TextSpan(found, Placeholder.Length));
                found = field.Text.IndexOf(Placeholder, found + Placeholder.Length, StringComparison.Ordinal);
            }

            return field.WithHoles(holes);
        }
    }
}
