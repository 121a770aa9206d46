using System.Text;
using Kohaku.Syntax.Meaning;

namespace Kohaku.Syntax;

/// <summary>What A1111 writes into an image: the prompt, the negative prompt and the parameters.</summary>
/// <param name="Prompt">The prompt, each line without outer blanks.</param>
/// <param name="Negative">The negative prompt, each line without outer blanks; empty where there is none.</param>
/// <param name="Fields">The parameters in their order, also those that A1111 does not read back.</param>
public sealed record Infotext(string Prompt, string Negative, IReadOnlyList<InfotextField> Fields)
{
    private const string NegativeMark = "Negative prompt:";

    /// <summary>Where the prompt's lines stand in the text that was read.</summary>
    public TextSpan PromptSpan { get; init; }

    /// <summary>Where the negative prompt's lines stand, behind the mark.</summary>
    public TextSpan NegativeSpan { get; init; }

    /// <summary>Where the line of parameters stands.</summary>
    public TextSpan ParametersSpan { get; init; }

    /// <summary>Reads any text: without a last line of at least three pairs all of it is prompt.</summary>
    public static Infotext Read(string text)
    {
        var start = PythonText.SkipWhiteSpace(text, 0);
        var end = PythonText.TrimEnd(text, start, text.Length);
        var last = text.AsSpan(start, end - start).LastIndexOf('\n') + 1 + start;
        var parameters = new TextSpan(end, 0);
        if (InfotextPairs.AreParameters(text.AsSpan(last, end - last)))
        {
            parameters = TextSpan.FromBounds(last, end);
            end = last;
        }

        var reader = new SideReader(text);
        for (var line = start; line < end;)
        {
            var length = text.AsSpan(line, end - line).IndexOf('\n');
            var next = length < 0 ? end : line + length;
            reader.Add(line, next);
            line = next + 1;
        }

        return new Infotext(reader.Prompt, reader.Negative, ReadFields(text, parameters))
        {
            PromptSpan = reader.PromptSpan,
            NegativeSpan = reader.NegativeSpan,
            ParametersSpan = parameters,
        };
    }

    /// <summary>The text as A1111 writes it, quoted where A1111's own reader would not give back what it wrote.</summary>
    /// <remarks>A line of the negative prompt that begins with the mark gets another, which the reader takes off. Blank lines at the end of a side are kept only where something follows.</remarks>
    public string Write()
    {
        var text = new StringBuilder(Prompt);
        if (Negative.Length > 0)
            text.Append('\n').Append(NegativeMark).Append(' ').Append(Negative.Replace($"\n{NegativeMark}", $"\n{NegativeMark} {NegativeMark}", StringComparison.Ordinal));
        text.Append('\n');
        for (var i = 0; i < Fields.Count; i++)
        {
            if (i > 0)
                text.Append(", ");
            text.Append(Fields[i].Key);
            if (!Fields[i].IsBare)
                text.Append(": ").Append(Written(Fields[i], isLast: i == Fields.Count - 1));
        }

        var written = text.ToString();
        var start = PythonText.SkipWhiteSpace(written, 0);
        written = written[start..PythonText.TrimEnd(written, start, written.Length)];

        // A last line of pairs would be read as parameters; before a mark it is a line of its side.
        return Fields.Count == 0 && InfotextPairs.AreParameters(written.AsSpan(written.LastIndexOf('\n') + 1)) ? $"{written}\n{NegativeMark}" : written;
    }

    /// <summary>The value of a parameter, the last one where it stands twice; <see langword="null"/> where there is none.</summary>
    public string? Find(string key)
    {
        for (var i = Fields.Count - 1; i >= 0; i--)
        {
            if (Fields[i].Key == key && !Fields[i].IsBare)
                return Fields[i].Value;
        }

        return null;
    }

    /// <summary>The parameters as A1111 keeps them: none that is bare or empty, sizes divided into <c>-1</c> and <c>-2</c>, the last of two with one name.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> ToParameters()
    {
        var parameters = new List<KeyValuePair<string, string>>(Fields.Count + 1);
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var field in Fields)
        {
            if (field.IsBare || (field.ValueSpan.Length == 0 && field.Value.Length == 0))
                continue;
            if (TryDivide(field.Value, out var width, out var height))
            {
                Set(field.Key + "-1", width);
                Set(field.Key + "-2", height);
            }
            else
            {
                Set(field.Key, field.Value);
            }
        }

        return parameters;

        void Set(string key, string value)
        {
            if (places.TryAdd(key, parameters.Count))
                parameters.Add(new(key, value));
            else
                parameters[places[key]] = new(key, value);
        }
    }

    /// <summary>A value as it is written: in quotes also where it is an empty one, begins as a quoted one does, or has blanks that the reader would take off.</summary>
    private static string Written(InfotextField field, bool isLast)
    {
        var value = field.Value;
        var needsQuotes = value.Length == 0 ? field.ValueSpan.Length > 0
            : value[0] == '"' || PythonText.SkipWhiteSpace(value, 0) > 0 || (isLast && PythonText.TrimEnd(value, 0, value.Length) < value.Length);
        return needsQuotes ? InfotextQuote.Quoted(value) : InfotextQuote.Write(value);
    }

    private static List<InfotextField> ReadFields(string text, TextSpan parameters)
    {
        var fields = new List<InfotextField>();
        var line = text.AsSpan(parameters.Start, parameters.Length);
        for (var from = 0; ;)
        {
            var next = InfotextPairs.Next(line, from, out var key, out var value);
            AddBare(text, parameters.Start + from, parameters.Start + (next < 0 ? line.Length : key.Start), fields);
            if (next < 0)
                return fields;
            fields.Add(new InfotextField(
                line.Slice(key.Start, key.Length).ToString(),
                InfotextQuote.Read(line.Slice(value.Start, value.Length)),
                key with { Start = parameters.Start + key.Start },
                value with { Start = parameters.Start + value.Start }));
            from = next;
        }
    }

    private static void AddBare(string text, int start, int end, List<InfotextField> fields)
    {
        while (start < end)
        {
            var comma = text.AsSpan(start, end - start).IndexOf(',');
            var next = comma < 0 ? end : start + comma;
            var first = PythonText.SkipWhiteSpace(text.AsSpan(0, next), start);
            var behind = PythonText.TrimEnd(text, first, next);
            if (behind > first)
            {
                var span = TextSpan.FromBounds(first, behind);
                var word = text[first..behind];
                fields.Add(new InfotextField(word, word, span, span));
            }

            start = next + 1;
        }
    }

    /// <summary><c>^(\d+)x(\d+)$</c></summary>
    private static bool TryDivide(string value, out string width, out string height)
    {
        var text = value.AsSpan();
        if (text is [.., '\n'])
            text = text[..^1];
        var first = Digits(text);
        width = height = "";
        if (first == 0 || first == text.Length || text[first] != 'x')
            return false;
        var second = text[(first + 1)..];
        if (second.IsEmpty || Digits(second) != second.Length)
            return false;
        width = text[..first].ToString();
        height = second.ToString();
        return true;
    }

    private static int Digits(ReadOnlySpan<char> text)
    {
        var end = 0;
        for (int length; (length = PythonText.DigitLength(text, end, out _)) > 0; end += length)
        {
        }

        return end;
    }

    /// <summary>Collects lines: those from the negative prompt's mark on are the negative prompt.</summary>
    private sealed class SideReader(string text)
    {
        private readonly StringBuilder _prompt = new();
        private readonly StringBuilder _negative = new();
        private bool _isNegative;

        public string Prompt => _prompt.ToString();

        public string Negative => _negative.ToString();

        public TextSpan PromptSpan { get; private set; }

        public TextSpan NegativeSpan { get; private set; }

        public void Add(int start, int end)
        {
            Trim(ref start, ref end);
            if (text.AsSpan(start, end - start).StartsWith(NegativeMark, StringComparison.Ordinal))
            {
                start += NegativeMark.Length;
                Trim(ref start, ref end);
                if (!_isNegative)
                    NegativeSpan = new TextSpan(start, 0);
                _isNegative = true;
            }

            var side = _isNegative ? _negative : _prompt;
            if (side.Length > 0)
                side.Append('\n');
            else if (!_isNegative)
                PromptSpan = new TextSpan(start, 0);
            side.Append(text, start, end - start);
            if (_isNegative)
                NegativeSpan = TextSpan.FromBounds(NegativeSpan.Start, end);
            else
                PromptSpan = TextSpan.FromBounds(PromptSpan.Start, end);
        }

        private void Trim(ref int start, ref int end)
        {
            start = PythonText.SkipWhiteSpace(text.AsSpan(0, end), start);
            end = PythonText.TrimEnd(text, start, end);
        }
    }
}
