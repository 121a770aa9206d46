using Kohaku.Analysis.Linting;
using Kohaku.Syntax;

namespace Kohaku.LanguageServer.Completing;

/// <summary>The tags that the networks of a prompt were trained on.</summary>
/// <param name="Words">The most frequent first, as the trainers wrote them.</param>
/// <param name="IsPresent">Whether a tag, as the model reads it, stands in the prompt already.</param>
internal sealed record TrainedWords(IReadOnlyList<string> Words, Func<string, bool> IsPresent)
{
    /// <summary>The tags of all networks that a side names.</summary>
    public static TrainedWords Of(PromptView side, SearchPool pool)
    {
        var words = new List<string>();
        foreach (ref readonly var mark in side.Marks)
        {
            if (mark.Kind != MarkKind.Network || NameIn(side.Slice(mark.Span)) is not { } name || !pool.Networks.TryGetValue(name, out var path)) continue;
            foreach (var (tag, _) in pool.Trained.Of(path)) words.Add(tag);
        }

        return new TrainedWords(words, text => Holds(side, text));
    }

    private static bool Holds(PromptView side, string text)
    {
        foreach (ref readonly var tag in side.Tags)
            if (tag.Text.Canonical.Equals(text, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }

    /// <summary>The name in <c>&lt;lora:name:1&gt;</c>.</summary>
    private static string? NameIn(ReadOnlySpan<char> network)
    {
        var rest = network[(network.IndexOf(':') + 1)..^1];
        var end = rest.IndexOf(':');
        return (end < 0 ? rest : rest[..end]).Trim() is { IsEmpty: false } name ? name.ToString() : null;
    }
}
