using System.Globalization;
using System.Text;
using Kohaku.Tags;

namespace Kohaku.Benchmarks;

/// <summary>Prompts as people write them, made from the shipped tags by a seed: no two alike, and with the usual slips.</summary>
internal sealed class PromptSource
{
    private static readonly string[] Phrases =
    [
        "highly detailed", "sharp focus", "a beautiful landscape in the background", "cinematic lighting", "8k", "standing in front of a castle",
        "extremely detailed eyes and face", "soft light", "by the sea at night", "volumetric fog", "intricate", "looking over her shoulder with a smile",
    ];

    private static readonly string[] Qualities = ["masterpiece", "best quality", "great quality", "high quality", "amazing quality", "good quality"];
    private readonly string[] _general;
    private readonly string[] _characters;
    private readonly string[] _series;
    private readonly string[] _artists;
    private ulong _state;

    public PromptSource(TagLookup lookup, ulong seed)
    {
        _state = seed;
        var byCategory = Enumerable.Range(0, lookup.Count).Select(i => lookup[new TagId(i)]).GroupBy(tag => tag.Category)
            .ToDictionary(group => group.Key, group => group.Select(tag => tag.Name).ToArray());
        (_general, _characters) = (byCategory[TagCategory.General], byCategory[TagCategory.Character]);
        (_series, _artists) = (byCategory[TagCategory.Series], byCategory[TagCategory.Artist]);
    }

    /// <summary>The next prompt.</summary>
    public string Next(int tags)
    {
        var prompt = new StringBuilder();
        prompt.Append(Draw(4) == 0 ? "1boy" : "1girl").Append(", ").Append(Written(Pick(_characters))).Append(", ").Append(Written(Pick(_series)));
        for (var i = Draw(3); i > 0; i--) prompt.Append(", ").Append(Written(Pick(_artists)));
        if (Draw(3) > 0) prompt.Append(", ").Append(Qualities[Draw(Qualities.Length)]).Append(", newest");
        for (var i = 0; i < tags; i++) prompt.Append(Draw(40) == 0 ? ",\n" : ", ").Append(General());
        if (Draw(3) == 0) prompt.Append(" <lora:style_").Append(Draw(10_000)).Append(":0.8>");
        if (Draw(6) == 0) prompt.Append(", ").Append(Written(Pick(_characters)));
        return prompt.ToString();
    }

    private string General() => Draw(24) switch
    {
        0 => Phrases[Draw(Phrases.Length)],
        1 => $"({Written(Pick(_general))}:1.{1 + Draw(8)})",
        2 => $"({Written(Pick(_general))}, {Written(Pick(_general))}:1.{1 + Draw(8)})",
        3 => Pick(_general),
        4 => $"(({Written(Pick(_general))}))",
        5 => Phrases[Draw(Phrases.Length)] + " " + Draw(100_000).ToString(CultureInfo.InvariantCulture),
        _ => Written(Pick(_general)),
    };

    /// <summary>Popular tags more often, as in real prompts.</summary>
    private string Pick(string[] names)
    {
        var share = Draw(1 << 20) / (double)(1 << 20);
        return names[(int)(share * share * share * names.Length)];
    }

    private static string Written(string name) =>
        name.Length <= 3 ? name : name.Replace('_', ' ').Replace("(", "\\(", StringComparison.Ordinal).Replace(")", "\\)", StringComparison.Ordinal);

    private int Draw(int below)
    {
        _state += 0x9E3779B97F4A7C15UL;
        var x = _state;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9UL;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EBUL;
        return (int)((x ^ (x >> 31)) % (ulong)below);
    }
}
