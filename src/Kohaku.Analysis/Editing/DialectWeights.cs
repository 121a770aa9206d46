using System.Globalization;
using System.Text;
using Kohaku.Syntax;

namespace Kohaku.Analysis.Editing;

/// <summary>Writes one side of a prompt with the weights of the other dialect: every text keeps the weight it had.</summary>
/// <remarks>
/// A1111 multiplies the brackets round a text, ComfyUI takes the nearest number; so each bracket gets the number that says the same there.
/// What ComfyUI does not have (networks, BREAK, AND, prompt editing) stays as it is written. The result is compared with what was
/// there (<see cref="WeightProof"/>); where brackets do not pair, each stretch of one weight gets brackets of its own.
/// </remarks>
internal sealed class DialectWeights
{
    private const int MostDigits = 9;

    private readonly SyntaxTree _tree;
    private readonly Dialect _to;
    private readonly StringBuilder _text = new();
    private readonly Dictionary<int, int> _opens = [];
    private readonly Dictionary<int, int> _closes = [];
    private readonly double[] _meant;
    private readonly double[] _written;
    private readonly string?[] _numbers;
    private readonly bool[] _isDropped;

    private DialectWeights(SyntaxTree tree, Dialect to)
    {
        (_tree, _to) = (tree, to);
        var count = tree.Groups.Length;
        (_meant, _written, _numbers, _isDropped) = (new double[count], new double[count], new string?[count], new bool[count]);
    }

    /// <summary>The text in the other dialect; null where it cannot be said there. The same text where nothing has to change.</summary>
    /// <param name="text">One side of a prompt.</param>
    /// <param name="options">How it is read: its form is that of one side.</param>
    /// <param name="to">The other dialect.</param>
    public static string? Convert(string text, ParseOptions options, Dialect to)
    {
        var tree = SyntaxTree.Parse(text, options);
        var proof = new WeightProof(tree, to);
        if (new DialectWeights(tree, to).Write() is { } nested && proof.Holds(nested)) return nested;
        return FlatWeights.Write(tree, to) is { } flat && proof.Holds(flat) ? flat : null;
    }

    /// <summary>The shortest number that times another is a third, in single precision as the text encoders take weights; null where there is none.</summary>
    public static string? Factor(double outer, double product)
    {
        if (outer == 0 || !double.IsFinite(product / outer)) return product == 0 && outer == 0 ? "1" : null;
        for (var digits = 0; digits <= MostDigits; digits++)
        {
            var rounded = Math.Round(product / outer, digits);
            if ((float)(outer * rounded) == (float)product) return rounded.ToString("0.#########", CultureInfo.InvariantCulture);
        }

        return null;
    }

    /// <summary>A text as the other dialect must write it, escapes and all.</summary>
    public static void Recode(ReadOnlySpan<char> text, Dialect to, StringBuilder result)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var next = i + 1 < text.Length ? text[i + 1] : '\0';
            if (text[i] == '\\')
            {
                if (next is '(' or ')') result.Append('\\').Append(text[++i]);
                else if (to == Dialect.A1111) result.Append("\\\\");
                else if (next is '[' or ']' or '\\') result.Append(text[++i]);
            }
            else if (text[i] is '(' or ')' || (to == Dialect.A1111 && text[i] is '[' or ']'))
            {
                result.Append('\\').Append(text[i]);
            }
            else
            {
                result.Append(text[i]);
            }
        }
    }

    private string? Write()
    {
        var groups = _tree.Groups;
        for (var i = 0; i < groups.Length; i++)
        {
            _opens[groups[i].Open] = i;
            if (groups[i].IsClosed) _closes[groups[i].Close] = i;
            Weigh(i);
        }

        foreach (ref readonly var token in _tree.Tokens)
            if (!Write(token)) return null;
        return _text.ToString();
    }

    private void Weigh(int index)
    {
        ref readonly var group = ref _tree.Groups[index];
        var outerMeant = group.Parent < 0 ? 1 : _meant[group.Parent];
        var outerWritten = group.Parent < 0 ? 1 : _written[group.Parent];
        (_meant[index], _written[index]) = (outerMeant, outerWritten);
        if (!IsEmphasis(group)) return;

        _meant[index] = _to == Dialect.A1111 ? group.Multiplier : outerMeant * group.Multiplier;
        _isDropped[index] = HoldsOneBracket(index) || ((float)_meant[index] == (float)outerWritten && !EndsInNumber(group));
        if (_isDropped[index]) return;

        // What the inner brackets multiply is the number as it is written, rounded.
        _numbers[index] = NumberOf(group, outerWritten, _meant[index]);
        var factor = _numbers[index] is [':', .. var number] ? ReadNumber(group, number) : 1.1;
        _written[index] = _to == Dialect.A1111 || _numbers[index] is [] ? outerWritten * factor : factor;
    }

    /// <summary>What stands before a bracket's end: as it was where that says the same; null where no number does.</summary>
    private string? NumberOf(in GroupNode group, double outer, double meant)
    {
        var isProduct = _to == Dialect.A1111;
        if (group.HasWeight && (float)(isProduct ? outer * group.Number : group.Number) == (float)meant) return _tree.Slice(group.WeightSpan).ToString();
        if (group is { HasWeight: false, Kind: GroupKind.Round } && (float)(outer * 1.1) == (float)meant && !EndsInNumber(group)) return "";
        return Factor(isProduct ? outer : 1, meant) is { } number ? $":{number}" : null;
    }

    private bool Write(in Token token)
    {
        switch (token.Kind)
        {
            case TokenKind.Open when _opens.TryGetValue(token.Start, out var opened) && IsEmphasis(_tree.Groups[opened]):
                if (!_isDropped[opened]) _text.Append('(');
                return true;
            case TokenKind.Open when _to == Dialect.A1111:
                _text.Append('\\').Append(_tree.Text[token.Start]);
                return true;
            case TokenKind.Close when _closes.TryGetValue(token.Start, out var closed) && IsEmphasis(_tree.Groups[closed]):
                return WriteClose(closed);
            case TokenKind.Weight when IsOfBracket(token):
                return true;
            case TokenKind.Text:
                Recode(_tree.Slice(token.Span), _to, _text);
                return true;
            default:
                _text.Append(_tree.Slice(token.Span));
                return true;
        }
    }

    private bool WriteClose(int index)
    {
        if (_isDropped[index]) return true;

        _text.Append(_numbers[index]).Append(')');
        return _numbers[index] is not null;
    }

    // A number that stays as it was written may be in a form that only the dialect itself reads.
    private double ReadNumber(in GroupNode group, string number) =>
        group.HasWeight && _tree.Slice(group.WeightSpan)[1..].SequenceEqual(number) ? group.Number : double.Parse(number, CultureInfo.InvariantCulture);

    private bool IsOfBracket(in Token token)
    {
        var close = token.End;
        return close < _tree.Text.Length && _closes.TryGetValue(close, out var group) && _tree.Groups[group].WeightSpan == token.Span && _tree.Groups[group].HasWeight;
    }

    /// <summary>The inner one of <c>((a))</c> says all.</summary>
    private bool HoldsOneBracket(int index)
    {
        if (index + 1 >= _tree.Groups.Length) return false;
        ref readonly var outer = ref _tree.Groups[index];
        ref readonly var inner = ref _tree.Groups[index + 1];
        var end = outer.HasWeight ? outer.WeightSpan.Start : outer.Close;
        return IsEmphasis(inner) && inner.Open == outer.Open + 1 && inner.Close == end - 1;
    }

    /// <summary>Without its bracket, <c>:3</c> could become a weight.</summary>
    private bool EndsInNumber(in GroupNode group)
    {
        var content = _tree.Text[(group.Open + 1)..(group.HasWeight ? group.WeightSpan.Start : group.Close)];
        var rest = content.TrimEnd("0123456789.+- \t");
        return rest.Length < content.Length && rest.EndsWith(":");
    }

    private static bool IsEmphasis(in GroupNode group) => group.IsClosed && (group.Kind is GroupKind.Round or GroupKind.Square || group.Multiplier != 1);
}
