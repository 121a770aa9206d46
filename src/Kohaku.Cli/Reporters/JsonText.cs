using System.Globalization;

namespace Kohaku.Cli.Reporters;

/// <summary>Writes JSON, on one line or indented. Any UTF-16 goes in: a lone surrogate is escaped, since UTF-8 cannot hold it.</summary>
internal sealed class JsonText(TextWriter output, bool indented)
{
    private const string Hex = "0123456789abcdef";

    private int _depth;
    private bool _first = true;
    private bool _afterName;

    /// <summary>Begins an object.</summary>
    public JsonText BeginObject() => Begin('{');

    /// <summary>Ends an object.</summary>
    public JsonText EndObject() => End('}');

    /// <summary>Begins an array.</summary>
    public JsonText BeginArray() => Begin('[');

    /// <summary>Ends an array.</summary>
    public JsonText EndArray() => End(']');

    /// <summary>A member's name; its value comes next.</summary>
    public JsonText Name(string name)
    {
        Separate();
        Quote(name);
        output.Write(indented ? ": " : ":");
        _afterName = true;
        return this;
    }

    /// <summary>A string.</summary>
    public JsonText Value(ReadOnlySpan<char> text)
    {
        Separate();
        Quote(text);
        return this;
    }

    /// <summary>A whole number.</summary>
    public JsonText Value(long number)
    {
        Separate();
        output.Write(number);
        return this;
    }

    /// <summary>A number, shortest form that reads back the same.</summary>
    public JsonText Value(double number)
    {
        Separate();
        output.Write(number.ToString("R", CultureInfo.InvariantCulture));
        return this;
    }

    /// <summary>True or false.</summary>
    public JsonText Value(bool value)
    {
        Separate();
        output.Write(value ? "true" : "false");
        return this;
    }

    /// <summary>A member with a string.</summary>
    public JsonText Member(string name, ReadOnlySpan<char> text) => Name(name).Value(text);

    /// <summary>A member with a whole number.</summary>
    public JsonText Member(string name, long number) => Name(name).Value(number);

    /// <summary>A member that is true or false.</summary>
    public JsonText Member(string name, bool value) => Name(name).Value(value);

    /// <summary>Ends the line and begins a new document.</summary>
    public void EndLine()
    {
        output.Write('\n');
        _first = true;
    }

    private JsonText Begin(char bracket)
    {
        Separate();
        output.Write(bracket);
        _depth++;
        _first = true;
        return this;
    }

    private JsonText End(char bracket)
    {
        _depth--;
        if (!_first) Break();
        output.Write(bracket);
        _first = false;
        return this;
    }

    private void Separate()
    {
        if (_afterName)
        {
            _afterName = false;
            return;
        }

        if (!_first) output.Write(',');
        if (_depth > 0) Break();
        _first = false;
    }

    private void Break()
    {
        if (!indented) return;

        output.Write('\n');
        for (var i = 0; i < _depth; i++) output.Write("  ");
    }

    private void Quote(ReadOnlySpan<char> text)
    {
        output.Write('"');
        var done = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var character = text[i];
            if (character is >= ' ' and < '\x7F' and not '"' and not '\\') continue;
            if (character >= '\xA0' && !char.IsSurrogate(character) && character is not '\u2028' and not '\u2029') continue;
            if (char.IsHighSurrogate(character) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
                continue;
            }

            output.Write(text[done..i]);
            done = i + 1;
            Escape(character);
        }

        output.Write(text[done..]);
        output.Write('"');
    }

    private void Escape(char character)
    {
        switch (character)
        {
            case '"': output.Write("\\\""); break;
            case '\\': output.Write("\\\\"); break;
            case '\n': output.Write("\\n"); break;
            case '\r': output.Write("\\r"); break;
            case '\t': output.Write("\\t"); break;
            default:
                output.Write([ '\\', 'u', Hex[character >> 12], Hex[(character >> 8) & 15], Hex[(character >> 4) & 15], Hex[character & 15]]);
                break;
        }
    }
}
