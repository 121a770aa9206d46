using System.Buffers;
using System.Globalization;

namespace Kohaku.Syntax.Dynamic;

/// <summary>Reads a dynamic prompt in one pass, with the open brackets on a stack of its own.</summary>
/// <remarks>
/// The library's grammar never has to look back: what begins with <c>{</c>, <c>${</c>, <c>%{</c> or <c>__</c> can be nothing else, so a
/// construct that fails fails the prompt. Here it becomes an error, and reading goes on behind it.
/// </remarks>
internal sealed class DynamicParser(string text)
{
    private const int MostErrors = 32;

    private static readonly SearchValues<char> Special = SearchValues.Create("#{$%_");
    private static readonly SearchValues<char> SpecialInBraces = SearchValues.Create("#{$%_|}");
    private static readonly SearchValues<char> SpecialInNames = SearchValues.Create("#{$%_()");

    private readonly List<DynamicNode> _nodes = [];
    private readonly List<DynamicError> _errors = [];
    private readonly Stack<Frame> _open = new();
    private readonly int _lastCommentEnd = text.LastIndexOf("*/", StringComparison.Ordinal);
    private readonly int _lastParenthesis = text.LastIndexOf(')');
    private int _at;
    private int _end = text.Length;

    private enum Place
    {
        Top,
        Option,
        Value,
        Wrapper,
        Inner,
        Name,
    }

    /// <summary>A part that is being read, the piece around it, and what may end it.</summary>
    private readonly record struct Frame(Place Place, int Owner, int Part);

    public DynamicPrompt Parse()
    {
        ReadRange(0, text.Length);
        return new DynamicPrompt(text, [.. _nodes], [.. _errors]);
    }

    /// <summary>Reads a stretch as a prompt of its own.</summary>
    private void ReadRange(int start, int end)
    {
        (_at, _end) = (start, end);
        var depth = _open.Count;
        OpenPart(Place.Top, -1);
        while (true)
        {
            SkipComments();
            if (_at >= _end)
                break;
            ReadPiece(_open.Peek());
        }

        if (_open.Count > depth + 1)
            FailUnclosed(_open.Peek());
        while (_open.Count > depth)
            CloseFrame();
    }

    private void ReadPiece(Frame frame)
    {
        switch (text[_at])
        {
            case '{':
                OpenVariants();
                break;
            case '$' when Peek(1) == '{':
                OpenVariable();
                break;
            case '%' when Peek(1) == '{' && frame.Place != Place.Name:
                OpenWrap();
                break;
            case '_' when Peek(1) == '_':
                if (frame.Place == Place.Name)
                    CloseName();
                else
                    OpenWildcard();
                break;
            case '$' when Peek(1) == '$' && frame.Place == Place.Wrapper:
                _at += 2;
                NextPart(Place.Inner);
                break;
            case '(' or ' ' or '\t' or '\n' or '\r' when frame.Place == Place.Name && AtParenthesis():
                ReadNameArguments();
                break;
            case '|' when frame.Place == Place.Option:
                _at++;
                NextPart(Place.Option);
                break;
            case '}' when frame.Place is not (Place.Top or Place.Name):
                if (frame.Place == Place.Wrapper)
                    Fail(_at, 1, "the wrapper has no $$ before what it wraps");
                _at++;
                ClosePart();
                break;
            case '$' or '%':
                Fail(_at, 1, $"a {text[_at]} alone is not allowed where dynamic prompts are on");
                AddLiteral(_at, _at + 1);
                break;
            case '|' when frame.Place is Place.Value or Place.Wrapper or Place.Inner:
                Fail(_at, 1, "a | stands outside of { }");
                AddLiteral(_at, _at + 1);
                break;
            default:
                ReadLiteral(frame.Place);
                break;
        }
    }

    /// <summary>Text up to what may be something else. A name's text takes <c>|</c> and <c>}</c>, and from a <c>)</c> on brackets instead.</summary>
    private void ReadLiteral(Place place)
    {
        var special = place switch
        {
            Place.Top => Special,
            Place.Name when text[_at] != ')' => SpecialInNames,
            _ => SpecialInBraces,
        };
        var start = _at;
        for (_at++; _at < _end; _at++)
        {
            var skipped = text.AsSpan(_at, _end - _at).IndexOfAny(special);
            _at = skipped < 0 ? _end : _at + skipped;
            if (_at == _end || text[_at] != '_' || Peek(1) == '_')
                break;
        }

        AddLiteral(start, _at);
    }

    private void OpenVariants()
    {
        var owner = Open(DynamicKind.Variants, 1);
        SkipWhiteSpace();
        var sampler = ReadSampler();
        var (minimum, maximum, separator) = ReadBounds();
        _nodes[owner] = _nodes[owner] with { Sampler = sampler, Minimum = minimum, Maximum = maximum, Separator = separator };
        SkipWhiteSpace();
        OpenPart(Place.Option, owner);
    }

    private void OpenVariable()
    {
        var start = _at;
        var owner = Open(DynamicKind.Variable, 2);
        SkipWhiteSpace();
        var name = _at;
        while (_at < _end && (char.IsAsciiLetter(text[_at]) || text[_at] is '_' or '-' || (_at > name && char.IsAsciiDigit(text[_at]))))
            _at++;
        _nodes[owner] = _nodes[owner] with { Name = TextSpan.FromBounds(name, _at) };
        var named = _at > name;
        SkipWhiteSpace();
        // Blanks may stand on both sides of a comment.
        SkipWhiteSpace();
        var keeps = Peek(0) == '?' && Peek(1) == '=';
        if (keeps)
            _at++;
        if (named && Peek(0) == '=' && Place.Name != _open.Peek().Place)
        {
            _at++;
            var immediate = Peek(0) == '!';
            if (immediate)
                _at++;
            _nodes[owner] = _nodes[owner] with { Kind = DynamicKind.Assignment, KeepsValue = keeps, IsImmediate = immediate };
            SkipWhiteSpace();
            OpenPart(Place.Value, owner);
        }
        else if (named && Peek(0) == ':')
        {
            _at++;
            SkipWhiteSpace();
            OpenPart(Place.Value, owner);
        }
        else if (named && Peek(0) == '}')
        {
            _at++;
            CloseNode(owner);
        }
        else if (named && _at >= _end)
        {
            Fail(start, 2, "the ${ is never closed");
            CloseNode(owner);
        }
        else
        {
            Fail(start, 2, named ? "a variable's name is followed by =, ?=, : or }" : "${ has no name behind it");
            _nodes.RemoveRange(owner, _nodes.Count - owner);
            _at = start + 1;
            AddLiteral(start, start + 1);
        }
    }

    private void OpenWrap()
    {
        var owner = Open(DynamicKind.Wrap, 2);
        SkipWhiteSpace();
        OpenPart(Place.Wrapper, owner);
    }

    private void OpenWildcard()
    {
        var start = _at;
        var owner = Open(DynamicKind.Wildcard, 2);
        _nodes[owner] = _nodes[owner] with { Sampler = ReadSampler() };
        SkipComments();
        if (_at < _end && !AtParenthesis() && !(Peek(0) == '_' && Peek(1) == '_'))
        {
            OpenPart(Place.Name, owner);
            return;
        }

        Fail(start, 2, _at < _end ? "the wildcard has no name" : "the wildcard is never closed");
        _nodes.RemoveRange(owner, _nodes.Count - owner);
        _at = start + 2;
        AddLiteral(start, _at);
    }

    private void CloseName()
    {
        _at += 2;
        ClosePart();
    }

    /// <summary><c>(x=y, …)</c> behind a wildcard's name: values for its lines. A value is a prompt of its own.</summary>
    private void ReadNameArguments()
    {
        var frame = _open.Pop();
        CloseNode(frame.Part);
        SkipWhiteSpace();
        var start = _at;
        var isArgument = _end < text.Length;
        var close = !isArgument && _lastParenthesis > _at ? text.AsSpan(_at + 1).IndexOf(')') : -1;
        if (close <= 0)
        {
            Fail(start, 1, close == 0 ? "the wildcard's ( ) is empty" : "the ( behind the wildcard's name is never closed");
            _at++;
            CloseNode(frame.Owner);
            return;
        }

        close += start + 1;
        var (behind, end) = (close + 1, _end);
        for (var pair = start + 1; pair < close;)
        {
            var comma = text.AsSpan(pair, close - pair).IndexOf(',');
            comma = comma < 0 ? close : pair + comma;
            ReadNameArgument(pair, comma);
            pair = comma + 1;
        }

        (_at, _end) = (behind, end);
        SkipComments();
        if (Peek(0) == '_' && Peek(1) == '_')
            _at += 2;
        else
            Fail(start, behind - start, "the wildcard does not end behind its ( )");
        CloseNode(frame.Owner);
    }

    private void ReadNameArgument(int start, int end)
    {
        var equals = text.AsSpan(start, end - start).IndexOf('=');
        equals = equals < 0 ? end : start + equals;
        var value = int.Min(equals + 1, end);
        _at = start;
        var assignment = Open(DynamicKind.Assignment, 0);
        _nodes[assignment] = _nodes[assignment] with { Name = Trim(start, equals) };
        var trimmed = Trim(value, end);
        ReadRange(trimmed.Start, trimmed.End);
        _at = end;
        CloseNode(assignment);
    }

    private DynamicSampler ReadSampler()
    {
        SkipComments();
        var sampler = Peek(0) switch
        {
            '~' => DynamicSampler.Random,
            '!' => DynamicSampler.Combinatorial,
            '@' => DynamicSampler.Cyclical,
            _ => DynamicSampler.Default,
        };
        if (sampler != DynamicSampler.Default)
            _at++;
        return sampler;
    }

    /// <summary><c>2$$</c>, <c>1-2$$</c>, <c>-2$$</c>, <c>1-$$</c>, each with a separator and another <c>$$</c> if wanted.</summary>
    private (int Minimum, int Maximum, TextSpan Separator) ReadBounds()
    {
        SkipComments();
        var start = _at;
        var lower = ReadNumber();
        var hyphen = Peek(0) == '-';
        if (hyphen)
            _at++;
        var upper = hyphen ? ReadNumber() : lower;
        if ((lower ?? upper) is null || Peek(0) != '$' || Peek(1) != '$')
        {
            _at = start;
            return (1, 1, default);
        }

        _at += 2;
        SkipComments();
        var separator = text.AsSpan(_at, _end - _at).IndexOfAny('$', '{', '}');
        var span = new TextSpan(_at, 0);
        if (separator > 0 && text[_at + separator] == '$' && Peek(separator + 1) == '$')
        {
            span = new TextSpan(_at, separator);
            _at += separator + 2;
        }

        return (lower ?? 1, upper ?? int.MaxValue, span);
    }

    private int? ReadNumber()
    {
        var start = _at;
        while (_at < _end && char.IsAsciiDigit(text[_at]))
            _at++;
        if (_at == start)
            return null;
        return int.TryParse(text.AsSpan(start, _at - start), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : int.MaxValue;
    }

    /// <summary><c>0.5::</c></summary>
    private double ReadWeight()
    {
        SkipComments();
        var start = _at;
        var end = start;
        if (Peek(0) is '+' or '-')
            end++;
        var digits = 0;
        var points = 0;
        for (; end < _end && (char.IsAsciiDigit(text[end]) || (text[end] == '.' && points == 0)); end++)
            _ = text[end] == '.' ? points++ : digits++;
        if (digits == 0 || (points == 0 && !char.IsAsciiDigit(text[start])) || end + 1 >= _end || text[end] != ':' || text[end + 1] != ':')
            return 1;
        _at = end + 2;
        return double.Parse(text.AsSpan(start, end - start), NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    private int Open(DynamicKind kind, int length)
    {
        _nodes.Add(new DynamicNode(kind, new TextSpan(_at, length), 0) { Weight = 1 });
        _at += length;
        return _nodes.Count - 1;
    }

    private void OpenPart(Place place, int owner)
    {
        var weight = 1.0;
        if (place == Place.Option)
        {
            SkipWhiteSpace();
            weight = ReadWeight();
        }

        var part = Open(DynamicKind.Part, 0);
        _nodes[part] = _nodes[part] with { Weight = weight };
        _open.Push(new Frame(place, owner, part));
    }

    private void NextPart(Place place)
    {
        var frame = _open.Pop();
        var separator = place == Place.Inner ? 2 : 1;
        Finish(frame.Part, _at - separator);
        if (place == Place.Inner)
            SkipWhiteSpace();
        OpenPart(place, frame.Owner);
    }

    /// <summary>Closes a part and the piece around it; what closes both has been read.</summary>
    private void ClosePart()
    {
        var frame = _open.Pop();
        Finish(frame.Part, _at - (frame.Place == Place.Name ? 2 : 1));
        CloseNode(frame.Owner);
    }

    private void CloseFrame()
    {
        var frame = _open.Pop();
        CloseNode(frame.Part);
        if (frame.Owner >= 0 && frame.Place != Place.Top)
            CloseNode(frame.Owner);
    }

    private void CloseNode(int node) => Finish(node, _at);

    private void Finish(int node, int end) =>
        _nodes[node] = _nodes[node] with { Span = TextSpan.FromBounds(_nodes[node].Span.Start, end), End = _nodes.Count };

    private void AddLiteral(int start, int end)
    {
        _at = end;
        _nodes.Add(new DynamicNode(DynamicKind.Literal, TextSpan.FromBounds(start, end), _nodes.Count + 1));
    }

    private void FailUnclosed(Frame frame)
    {
        var node = _nodes[frame.Owner];
        var (length, message) = node.Kind switch
        {
            DynamicKind.Variants => (1, "the { is never closed"),
            DynamicKind.Wildcard => (2, "the wildcard is never closed"),
            DynamicKind.Wrap => (2, "the %{ is never closed"),
            _ => (2, "the ${ is never closed"),
        };
        Fail(node.Span.Start, length, message);
    }

    private void Fail(int offset, int length, string message)
    {
        if (_errors.Count < MostErrors)
            _errors.Add(new DynamicError(new TextSpan(offset, length), message));
    }

    private char Peek(int ahead) => _at + ahead < _end ? text[_at + ahead] : '\0';

    private TextSpan Trim(int start, int end)
    {
        while (start < end && char.IsWhiteSpace(text[start]))
            start++;
        while (end > start && char.IsWhiteSpace(text[end - 1]))
            end--;
        return TextSpan.FromBounds(start, end);
    }

    /// <summary>Whether the next character but blanks is a <c>(</c>.</summary>
    private bool AtParenthesis()
    {
        var blanks = text.AsSpan(_at, _end - _at).IndexOfAnyExcept(" \t\n\r");
        return blanks >= 0 && text[_at + blanks] == '(';
    }

    private void SkipWhiteSpace()
    {
        while (_at < _end && text[_at] is ' ' or '\t' or '\n' or '\r')
            _at++;
        SkipComments();
    }

    /// <summary>The library's comments, blanks before them included: <c>#</c> anywhere, <c>//</c> and <c>/* */</c> where a piece could begin.</summary>
    private void SkipComments()
    {
        while (_at < _end)
        {
            var blanks = text.AsSpan(_at, _end - _at).IndexOfAnyExcept(" \t\n\r");
            if (blanks < 0)
                return;
            var comment = text.AsSpan(_at + blanks, _end - _at - blanks);
            int length;
            if (comment[0] == '#' || comment.StartsWith("//"))
                length = comment.IndexOf('\n') is >= 0 and var line ? line : comment.Length;
            else if (comment.StartsWith("/*") && _lastCommentEnd >= _at + blanks + 2 && comment[2..].IndexOf("*/") is >= 0 and var close)
                length = close + 4;
            else
                return;
            _at += blanks + length;
        }
    }
}
