namespace Kohaku.Syntax.Parsing;

/// <summary>Finds <c>&lt;kind:arguments&gt;</c> in one text, from left to right.</summary>
/// <remarks>Remembers where the next <c>&gt;</c> is, so that a text of nothing but <c>&lt;a:</c> takes linear time.</remarks>
internal struct NetworkScan
{
    private int _nextEnd;

    /// <summary>The length of the network that begins at a position, or 0. A <c>#</c> inside begins a comment first, so it makes no network.</summary>
    public int LengthAt(ReadOnlySpan<char> text, int at, int end, bool comments)
    {
        var i = at + 1;
        while (i < end && Characters.IsWord(text[i])) i++;
        if (i == at + 1 || i >= end || text[i] != ':') return 0;
        var arguments = i + 1;
        if (_nextEnd < arguments)
        {
            var rest = text[arguments..end];
            var next = comments ? rest.IndexOfAny('>', '#') : rest.IndexOf('>');
            _nextEnd = next < 0 ? end : arguments + next;
        }

        return _nextEnd > arguments && _nextEnd < end && text[_nextEnd] == '>' ? _nextEnd + 1 - at : 0;
    }
}
