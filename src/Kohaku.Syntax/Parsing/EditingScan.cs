namespace Kohaku.Syntax.Parsing;

/// <summary>
/// Finds which square brackets are prompt editing and which are alternatives, before the tree is made: whether a <c>:</c> or <c>|</c>
/// divides is known only at the closing bracket.
/// </summary>
/// <remarks>
/// Follows the grammar of A1111's <c>prompt_parser.py</c>: <c>"[" [prompt ":"] prompt ":" NUMBER "]"</c> and
/// <c>"[" prompt ("|" [prompt])+ "]"</c>; brackets that fit neither are literal, and so are all that hold them. One pass, one stack.
/// </remarks>
internal sealed class EditingScan
{
    private readonly Comparison<Role> _byPosition = (a, b) => a.Position.CompareTo(b.Position);
    private Rows<Role> _roles;
    private Rows<Frame> _stack;
    private Rows<int> _pipes;
    private int _next;

    /// <summary>What a bracket or divider turned out to be.</summary>
    public enum RoleKind : byte
    {
        /// <summary>Opens prompt editing.</summary>
        Editing,

        /// <summary>Opens alternatives.</summary>
        Alternation,

        /// <summary>Divides prompt editing.</summary>
        Colon,

        /// <summary>Divides prompt editing; behind it stands the number.</summary>
        LastColon,

        /// <summary>Divides alternatives.</summary>
        Pipe,

        /// <summary>A <c>|</c> that divides nothing: A1111's parser fails on it and takes the whole part as text.</summary>
        LoosePipe,
    }

    /// <summary>Reads one side of a prompt.</summary>
    public void Read(ReadOnlySpan<char> text, int start, int end, bool comments)
    {
        _roles.Clear();
        _stack.Clear();
        _pipes.Clear();
        _next = 0;
        if (text[start..end].IndexOfAny('[', '|') < 0) return;

        var networks = default(NetworkScan);
        for (var i = start; i < end; i++)
        {
            var skip = text[i..end].IndexOfAny(Characters.Editing);
            if (skip < 0) break;
            i += skip;
            switch (text[i])
            {
                case '\\':
                    i++;
                    break;
                case '<':
                    i += int.Max(networks.LengthAt(text, i, end, comments) - 1, 0);
                    break;
                case '#' when comments:
                    i += Characters.LineLength(text[i..end]) - 1;
                    break;
                case '(' or '[':
                    _stack.Add(new Frame { Bracket = text[i], Open = i, FirstColon = -1, LastColon = -1, Pipes = _pipes.Count });
                    break;
                case ':':
                    if (_stack.Count > 0) CountColon(ref _stack[_stack.Count - 1], i);
                    break;
                case '|':
                    if (_stack.Count > 0 && _stack[_stack.Count - 1].Bracket == '[') _pipes.Add(i);
                    else _roles.Add(new Role(i, RoleKind.LoosePipe));
                    break;
                case ')':
                    CloseRound();
                    break;
                case ']':
                    CloseSquare(text, i);
                    break;
                default:
                    break;
            }
        }

        while (_stack.Count > 0) Abandon();
        if (_roles.Count > 1) _roles.Span.Sort(_byPosition);
    }

    /// <summary>The role of the character at a position; positions are asked for in rising order.</summary>
    public bool TryTake(int position, out RoleKind kind)
    {
        while (_next < _roles.Count && _roles[_next].Position < position) _next++;
        var found = _next < _roles.Count && _roles[_next].Position == position;
        kind = found ? _roles[_next].Kind : default;
        return found;
    }

    /// <summary>The first loose <c>|</c> in a stretch of text, or −1.</summary>
    public int LoosePipe(int start, int end)
    {
        var roles = _roles.Span;
        for (var i = FirstFrom(roles, start); i < roles.Length && roles[i].Position < end; i++)
            if (roles[i].Kind == RoleKind.LoosePipe) return roles[i].Position;
        return -1;
    }

    private static int FirstFrom(ReadOnlySpan<Role> roles, int position)
    {
        var (low, high) = (0, roles.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (roles[middle].Position < position) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    private static void CountColon(ref Frame frame, int position)
    {
        if (frame.Colons++ == 0) frame.FirstColon = position;
        frame.LastColon = position;
    }

    private void CloseRound()
    {
        if (_stack.Count == 0) return;
        ref var top = ref _stack[_stack.Count - 1];
        if (top.Bracket != '(')
        {
            top.IsBroken = true;
            return;
        }

        // (prompt:prompt) holds at most one colon of its own.
        var broken = top.IsBroken || top.Colons > 1;
        Pop(broken);
    }

    private void CloseSquare(ReadOnlySpan<char> text, int close)
    {
        // Rounds left open inside make the square one literal.
        var broken = false;
        while (_stack.Count > 0 && _stack[_stack.Count - 1].Bracket == '(')
        {
            Abandon();
            broken = true;
        }

        if (_stack.Count == 0) return;
        var frame = _stack[_stack.Count - 1];
        broken |= frame.IsBroken;
        var pipes = _pipes.Count - frame.Pipes;
        if (!broken && pipes == 0 && frame.Colons == 0)
        {
            Pop(broken: false);
        }
        else if (!broken && pipes > 0 && frame.Colons == 0)
        {
            _roles.Add(new Role(frame.Open, RoleKind.Alternation));
            TakePipes(frame.Pipes, RoleKind.Pipe);
            Pop(broken: false);
        }
        else if (!broken && pipes == 0 && frame.Colons <= 2 && Characters.IsNumber(text[(frame.LastColon + 1)..close].Trim()))
        {
            _roles.Add(new Role(frame.Open, RoleKind.Editing));
            if (frame.Colons == 2) _roles.Add(new Role(frame.FirstColon, RoleKind.Colon));
            _roles.Add(new Role(frame.LastColon, RoleKind.LastColon));
            Pop(broken: false);
        }
        else
        {
            TakePipes(frame.Pipes, RoleKind.LoosePipe);
            Pop(broken: true);
        }
    }

    private void Abandon()
    {
        TakePipes(_stack[_stack.Count - 1].Pipes, RoleKind.LoosePipe);
        Pop(broken: true);
    }

    private void Pop(bool broken)
    {
        _stack.RemoveLast();
        if (broken && _stack.Count > 0) _stack[_stack.Count - 1].IsBroken = true;
    }

    private void TakePipes(int first, RoleKind kind)
    {
        for (var i = first; i < _pipes.Count; i++) _roles.Add(new Role(_pipes[i], kind));
        while (_pipes.Count > first) _pipes.RemoveLast();
    }

    private readonly record struct Role(int Position, RoleKind Kind);

    private struct Frame
    {
        public char Bracket;
        public int Open;
        public int Colons;
        public int FirstColon;
        public int LastColon;
        public int Pipes;
        public bool IsBroken;
    }
}
