using Kohaku.Syntax.Meaning;

namespace Kohaku.Syntax.Parsing;

/// <summary>What a bracket or divider of prompt editing turned out to be.</summary>
internal enum EditingRole : byte
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

    /// <summary>What A1111's parser fails on, so that it takes the whole part as text.</summary>
    Error,
}

/// <summary>Tells the parser which square brackets are prompt editing and which are alternatives: known only once they are closed.</summary>
/// <remarks>
/// <see cref="ScheduleStructure"/> decides, over the text as A1111 has it by then, without comments and networks and divided at AND; here its
/// places are those of the text as it is written. A text without <c>[</c> and <c>|</c> costs one search.
/// </remarks>
internal sealed class EditingRoles
{
    private readonly PieceMap _kept = new();
    private char[] _stripped = new char[256];
    private int _length;
    private Rows<Role> _roles;
    private int _next;

    /// <summary>Reads one side of a prompt.</summary>
    public void Read(ReadOnlySpan<char> text, int start, int end, bool comments, bool isNegative)
    {
        _roles.Clear();
        _next = 0;
        if (text[start..end].IndexOfAny('[', '|') < 0) return;

        Strip(text, start, end, comments, isNegative);
        ReadOnlySpan<char> stripped = _stripped.AsSpan(0, _length);
        if (isNegative)
        {
            AddPart(stripped, 0);
        }
        else
        {
            for (var from = 0; from >= 0;)
            {
                from = Composition.Next(stripped, from, out var part);
                AddPart(stripped.Slice(part.Span.Start, part.Span.Length), part.Span.Start);
            }
        }

        if (_roles.Count > 1) _roles.Span.Sort(static (a, b) => a.Position.CompareTo(b.Position));
    }

    /// <summary>Whether the character at a position has a role; positions are asked for in rising order.</summary>
    /// <param name="position">Where.</param>
    /// <param name="role">The role.</param>
    /// <param name="when">The number behind a <see cref="EditingRole.LastColon"/>.</param>
    public bool TryTake(int position, out EditingRole role, out double when)
    {
        while (_next < _roles.Count && _roles[_next].Position < position) _next++;
        var found = _next < _roles.Count && _roles[_next].Position == position;
        (role, when) = found ? (_roles[_next].Kind, _roles[_next].When) : default;
        return found;
    }

    /// <summary>What makes a stretch of text literal, or −1.</summary>
    public int ErrorIn(int start, int end)
    {
        var roles = _roles.Span;
        var (low, high) = (0, roles.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (roles[middle].Position < start) low = middle + 1;
            else high = middle;
        }

        for (; low < roles.Length && roles[low].Position < end; low++)
            if (roles[low].Kind == EditingRole.Error) return roles[low].Position;
        return -1;
    }

    private void AddPart(ReadOnlySpan<char> part, int offset)
    {
        var structure = ScheduleStructure.Parse(part);
        if (structure.IsLiteral) Add(offset + structure.ErrorOffset, EditingRole.Error);
        foreach (ref readonly var bracket in structure.Brackets)
        {
            var options = structure.OptionsOf(bracket);
            if (bracket.Kind == ScheduleKind.Alternation)
            {
                Add(offset + bracket.Span.Start, EditingRole.Alternation);
                for (var i = 0; i < options.Length - 1; i++) Add(offset + options[i].End, EditingRole.Pipe);
                continue;
            }

            // A comment or network before the number would have to be a token of its own there.
            var colon = offset + options[1].End;
            var close = offset + bracket.Span.End - 1;
            if (ToSource(close) - ToSource(colon) != close - colon) continue;
            Add(offset + bracket.Span.Start, EditingRole.Editing);
            if (bracket.HasFrom) Add(offset + options[0].End, EditingRole.Colon);
            Add(colon, EditingRole.LastColon, bracket.When);
        }
    }

    private void Add(int position, EditingRole kind, double when = 0) => _roles.Add(new Role(ToSource(position), kind, when));

    private int ToSource(int position)
    {
        var start = position;
        return _kept.TryTake(ref start, position + 1, out var source) ? source.Start : position;
    }

    private void Strip(ReadOnlySpan<char> text, int start, int end, bool comments, bool isNegative)
    {
        _kept.Clear();
        _length = 0;
        if (_stripped.Length < end - start) _stripped = new char[int.Max(end - start, _stripped.Length * 2)];
        var networks = default(NetworkScan);
        var from = start;
        for (var i = start; i < end; i++)
        {
            var skip = text[i..end].IndexOfAny('<', '#');
            if (skip < 0) break;
            i += skip;
            var length = text[i] == '#' ? comments ? Characters.LineLength(text[i..end]) : 0 : isNegative ? 0 : networks.LengthAt(text, i, end, comments);
            if (length == 0) continue;
            Keep(text, from, i);
            from = i + length;
            i = from - 1;
        }

        Keep(text, from, end);
    }

    private void Keep(ReadOnlySpan<char> text, int start, int end)
    {
        text[start..end].CopyTo(_stripped.AsSpan(_length));
        _kept.Add(_length, start, end - start);
        _length += end - start;
    }

    private readonly record struct Role(int Position, EditingRole Kind, double When);
}
