using Kohaku.Analysis.Configuration;
using Kohaku.Files;
using Kohaku.Syntax;
using Kohaku.Syntax.Meaning;
using Kohaku.Workspace;

namespace Kohaku.Jobs;

/// <summary>A value of a prompt's parameter line.</summary>
/// <param name="Key">As written.</param>
/// <param name="Value">Unquoted.</param>
/// <param name="Place">Where it stands, for messages: <c>a.prompt:3:14</c>.</param>
public sealed record ParameterValue(string Key, string Value, string Place);

/// <summary>One prompt as its author wrote it: what a request is resolved from.</summary>
/// <param name="Positive">Without comments; dynamic prompts not yet chosen.</param>
/// <param name="Negative">The same; <see langword="null"/> where there is none.</param>
/// <param name="Parameters">Its parameter line, in order.</param>
/// <param name="Source">All of it as <c>.prompt</c> text.</param>
/// <param name="Dialect">Whose syntax.</param>
/// <param name="IsInfotext">Whether a program wrote it, so that what is missing means that program's defaults.</param>
public sealed record PromptSource(string Positive, string? Negative, IReadOnlyList<ParameterValue> Parameters, string Source, Dialect Dialect, bool IsInfotext)
{
    private static readonly string[] FullLine = ["Steps", "Sampler", "CFG scale", "Seed", "Size"];

    /// <summary>Where it begins in the text of its file; 0 for one that was given as text.</summary>
    public int Start { get; init; }

    /// <summary>A prompt that was given as text. What is infotext, pasted with its negative prompt and parameters, is read as such.</summary>
    public static PromptSource OfText(string prompt, string? negative, Dialect dialect)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        if (negative is null && SyntaxTree.IsInfotext(prompt)) return OfInfotext(prompt, dialect);

        var source = new Infotext(prompt, negative ?? "", []).Write();
        return new PromptSource(prompt, negative, [], source, dialect, IsInfotext: false);
    }

    /// <summary>The prompts of a document, those that hold nothing left out.</summary>
    /// <param name="document">A file of any kind that holds prompts.</param>
    /// <param name="settings">What holds for it.</param>
    public static IReadOnlyList<PromptSource> Of(HostDocument document, Settings settings)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(settings);
        var sources = new List<PromptSource>();
        foreach (var prompt in document.Prompts)
        {
            var options = Reading.Of(document, prompt.Form, settings);
            var tree = SyntaxTree.Parse(prompt.Text.Text, options);
            var place = (int offset) => PlaceOf(document, prompt.Text, offset);
            for (var i = 0; i < tree.Prompts.Length; i++)
            {
                if (Read(tree, i, prompt, options.Dialect, place) is { } source) sources.Add(source);
            }
        }

        return sources;
    }

    /// <summary>The value of a key, the last one where it stands twice; <see langword="null"/> where there is none or it is empty.</summary>
    public ParameterValue? Find(string key)
    {
        for (var i = Parameters.Count - 1; i >= 0; i--)
        {
            if (Parameters[i].Key.Equals(key, StringComparison.OrdinalIgnoreCase) && Parameters[i].Value.Length > 0) return Parameters[i];
        }

        return null;
    }

    private static PromptSource OfInfotext(string text, Dialect dialect)
    {
        var read = Infotext.Read(text);
        var parameters = read.Fields.Where(field => !field.IsBare).Select(field => new ParameterValue(field.Key, field.Value, "--prompt")).ToList();
        return new PromptSource(read.Prompt, read.Negative.Length == 0 ? null : read.Negative, parameters, text, dialect, parameters.Count > 0);
    }

    private static PromptSource? Read(SyntaxTree tree, int index, HostPrompt prompt, Dialect dialect, Func<int, string> place)
    {
        ref readonly var node = ref tree.Prompts[index];
        var positive = SideText.Of(tree, node.Positive);
        var negative = node.Negative >= 0 ? SideText.Of(tree, node.Negative) : prompt.Negative?.Text;
        if (prompt.Form == PromptForm.Negative) (positive, negative) = ("", SideText.Of(tree, node.Negative));
        var parameters = new List<ParameterValue>();
        for (var row = node.Parameters.First; row < node.Parameters.End; row++)
        {
            var (key, value) = tree.Parameters[row];
            parameters.Add(new ParameterValue(tree.Slice(key).ToString(), InfotextQuote.Read(tree.Slice(value).Trim()), place(value.Start)));
        }

        if (positive.Length == 0 && string.IsNullOrEmpty(negative) && parameters.Count == 0) return null;

        var source = prompt.Negative is null ? tree.Slice(node.Span).Trim().ToString() : new Infotext(positive, negative ?? "", []).Write();
        var isInfotext = parameters.Count > 0 && (prompt.Form == PromptForm.Infotext || IsWritten(parameters));
        return new PromptSource(positive, negative, parameters, source, dialect, isInfotext) { Start = prompt.Text.Map.ToHost(node.Span.Start) };
    }

    // By hand one writes the few keys that matter; a program writes who it was, or all of the usual ones.
    private static bool IsWritten(List<ParameterValue> parameters)
    {
        return Has("Version") || Has("Model hash") || Array.TrueForAll(FullLine, Has);

        bool Has(string key) => parameters.Exists(parameter => parameter.Key.Equals(key, StringComparison.OrdinalIgnoreCase));
    }

    private static string PlaceOf(HostDocument document, HostText text, int offset)
    {
        var position = document.File.Lines.Position(text.Map.ToHost(offset));
        return $"{document.File.Path}:{position.Line}:{position.Column}";
    }
}
