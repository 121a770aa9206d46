namespace Kohaku.Syntax.Parsing;

/// <summary>Dynamic prompts: <c>{2$$ and $$0.5::a|b}</c>.</summary>
internal sealed partial class SideParser
{
    /// <summary><c>n$$</c> and <c>$$ and $$</c>: the count and the joiner are no tags.</summary>
    private int Dollar(ReadOnlySpan<char> text, int at)
    {
        if (at + 1 >= _end || text[at + 1] != '$' || _curlies.Count == 0) return at + 1;
        var group = tree.GroupRows[_curlies[_curlies.Count - 1]];
        if (_run < group.Open + 1) return at + 1;

        // Count and joiner become one token from the brace to the last `$$` before a divider.
        var end = at + 2;
        var stop = text[end.._end].IndexOfAny('|', '{', '}');
        var joiner = text.Slice(end, stop < 0 ? 0 : stop).IndexOf("$$");
        if (joiner >= 0) end += joiner + 2;
        return TakeVariant(text, end);
    }

    /// <summary><c>0.5::</c> before an alternative.</summary>
    private int VariantWeight(ReadOnlySpan<char> text, int at)
    {
        var number = text[_run..at].Trim();
        return _curlies.Count > 0 && Characters.IsNumber(number) ? TakeVariant(text, at + 2) : at + 2;
    }

    private int TakeVariant(ReadOnlySpan<char> text, int end)
    {
        var start = SkipBlanks(text, _run);
        if (start > _run) tree.TokenRows.Add(new Token(TokenKind.Whitespace, _run, start - _run));
        tree.TokenRows.Add(new Token(TokenKind.Variant, start, end - start));
        Touch(TextSpan.FromBounds(start, end));
        BeginAlternative();
        return _run = end;
    }
}
