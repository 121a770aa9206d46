namespace Kohaku.Analysis.Text;

/// <summary>The words of a text: runs of ASCII letters, digits and apostrophes, and of letters beyond ASCII. For <c>foreach</c>.</summary>
internal ref struct WordSplit(ReadOnlySpan<char> text)
{
    private readonly ReadOnlySpan<char> text = text;
    private int end;

    public ReadOnlySpan<char> Current { get; private set; }

    public readonly WordSplit GetEnumerator() => this;

    public bool MoveNext()
    {
        var start = end;
        while (start < text.Length && !IsWord(text[start])) start++;
        end = start;
        while (end < text.Length && (IsWord(text[end]) || (text[end] == '\'' && end > start))) end++;
        Current = text[start..end].TrimEnd('\'');
        return start < text.Length;
    }

    private static bool IsWord(char c) => char.IsAsciiLetterOrDigit(c) || (c > 0x7F && char.IsLetter(c));
}
