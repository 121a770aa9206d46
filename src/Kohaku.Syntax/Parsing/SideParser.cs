using System.Buffers;
using Kohaku.Syntax.Meaning;

namespace Kohaku.Syntax.Parsing;

/// <summary>Parses one side of a prompt, the positive or the negative text, into the tree's tables: one pass, no recursion.</summary>
internal sealed partial class SideParser(SyntaxTree tree)
{
    private readonly EditingRoles _editing = new();
    private readonly ComfyWeights _comfyWeights = new();
    private Rows<int> _rounds;
    private Rows<int> _squares;
    private Rows<int> _curlies;
    private NetworkScan _behindWeights;
    private SearchValues<char> _specials = Characters.A1111;
    private bool _isComfy;
    private bool _isNegative;
    private bool _comments;
    private bool _dynamic;
    private bool _hasWords;
    private int _end;
    private int _run;
    private int _searched;
    private int _region;
    private int _part;
    private int _field;
    private int _fieldStart;
    private int _fieldEnd;
    private int _fieldPiece;
    private int _firstGroup;

    /// <summary>Parses a stretch of the text as the side with this index.</summary>
    public void Parse(ReadOnlySpan<char> text, TextSpan span, int sideIndex, bool isNegative, ParseOptions options)
    {
        Begin(text, span, isNegative, options);
        var (tokens, fields, pieces, groups, parts, marks) = (
            tree.TokenRows.Count, tree.FieldRows.Count, tree.PieceRows.Count, tree.GroupRows.Count, tree.PartRows.Count, tree.MarkRows.Count);
        _firstGroup = groups;
        _field = fields;
        _fieldPiece = pieces;
        BeginPart(span.Start);
        Scan(text, span.Start);
        EndField(-1, keepEmpty: false);
        EndPart(text, span.End);
        CloseOpenGroups();
        WeightPass.Run(tree, groups, pieces, parts, _isComfy);
        if (_isComfy && tree.GroupRows.Count > groups) _comfyWeights.Apply(tree, text, span, pieces, marks);

        ref var side = ref tree.SideRows[sideIndex];
        side.IsNegative = isNegative;
        side.Span = span;
        side.Tokens = new RowRange(tokens, tree.TokenRows.Count);
        side.Fields = new RowRange(fields, tree.FieldRows.Count);
        side.Pieces = new RowRange(pieces, tree.PieceRows.Count);
        side.Groups = new RowRange(groups, tree.GroupRows.Count);
        side.Parts = new RowRange(parts, tree.PartRows.Count);
        side.Marks = new RowRange(marks, tree.MarkRows.Count);
    }

    private void Begin(ReadOnlySpan<char> text, TextSpan span, bool isNegative, ParseOptions options)
    {
        _isComfy = options.Dialect == Dialect.ComfyUI;
        _isNegative = isNegative;
        _comments = options.Comments;
        _dynamic = options.DynamicPrompts;
        _end = span.End;
        _region = 0;
        _searched = 0;
        _fieldStart = -1;
        _behindWeights = default;
        _rounds.Clear();
        _squares.Clear();
        _curlies.Clear();
        var side = text.Slice(span.Start, span.Length);
        var wide = side.IndexOfAny('，', '、') >= 0;
        if (_isComfy) _specials = wide ? Characters.WideComfy : Characters.Comfy;
        else if (_dynamic) _specials = wide ? Characters.WideDynamic : Characters.Dynamic;
        else _specials = wide ? Characters.WideA1111 : Characters.A1111;
        _hasWords = side.Contains("BREAK", StringComparison.Ordinal) || (!isNegative && side.Contains("AND", StringComparison.Ordinal));
        if (!_isComfy) _editing.Read(text, span.Start, span.End, _comments, isNegative);
    }

    private void Scan(ReadOnlySpan<char> text, int start)
    {
        var networks = default(NetworkScan);
        _run = start;
        var i = start;
        while (i < _end)
        {
            var skip = text[i.._end].IndexOfAny(_specials);
            if (skip < 0) break;
            i += skip;
            switch (text[i])
            {
                case '\\':
                    i += i + 1 < _end && IsEscapable(text[i + 1]) ? 2 : 1;
                    continue;
                case ',':
                    i = Divide(text, i, TokenKind.Comma);
                    continue;
                case '，' or '、':
                    i = Divide(text, i, TokenKind.WideComma);
                    continue;
                case '\n' or '\r':
                    i = LineBreak(text, i);
                    continue;
                case '(':
                    i = Open(text, i, GroupKind.Round);
                    continue;
                case '[':
                    i = Open(text, i, SquareKind(i));
                    continue;
                case '{':
                    i = Open(text, i, GroupKind.Variants);
                    continue;
                case ')':
                    i = Close(text, i, ref _rounds);
                    continue;
                case ']':
                    i = Close(text, i, ref _squares);
                    continue;
                case '}':
                    i = Close(text, i, ref _curlies);
                    continue;
                case ':':
                    i = Colon(text, i);
                    continue;
                case '|':
                    i = Pipe(text, i);
                    continue;
                case '$':
                    i = Dollar(text, i);
                    continue;
                case '#' when _comments:
                    i = Comment(text, i);
                    continue;
                case '<' when NetworkLength(ref networks, text, i) is var length and > 0:
                    i = Network(text, i, length);
                    continue;
                default:
                    break;
            }

            i++;
        }

        Flush(text, _end);
    }

    /// <summary>Comments, networks and weights know no backslash, and a line end ends the field all the same; ComfyUI escapes round brackets only.</summary>
    private bool IsEscapable(char next) => _isComfy ? next is '(' or ')' : next is not ('\n' or '\r' or '#' or '<' or ':');

    private int Divide(ReadOnlySpan<char> text, int at, TokenKind kind)
    {
        Flush(text, at);
        tree.TokenRows.Add(new Token(kind, at, 1));
        EndField(tree.TokenRows.Count - 1, keepEmpty: true);
        return _run = at + 1;
    }

    private int LineBreak(ReadOnlySpan<char> text, int at)
    {
        Flush(text, at);
        var length = text[at] == '\r' && at + 1 < _end && text[at + 1] == '\n' ? 2 : 1;
        tree.TokenRows.Add(new Token(TokenKind.LineBreak, at, length));
        EndField(tree.TokenRows.Count - 1, keepEmpty: false);
        return _run = at + length;
    }

    private int Comment(ReadOnlySpan<char> text, int at)
    {
        Flush(text, at);
        var length = Characters.LineLength(text[at.._end]);
        tree.TokenRows.Add(new Token(TokenKind.Comment, at, length));
        tree.MarkRows.Add(new Mark(MarkKind.Comment, new TextSpan(at, length), Innermost(), _field));
        return _run = at + length;
    }

    /// <summary>Where networks are but text, brackets in them are brackets.</summary>
    private int NetworkLength(ref NetworkScan networks, ReadOnlySpan<char> text, int at)
    {
        var length = networks.LengthAt(text, at, _end, _comments);
        return (_isNegative || _isComfy) && text.Slice(at, length).ContainsAny(Characters.Brackets) ? 0 : length;
    }

    private int Network(ReadOnlySpan<char> text, int at, int length)
    {
        Flush(text, at);
        var span = new TextSpan(at, length);
        tree.TokenRows.Add(new Token(TokenKind.Network, at, length));
        tree.MarkRows.Add(new Mark(MarkKind.Network, span, Innermost(), _field));
        Touch(span);
        return _run = at + length;
    }

    private GroupKind SquareKind(int at)
    {
        if (!_editing.TryTake(at, out var role, out _)) return GroupKind.Square;
        return role == EditingRole.Editing ? GroupKind.Editing : GroupKind.Alternation;
    }

    private int Open(ReadOnlySpan<char> text, int at, GroupKind kind)
    {
        Flush(text, at);
        tree.TokenRows.Add(new Token(TokenKind.Open, at, 1));
        var parent = Innermost();
        var index = tree.GroupRows.Count;
        ref var group = ref tree.GroupRows.Add();
        group.Kind = kind;
        group.Open = at;
        group.Close = -1;
        group.Number = double.NaN;
        group.Parent = parent;
        group.Pieces = new RowRange(tree.PieceRows.Count, tree.PieceRows.Count);
        (kind == GroupKind.Round ? ref _rounds : ref kind == GroupKind.Variants ? ref _curlies : ref _squares).Add(index);
        Touch(new TextSpan(at, 1));
        if (kind is not (GroupKind.Round or GroupKind.Square)) BeginAlternative();
        return _run = at + 1;
    }

    private int Close(ReadOnlySpan<char> text, int at, ref Rows<int> stack)
    {
        if (stack.Count > 0)
        {
            // An AND before it may end the part, and all brackets with it.
            Flush(text, at);
            _run = at;
        }

        if (stack.Count == 0)
        {
            // The bracket is text, but a word before it ends the field and comes first.
            TakeWords(text, at);
            tree.MarkRows.Add(new Mark(MarkKind.StrayClose, new TextSpan(at, 1), Innermost(), _field));
            return at + 1;
        }

        tree.TokenRows.Add(new Token(TokenKind.Close, at, 1));
        Touch(new TextSpan(at, 1));
        CloseTop(ref stack, at);
        return _run = at + 1;
    }

    private void CloseTop(ref Rows<int> stack, int at)
    {
        ref var group = ref tree.GroupRows[stack[stack.Count - 1]];
        stack.RemoveLast();
        group.Close = at;
        group.Pieces = new RowRange(group.Pieces.First, tree.PieceRows.Count);
        if (group.Kind is GroupKind.Round or GroupKind.Square) return;
        BeginAlternative();
    }

    private int Colon(ReadOnlySpan<char> text, int at)
    {
        if (!_isComfy && _editing.TryTake(at, out var role, out var when) && role is EditingRole.Colon or EditingRole.LastColon)
        {
            Flush(text, at);
            tree.TokenRows.Add(new Token(TokenKind.Colon, at, 1));
            Touch(new TextSpan(at, 1));
            _run = at + 1;
            if (role == EditingRole.LastColon) return When(text, at, when);
            tree.GroupRows[_squares[_squares.Count - 1]].FirstColon = at;
            return BeginAlternative();
        }

        if (_dynamic && at + 1 < _end && text[at + 1] == ':') return VariantWeight(text, at);
        if (_rounds.Count == 0) return at + 1;
        var length = _isComfy ? ComfyWeight(text, at, out var number) : A1111Weight(text, at, out number);
        if (length == 0) return at + 1;

        Flush(text, at);
        _run = at;
        if (_rounds.Count == 0) return at + 1;
        var weight = new TextSpan(at, length);
        tree.TokenRows.Add(new Token(TokenKind.Weight, at, length));
        Touch(weight);
        ref var group = ref tree.GroupRows[_rounds[_rounds.Count - 1]];
        group.WeightSpan = weight;
        group.Number = number;
        return _run = at + length;
    }

    private int When(ReadOnlySpan<char> text, int at, double number)
    {
        var close = at + text[at.._end].IndexOf(']');
        ref var group = ref tree.GroupRows[_squares[_squares.Count - 1]];
        group.WeightSpan = TextSpan.FromBounds(at, close);
        group.Number = number;
        AddBlanksAnd(text, at + 1, close, TokenKind.When);
        Touch(TextSpan.FromBounds(at, close));
        return _run = close;
    }

    private int Pipe(ReadOnlySpan<char> text, int at)
    {
        var divides = _dynamic && _curlies.Count > 0 && Innermost() == _curlies[_curlies.Count - 1];
        divides |= _editing.TryTake(at, out var role, out _) && role == EditingRole.Pipe;
        if (!divides) return at + 1;
        Flush(text, at);
        tree.TokenRows.Add(new Token(TokenKind.Pipe, at, 1));
        Touch(new TextSpan(at, 1));
        BeginAlternative();
        return _run = at + 1;
    }

    /// <summary>What stands in editing or alternatives is a tag list of its own.</summary>
    private int BeginAlternative()
    {
        EndField(tree.TokenRows.Count - 1, keepEmpty: false);
        _region++;
        return _run;
    }

    /// <summary>The length of A1111's <c>:\s*([+-]?[.\d]+)\s*</c> before a closing bracket; 0 where there is none.</summary>
    private int A1111Weight(ReadOnlySpan<char> text, int at, out double number)
    {
        number = double.NaN;
        var closes = A1111Attention.TryReadWeight(text[.._end], at, out var digits, out var end);
        if (!closes && !IsWeightBeforeNetworks(text, digits, out end)) return 0;
        if (!PythonText.TryParseFloat(text.Slice(digits.Start, digits.Length), out number)) number = double.NaN;
        return end - 1 - at;
    }

    /// <summary>A1111 has taken the networks out when it reads weights: in <c>(a:1.2&lt;lora:x:1&gt;)</c> the number closes the bracket too.</summary>
    private bool IsWeightBeforeNetworks(ReadOnlySpan<char> text, TextSpan number, out int end)
    {
        end = number.End + 1;
        if (_isNegative || number.Length == 0 || !char.IsAsciiDigit(text[number.End - 1]) && text[number.End - 1] != '.') return false;

        var at = SkipBlanks(text, number.End);
        while (at < _end && text[at] == '<' && _behindWeights.LengthAt(text, at, _end, _comments) is var length and > 0) at = SkipBlanks(text, at + length);
        return at < _end && text[at] == ')';
    }

    /// <summary>ComfyUI: whatever Python's <c>float</c> reads between the last colon and the bracket.</summary>
    private int ComfyWeight(ReadOnlySpan<char> text, int at, out double number)
    {
        number = double.NaN;
        var length = text[(at + 1).._end].IndexOfAny(":()\\");
        if (length <= 0 || text[at + 1 + length] != ')') return 0;
        return PythonText.TryParseFloat(text.Slice(at + 1, length), out number) ? length + 1 : 0;
    }

    private int SkipBlanks(ReadOnlySpan<char> text, int at)
    {
        while (at < _end && char.IsWhiteSpace(text[at])) at++;
        return at;
    }

    private int Innermost()
    {
        var innermost = -1;
        if (_rounds.Count > 0) innermost = _rounds[_rounds.Count - 1];
        if (_squares.Count > 0) innermost = int.Max(innermost, _squares[_squares.Count - 1]);
        if (_curlies.Count > 0) innermost = int.Max(innermost, _curlies[_curlies.Count - 1]);
        return innermost;
    }

    /// <summary>A bracket does not reach beyond its part.</summary>
    private void CloseOpenGroups()
    {
        for (var i = _firstGroup; i < tree.GroupRows.Count; i++)
        {
            ref var group = ref tree.GroupRows[i];
            if (!group.IsClosed) group.Pieces = new RowRange(group.Pieces.First, tree.PieceRows.Count);
        }
    }
}
