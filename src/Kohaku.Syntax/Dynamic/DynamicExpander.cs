using System.Globalization;
using System.Text;

namespace Kohaku.Syntax.Dynamic;

/// <summary>Makes one text of a dynamic prompt. What is still to do stands on a stack, so that no nesting is too deep.</summary>
internal sealed class DynamicExpander(ulong seed, WildcardLines wildcards, int index)
{
    private const int MostSteps = 1_000_000;
    private const int MostText = 1 << 22;
    private const int MostDepth = 64;
    private const string Ellipses = "\u1801\u2026\u22EE\u22EF\u22F0\u22F1\uFE19";

    private readonly DynamicRandom _random = new(seed);
    private readonly StringBuilder _text = new();
    private readonly List<DynamicError> _errors = [];
    private readonly Stack<Step> _steps = new();
    private readonly Dictionary<string, DynamicPrompt> _read = new(StringComparer.Ordinal);

    private enum Do
    {
        Piece,
        Text,
        EndJoin,
        EndWrapper,
        EndAssignment,
        EndName,
    }

    /// <summary>Something to do: expand a piece, add a text, or finish what was added since a mark.</summary>
    private readonly record struct Step(Do What, DynamicPrompt Prompt, int Node, DynamicScope Scope)
    {
        public int Mark { get; init; }

        public string Text { get; init; } = "";

        public (int Minimum, int Maximum) Bounds { get; init; }
    }

    public DynamicExpansion Expand(string text)
    {
        var prompt = Read(text);
        if (prompt.Errors.Count > 0)
            return new DynamicExpansion(text, prompt.Errors);
        Push(prompt, 0, new DynamicScope(null, DynamicSampler.Random));
        for (var done = 0; _steps.TryPop(out var step); done++)
        {
            if (done == MostSteps || _text.Length > MostText)
            {
                Fail(prompt, 0, "the prompt grows without end");
                break;
            }

            Run(step);
        }

        return new DynamicExpansion(_text.ToString(), _errors);
    }

    private void Run(in Step step)
    {
        switch (step.What)
        {
            case Do.Text:
                _text.Append(step.Text);
                break;
            case Do.EndJoin:
                EndJoin(step.Mark, step.Text);
                break;
            case Do.EndWrapper:
                EndWrapper(step);
                break;
            case Do.EndAssignment:
                step.Scope.Set(step.Text, new DynamicValue(step.Prompt, 0, Take(step.Mark)));
                break;
            case Do.EndName:
                ExpandWildcard(step, Take(step.Mark).Trim());
                break;
            default:
                ExpandPiece(step);
                break;
        }
    }

    private void ExpandPiece(in Step step)
    {
        ref readonly var node = ref step.Prompt.Pieces[step.Node];
        switch (node.Kind)
        {
            case DynamicKind.Part:
                ExpandPart(step);
                break;
            case DynamicKind.Literal:
                _text.Append(step.Prompt.Text, node.Span.Start, node.Span.Length);
                break;
            case DynamicKind.Variants:
                ExpandVariants(step);
                break;
            case DynamicKind.Wildcard:
                ReadName(step, (1, 1), "");
                break;
            case DynamicKind.Variable:
                ExpandVariable(step);
                break;
            case DynamicKind.Wrap:
                _steps.Push(step with { What = Do.EndWrapper, Mark = _text.Length });
                Push(step.Prompt, step.Node + 1, step.Scope);
                break;
            case DynamicKind.Assignment:
                break;
        }
    }

    /// <summary>Assignments are made first wherever they stand, then all else follows in its order.</summary>
    private void ExpandPart(in Step step)
    {
        var nodes = step.Prompt.Pieces;
        var scope = step.Scope;
        var pending = new List<Step>();
        var immediate = new List<int>();
        var literalEnd = int.MaxValue;
        for (var child = step.Node + 1; child < nodes[step.Node].End; child = nodes[child].End)
        {
            if (nodes[child].Kind == DynamicKind.Assignment)
            {
                if (ReferenceEquals(scope, step.Scope))
                    scope = new DynamicScope(step.Scope, step.Scope.Sampler);
                Assign(step.Prompt, child, scope, immediate);
                continue;
            }

            // A comment between two texts leaves a blank.
            var isLiteral = nodes[child].Kind == DynamicKind.Literal;
            if (isLiteral && literalEnd < nodes[child].Span.Start)
                pending.Add(new Step(Do.Text, step.Prompt, child, scope) { Text = " " });
            literalEnd = isLiteral ? nodes[child].Span.End : int.MaxValue;
            pending.Add(new Step(Do.Piece, step.Prompt, child, scope));
        }

        for (var i = pending.Count - 1; i >= 0; i--)
            _steps.Push(pending[i] with { Scope = scope });
        for (var i = immediate.Count - 1; i >= 0; i--)
        {
            var name = Cut(step.Prompt, nodes[immediate[i]].Name);
            _steps.Push(new Step(Do.EndAssignment, step.Prompt, immediate[i], scope) { Mark = _text.Length, Text = name });
            Push(step.Prompt, immediate[i] + 1, scope);
        }
    }

    private static void Assign(DynamicPrompt prompt, int node, DynamicScope scope, List<int> immediate)
    {
        ref readonly var assignment = ref prompt.Pieces[node];
        var name = Cut(prompt, assignment.Name);
        if (assignment.KeepsValue && scope.Find(name) is not null)
            return;
        if (assignment.IsImmediate)
            immediate.Add(node);
        else
            scope.Set(name, new DynamicValue(prompt, node + 1, null));
    }

    private void ExpandVariants(in Step step)
    {
        var nodes = step.Prompt.Pieces;
        ref readonly var node = ref nodes[step.Node];
        var separator = node.Separator.Length > 0 ? Cut(step.Prompt, node.Separator) : ",";
        var scope = With(step.Scope, node.Sampler);
        var first = step.Node + 1;
        if (nodes[first].End == node.End)
        {
            // A wildcard alone gives its lines as the options; any other single option is always taken.
            if (nodes[first].End > first + 1 && nodes[first + 1].Kind == DynamicKind.Wildcard && nodes[first + 1].End == nodes[first].End)
                ReadName(new Step(Do.Piece, step.Prompt, first + 1, scope), (node.Minimum, node.Maximum), separator);
            else
                Push(step.Prompt, first, scope);
            return;
        }

        var options = new List<int>();
        var weights = new List<double>();
        for (var option = first; option < node.End; option = nodes[option].End)
        {
            options.Add(option);
            weights.Add(nodes[option].Weight);
        }

        var chosen = DynamicChoice.Of(scope.Sampler, [.. weights], node.Minimum, node.Maximum, _random, index);
        var prompt = step.Prompt;
        PushJoined([.. chosen.Select(place => new Step(Do.Piece, prompt, options[place], scope))], separator);
    }

    private void ReadName(in Step step, (int, int) bounds, string separator)
    {
        _steps.Push(step with { What = Do.EndName, Mark = _text.Length, Bounds = bounds, Text = separator });
        Push(step.Prompt, step.Node + 1, step.Scope);
    }

    private void ExpandWildcard(in Step step, string name)
    {
        var nodes = step.Prompt.Pieces;
        ref readonly var node = ref nodes[step.Node];
        var lines = wildcards(name);
        if (lines is not { Count: > 0 } || step.Scope.Depth >= MostDepth)
        {
            Fail(step.Prompt, step.Node, lines is { Count: > 0 } ? $"the wildcard {name} holds itself" : $"no wildcard is named {name}");
            _text.Append("__").Append(name).Append("__");
            return;
        }

        var scope = new DynamicScope(step.Scope, node.Sampler == DynamicSampler.Default ? step.Scope.Sampler : node.Sampler) { Depth = step.Scope.Depth + 1 };
        for (var argument = nodes[step.Node + 1].End; argument < node.End; argument = nodes[argument].End)
            scope.Set(Cut(step.Prompt, nodes[argument].Name), new DynamicValue(step.Prompt, argument + 1, null));

        var weights = new double[lines.Count];
        var texts = new string[lines.Count];
        for (var i = 0; i < texts.Length; i++)
            (weights[i], texts[i]) = Weigh(lines[i]);
        var chosen = DynamicChoice.Of(scope.Sampler, weights, step.Bounds.Minimum, step.Bounds.Maximum, _random, index);
        PushJoined([.. chosen.Select(place => Line(texts[place], scope))], step.Text);
    }

    /// <summary>A line is a prompt of its own; one that cannot be read is text.</summary>
    private Step Line(string line, DynamicScope scope)
    {
        var prompt = Read(line);
        return prompt.Errors.Count == 0
            ? new Step(Do.Piece, prompt, 0, scope)
            : new Step(Do.Text, prompt, 0, scope) { Text = line };
    }

    private void ExpandVariable(in Step step)
    {
        ref readonly var node = ref step.Prompt.Pieces[step.Node];
        var name = Cut(step.Prompt, node.Name);
        if (step.Scope.IsExpanding(name) || step.Scope.Depth >= MostDepth)
        {
            Fail(step.Prompt, step.Node, $"the variable {name} holds itself");
            return;
        }

        var scope = new DynamicScope(step.Scope, step.Scope.Sampler) { Expanding = name, Depth = step.Scope.Depth + 1 };
        if (step.Scope.Find(name) is { } value)
        {
            if (value.Text is null)
                Push(value.Prompt, value.Part, scope);
            else
                _text.Append(value.Text);
        }
        else if (node.End > step.Node + 1)
        {
            Push(step.Prompt, step.Node + 1, scope);
        }
        else
        {
            Fail(step.Prompt, step.Node, $"no variable is named {name}");
        }
    }

    private void EndJoin(int mark, string separator)
    {
        var joined = Take(mark).AsSpan();
        if (joined.StartsWith(separator, StringComparison.Ordinal))
            joined = joined[separator.Length..];
        if (joined.EndsWith(separator, StringComparison.Ordinal))
            joined = joined[..^separator.Length];
        _text.Append(joined);
    }

    /// <summary>The wrapper stands before and behind what it wraps, divided at its first ellipsis.</summary>
    private void EndWrapper(in Step step)
    {
        var wrapper = Take(step.Mark);
        var (start, end) = FindEllipsis(wrapper);
        _text.Append(wrapper, 0, start);
        _steps.Push(step with { What = Do.Text, Text = wrapper[end..] });
        Push(step.Prompt, step.Prompt.Pieces[step.Node + 1].End, step.Scope);
    }

    /// <summary>The first row of ellipses, or of three or more full stops; the end where there is none.</summary>
    private static (int Start, int End) FindEllipsis(string text)
    {
        for (var start = 0; start < text.Length; start++)
        {
            var end = start;
            while (end < text.Length && Ellipses.Contains(text[end], StringComparison.Ordinal))
                end++;
            if (end > start)
                return (start, end);
            while (end < text.Length && text[end] == '.')
                end++;
            if (end - start >= 3)
                return (start, end);
            start = int.Max(start, end - 1);
        }

        return (text.Length, text.Length);
    }

    private void PushJoined(Step[] parts, string separator)
    {
        if (parts.Length > 1)
            _steps.Push(parts[0] with { What = Do.EndJoin, Mark = _text.Length, Text = separator });
        for (var i = parts.Length - 1; i >= 0; i--)
        {
            _steps.Push(parts[i]);
            if (i > 0)
                _steps.Push(parts[i] with { What = Do.Text, Text = separator });
        }
    }

    private void Push(DynamicPrompt prompt, int node, DynamicScope scope) => _steps.Push(new Step(Do.Piece, prompt, node, scope));

    private DynamicPrompt Read(string text)
    {
        if (!_read.TryGetValue(text, out var prompt))
            _read[text] = prompt = DynamicPrompt.Parse(text);
        return prompt;
    }

    private string Take(int mark)
    {
        var taken = _text.ToString(mark, _text.Length - mark);
        _text.Length = mark;
        return taken;
    }

    private void Fail(DynamicPrompt prompt, int node, string message)
    {
        if (_errors.Count < 32)
            _errors.Add(new DynamicError(prompt.Pieces[node].Span, message));
    }

    private static DynamicScope With(DynamicScope scope, DynamicSampler sampler) =>
        sampler == DynamicSampler.Default || sampler == scope.Sampler ? scope : new DynamicScope(scope, sampler);

    private static string Cut(DynamicPrompt prompt, TextSpan span) => prompt.Text.Substring(span.Start, span.Length);

    /// <summary>A wildcard's line may begin with a weight: <c>0.5::red</c>.</summary>
    private static (double Weight, string Text) Weigh(string line)
    {
        var colons = line.IndexOf("::", StringComparison.Ordinal);
        return colons > 0 && double.TryParse(line.AsSpan(0, colons), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var weight)
            ? (weight, line[(colons + 2)..])
            : (1, line);
    }
}
