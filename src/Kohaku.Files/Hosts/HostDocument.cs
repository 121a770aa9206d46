using System.Diagnostics.CodeAnalysis;
using System.Text;
using Kohaku.Syntax;

namespace Kohaku.Files;

/// <summary>A file with the prompts that it holds, each with its place.</summary>
public sealed class HostDocument
{
    internal HostDocument(TextFile file, InputKind kind, IReadOnlyList<HostPrompt> prompts, IReadOnlyList<FileProblem>? problems = null)
    {
        File = file;
        Kind = kind;
        Prompts = prompts;
        Problems = problems ?? [];
    }

    /// <summary>The dialect that the host itself tells: a workflow is ComfyUI's whatever is configured. Null where the configuration decides.</summary>
    public Dialect? Dialect { get; internal init; }

    /// <summary>The host's text. In an image: that of its text chunk, named <c>x.png#parameters</c>.</summary>
    public TextFile File { get; }

    /// <summary>What it was read as; never <see cref="InputKind.Auto"/>.</summary>
    public InputKind Kind { get; }

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<HostPrompt> Prompts { get; }

    /// <summary>Parts that could not be read, while the rest could: lines that are no record, say.</summary>
    public IReadOnlyList<FileProblem> Problems { get; }

    /// <summary>Whether fixes can be written back; images stay as they are.</summary>
    public bool CanRewrite => Kind != InputKind.Png;

    /// <summary>Reads a file as a kind, <see cref="InputKind.Auto"/> by its name.</summary>
    public static bool TryRead(
        string path, InputKind kind, HostOptions options, [NotNullWhen(true)] out HostDocument? document, [NotNullWhen(false)] out FileProblem? problem) =>
        TryRead(new FoundFile(path, kind), options, out document, out problem);

    /// <summary>Reads a file that was found; a pipe only if it was named as such, since one in a folder may never end.</summary>
    public static bool TryRead(
        FoundFile found, HostOptions options, [NotNullWhen(true)] out HostDocument? document, [NotNullWhen(false)] out FileProblem? problem)
    {
        document = null;
        var kind = found.Kind == InputKind.Auto ? InputKinds.OfName(found.Path) : found.Kind;
        if (kind == InputKind.Png) return PngHost.TryRead(found.Path, out document, out problem);

        return TextFile.TryRead(found.Path, found.IsNamed, out var file, out problem) && TryOpen(file, kind, options, out document, out problem);
    }

    /// <summary>Finds the prompts of a text that is there already (standard input, an editor's document).</summary>
    public static bool TryOpen(
        TextFile file, InputKind kind, HostOptions options, [NotNullWhen(true)] out HostDocument? document, [NotNullWhen(false)] out FileProblem? problem)
    {
        if (kind == InputKind.Auto) kind = InputKinds.OfName(file.Path);
        problem = null;
        document = kind switch
        {
            InputKind.Text => new HostDocument(file, kind, [new HostPrompt(PromptForm.Infotext, HostText.Whole(file.Text))]),
            InputKind.Lines => LinesHost.Open(file),
            InputKind.Styles => StylesHost.Open(file, out problem),
            InputKind.JsonLines => JsonLinesHost.Open(file, options),
            InputKind.ComfyUI => ComfyHost.Open(file, kind, out problem),
            InputKind.Png => null,
            _ => new HostDocument(file, InputKind.Prompt, [new HostPrompt(PromptForm.Library, HostText.Whole(file.Text))]),
        };
        if (document is null) problem ??= new FileProblem(file.Path, "an image is no text; give the path of its file");
        return document is not null;
    }

    /// <summary>A text that is wholly a positive prompt and stands in no file: a command line's.</summary>
    public static HostDocument OfPrompt(string name, string text) =>
        new(TextFile.FromText(name, text), InputKind.Lines, [new HostPrompt(PromptForm.Positive, HostText.Whole(text))]);

    /// <summary>The place in the host of an offset in one of its prompts.</summary>
    public LinePosition Locate(HostText text, int offset) => File.Lines.Position(text.Map.ToHost(offset));

    /// <summary>The host's text after some of its prompts have been rewritten; all else stays as it is, byte for byte.</summary>
    public string Apply(IEnumerable<Rewrite> rewrites)
    {
        var edits = new List<HostEdit>();
        foreach (var (text, newText) in rewrites) edits.AddRange(text.Rewrite(newText));
        if (edits.Count == 0) return File.Text;

        edits.Sort(static (a, b) => a.Span.Start.CompareTo(b.Span.Start));
        var result = new StringBuilder(File.Text.Length + 256);
        var at = 0;
        foreach (var (span, newText) in edits)
        {
            result.Append(File.Text, at, span.Start - at).Append(newText);
            at = span.End;
        }

        return result.Append(File.Text, at, File.Text.Length - at).ToString();
    }
}
