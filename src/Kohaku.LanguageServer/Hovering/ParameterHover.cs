using Kohaku.Analysis.Parameters;
using Kohaku.Syntax;

namespace Kohaku.LanguageServer.Hovering;

/// <summary>What a key or value of the parameter line means.</summary>
internal static class ParameterHover
{
    /// <summary>Writes what stands at an offset of a parameter line.</summary>
    /// <returns>Where it stands; null where there is nothing to tell.</returns>
    public static TextSpan? Write(SyntaxTree tree, in PromptNode prompt, int offset, HoverText text)
    {
        for (var i = prompt.Parameters.First; i < prompt.Parameters.End; i++)
        {
            var parameter = tree.Parameters[i];
            if (offset < parameter.Key.Start || offset > parameter.Value.End) continue;

            var key = tree.Slice(parameter.Key).ToString();
            var isKey = offset <= parameter.Key.End;
            return (isKey ? WriteKey(key, text) : WriteValue(key, tree.Slice(parameter.Value).Trim().ToString(), text)) ? isKey ? parameter.Key : parameter.Value : null;
        }

        return null;
    }

    private static bool WriteKey(string key, HoverText text)
    {
        if (ParameterFacts.OfKey(key) is not { } meaning) return false;

        text.Strong(key).Own(" · ").Own(meaning);
        return true;
    }

    private static bool WriteValue(string key, string value, HoverText text)
    {
        if (ParameterCheck.Of(key, value) is { } fault)
        {
            text.Foreign(fault.Message.Replace("`", "", StringComparison.Ordinal));
            if (fault.Nearest is { } nearest) text.Own("; the nearest is ").Foreign(nearest);
            return true;
        }

        var isSampler = key.EndsWith("sampler", StringComparison.OrdinalIgnoreCase);
        var isSchedule = key.EndsWith("schedule type", StringComparison.OrdinalIgnoreCase);
        var meaning = isSampler ? ParameterFacts.OfSampler(value) : isSchedule ? ParameterFacts.OfSchedule(value) : null;
        if (meaning is null) return WriteKey(key, text);

        text.Strong(value).Own(isSampler ? " · sampler · " : " · schedule type · ").Own(meaning);
        return true;
    }
}
