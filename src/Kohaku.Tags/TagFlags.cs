using System.Diagnostics.CodeAnalysis;

namespace Kohaku.Tags;

/// <summary>What is known of a tag beside its count.</summary>
[Flags]
[SuppressMessage("Naming", "CA1711", Justification = "They are called flags in the data too.")]
public enum TagFlags : byte
{
    /// <summary>Nothing special.</summary>
    None = 0,

    /// <summary>Renamed or deprecated upstream after the model was trained: the model still knows it.</summary>
    RemovedLater = 1,

    /// <summary>Dropped by the model's training code whatever its count.</summary>
    Untrained = 2,

    /// <summary>Deprecated upstream, by the list it was imported from.</summary>
    Deprecated = 4,

    /// <summary>From the user's own list.</summary>
    Extra = 8,

    /// <summary>On the user's list of allowed tags: no rule about unknown or little used tags speaks of it.</summary>
    Allowed = 16,
}

/// <summary>The flags' words, as the shipped facts write them.</summary>
public static class TagFlagWords
{
    /// <summary>Reads one word: <c>removed-later</c>, <c>untrained</c> or <c>deprecated</c>.</summary>
    public static bool TryRead(ReadOnlySpan<char> word, out TagFlags flag)
    {
        flag = word switch
        {
            "removed-later" => TagFlags.RemovedLater,
            "untrained" => TagFlags.Untrained,
            "deprecated" => TagFlags.Deprecated,
            _ => TagFlags.None,
        };
        return flag != TagFlags.None;
    }

    /// <summary>The words of all flags set, blank-separated; empty for none.</summary>
    public static string Words(this TagFlags flags)
    {
        if (flags == TagFlags.None)
        {
            return "";
        }

        List<string> words = [];
        if (flags.HasFlag(TagFlags.RemovedLater))
        {
            words.Add("removed-later");
        }

        if (flags.HasFlag(TagFlags.Untrained))
        {
            words.Add("untrained");
        }

        if (flags.HasFlag(TagFlags.Deprecated))
        {
            words.Add("deprecated");
        }

        return string.Join(' ', words);
    }
}
