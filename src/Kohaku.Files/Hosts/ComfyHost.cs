using Kohaku.Syntax;
using Newtonsoft.Json;

namespace Kohaku.Files;

/// <summary>The prompts of a ComfyUI workflow: what stands in the text nodes that lead to a sampler's <c>positive</c> and <c>negative</c>.</summary>
internal static class ComfyHost
{
    public static HostDocument? Open(TextFile file, InputKind kind, out FileProblem? problem)
    {
        var root = Parse(file, out problem);
        if (root is null) return null;

        if (ComfyGraph.Read(root) is not { } nodes)
        {
            problem = new FileProblem(file.Path, "no ComfyUI workflow: it has neither nodes with a class_type nor a list of nodes; say with --input what the file is");
            return null;
        }

        var prompts = new List<HostPrompt>();
        foreach (var (positive, negative) in ComfyTexts.Find(nodes))
        {
            for (var i = 0; i < Math.Max(positive.Count, negative.Count); i++)
            {
                var other = i < negative.Count ? Decode(file, negative[i]) : null;
                prompts.Add(i < positive.Count
                    ? new HostPrompt(PromptForm.Positive, Decode(file, positive[i]), other, positive[i].Node)
                    : new HostPrompt(PromptForm.Negative, other!, null, negative[i].Node));
            }
        }

        return new HostDocument(file, kind, prompts) { Dialect = Dialect.ComfyUI };
    }

    private static ComfyValue? Parse(TextFile file, out FileProblem? problem)
    {
        problem = null;
        try
        {
            return ComfyReader.Read(file.Text);
        }
        catch (JsonReaderException error)
        {
            var what = error.Message.Split(" Path '")[0].TrimEnd('.');
            // Behind a last line end the reader counts lines and columns that are none.
            var place = file.Lines.Position(file.Lines.Offset(new LinePosition(error.LineNumber, error.LinePosition)));
            problem = new FileProblem(file.Path, $"not JSON: {what}; save the workflow again", place.Line, place.Column);
            return null;
        }
    }

    // Newtonsoft tells where a string ends. Backwards from there its opening quote is the first with an even number of backslashes before it.
    private static HostText Decode(TextFile file, ComfyText text)
    {
        var place = text.Value.End!.Value;
        var host = file.Text;
        var end = file.Lines.Line(place.Line).Start + place.Column;
        var start = end - 2;
        while (start >= 0 && (host[start] != host[end - 1] || IsEscaped(host, start))) start--;
        if (start < 0) throw new InvalidOperationException($"The string that ends at {place.Line}:{place.Column} has no beginning.");
        return JsonText.Decode(host, TextSpan.FromBounds(start, end));
    }

    private static bool IsEscaped(string host, int at)
    {
        var backslashes = 0;
        while (at > backslashes && host[at - 1 - backslashes] == '\\') backslashes++;
        return backslashes % 2 == 1;
    }
}
