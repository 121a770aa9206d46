namespace Kohaku.Files;

/// <summary>What a file is read as: the values of <c>--input</c>.</summary>
public enum InputKind
{
    /// <summary>By name.</summary>
    Auto,

    /// <summary>A prompt library: <c>.prompt</c>.</summary>
    Prompt,

    /// <summary>The whole file is one prompt, infotext included: caption side-cars.</summary>
    Text,

    /// <summary>One prompt a line: wildcard lists.</summary>
    Lines,

    /// <summary>A1111's <c>styles.csv</c>.</summary>
    Styles,

    /// <summary>One JSON object a line, the prompt in a named field.</summary>
    JsonLines,

    /// <summary>An image with its parameters in a text chunk.</summary>
    Png,

    /// <summary>A ComfyUI workflow, in the form of the editor or of the API.</summary>
    ComfyUI,
}

/// <summary>Which names mean which kind of input.</summary>
/// <remarks>
/// <list type="table">
/// <item><term>Named on the command line</term><description>every file is taken, whatever its name and whatever the ignore files say.</description></item>
/// <item><term>Found in a directory</term><description><c>*.prompt</c>, <c>*.prompt.txt</c>, <c>styles.csv</c> and <c>*.styles.csv</c>: names
/// that can only mean prompts. Text, JSON and images in a project are mostly something else: they are taken where <c>--input</c> asks for their kind.</description></item>
/// </list>
/// </remarks>
public static class InputKinds
{
    private static readonly (string Name, InputKind Kind)[] Names =
    [
        ("auto", InputKind.Auto), ("prompt", InputKind.Prompt), ("text", InputKind.Text), ("lines", InputKind.Lines),
        ("styles", InputKind.Styles), ("jsonl", InputKind.JsonLines), ("png", InputKind.Png), ("comfyui", InputKind.ComfyUI),
    ];

    /// <summary>The words of <c>--input</c>, in the order of help.</summary>
    public static IReadOnlyList<string> Words { get; } = Array.ConvertAll(Names, static entry => entry.Name);

    /// <summary>The kind that a word of <c>--input</c> names.</summary>
    public static bool TryParse(string word, out InputKind kind)
    {
        foreach (var (name, value) in Names)
        {
            if (!name.Equals(word, StringComparison.OrdinalIgnoreCase)) continue;

            kind = value;
            return true;
        }

        kind = InputKind.Auto;
        return false;
    }

    /// <summary>What a file of this name is read as under <c>auto</c>. Unknown names are prompt libraries.</summary>
    public static InputKind OfName(ReadOnlySpan<char> path)
    {
        if (Ends(path, ".prompt") || Ends(path, ".prompt.txt")) return InputKind.Prompt;
        if (Ends(path, ".txt")) return IsInWildcards(path) ? InputKind.Lines : InputKind.Text;
        if (Ends(path, ".csv")) return InputKind.Styles;
        if (Ends(path, ".jsonl") || Ends(path, ".ndjson")) return InputKind.JsonLines;
        if (Ends(path, ".png")) return InputKind.Png;
        return Ends(path, ".json") ? InputKind.ComfyUI : InputKind.Prompt;
    }

    /// <summary>Whether a file of this name is taken from a directory when this kind is asked for.</summary>
    public static bool IsFound(ReadOnlySpan<char> name, InputKind kind) => kind switch
    {
        InputKind.Auto => Ends(name, ".prompt") || Ends(name, ".prompt.txt") || Ends(name, ".styles.csv") || name.Equals("styles.csv", StringComparison.OrdinalIgnoreCase),
        InputKind.Prompt => Ends(name, ".prompt") || Ends(name, ".prompt.txt"),
        InputKind.Text or InputKind.Lines => Ends(name, ".txt"),
        InputKind.Styles => Ends(name, ".csv"),
        InputKind.JsonLines => Ends(name, ".jsonl") || Ends(name, ".ndjson"),
        InputKind.Png => Ends(name, ".png"),
        InputKind.ComfyUI => Ends(name, ".json"),
        _ => false,
    };

    private static bool Ends(ReadOnlySpan<char> name, string extension) => name.EndsWith(extension, StringComparison.OrdinalIgnoreCase);

    private static bool IsInWildcards(ReadOnlySpan<char> path)
    {
        var folder = Path.GetDirectoryName(path);
        while (!folder.IsEmpty)
        {
            if (Path.GetFileName(folder).Equals("wildcards", StringComparison.OrdinalIgnoreCase)) return true;
            folder = Path.GetDirectoryName(folder);
        }

        return false;
    }
}
