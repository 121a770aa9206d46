using System.Buffers;
using System.Text;

namespace Kohaku.LanguageServer.Hovering;

/// <summary>Text for people, as Markdown or plain as the client wants it. What comes from tags and files is never Markdown: it is written so that it shows as it is.</summary>
internal sealed class HoverText(bool isMarkdown)
{
    private static readonly SearchValues<char> s_syntax = SearchValues.Create("\\`*_{}[]()<>#+-!|~&$:.@=^\"'");

    private readonly StringBuilder _text = new();

    /// <summary>Whether it is Markdown.</summary>
    public bool IsMarkdown => isMarkdown;

    /// <summary>Whether nothing was written.</summary>
    public bool IsEmpty => _text.Length == 0;

    /// <summary>Words of the program's own: in them nothing is escaped.</summary>
    public HoverText Own(string text)
    {
        _text.Append(text);
        return this;
    }

    /// <summary>Words from elsewhere.</summary>
    public HoverText Foreign(string text)
    {
        foreach (var c in text)
        {
            if (char.IsControl(c))
            {
                _text.Append(' ');
                continue;
            }

            if (isMarkdown && s_syntax.Contains(c)) _text.Append('\\');
            _text.Append(c);
        }

        return this;
    }

    /// <summary>Words from elsewhere that matter most.</summary>
    public HoverText Strong(string text) => isMarkdown ? Own("**").Foreign(text).Own("**") : Foreign(text);

    /// <summary>Something exact of the program's own, without quotes in it.</summary>
    public HoverText Code(string text) => isMarkdown ? Own("`").Own(text).Own("`") : Own(text);

    /// <summary>A link; plain text shows its target where people can use it.</summary>
    public HoverText Link(string label, string target, bool showsTarget)
    {
        if (isMarkdown) return Own("[").Foreign(label).Own("](").Own(target).Own(")");
        return showsTarget ? Foreign(label).Own(": ").Own(target) : Foreign(label);
    }

    /// <summary>Begins a line.</summary>
    public HoverText Line()
    {
        if (_text.Length > 0) _text.Append(isMarkdown ? "  \n" : "\n");
        return this;
    }

    /// <summary>Begins a paragraph.</summary>
    public HoverText Paragraph()
    {
        if (_text.Length > 0) _text.Append("\n\n");
        return this;
    }

    /// <summary>Names, divided by commas; what is beyond the most is counted.</summary>
    public HoverText Names(string label, IReadOnlyList<string> names, int most)
    {
        if (names.Count == 0) return this;

        Line().Own(label).Own(" ");
        for (var i = 0; i < int.Min(names.Count, most); i++) (i > 0 ? Own(", ") : this).Foreign(names[i]);
        return names.Count > most ? Own($" and {names.Count - most} more") : this;
    }

    /// <summary>What the protocol takes.</summary>
    public Protocol.MarkupContent ToContent() => new(isMarkdown ? "markdown" : "plaintext", _text.ToString());
}
