using System.Text;
using Kohaku.Fuzzing.Engine;

namespace Kohaku.Fuzzing.Texts;

/// <summary>Prompts as people, programs and cats write them: of the language's own pieces, well nested or not.</summary>
internal static class PromptTexts
{
    private static readonly string[] s_tags =
    [
        "1girl", "2girls", "1boy", "solo", "hatsune miku", "hatsune_miku", "vocaloid", "long hair", "long_hair", "blue eyes", "smile", "masterpiece", "best quality", "worst quality", "safe",
        "nsfw", "newest", "old", "year 2019", "rating:general", "highres", "absurdres", "lowres", "miku (vocaloid)", "miku \\(vocaloid\\)", "artoria pendragon (fate)", "wlop", "re:zero", "reverse:1999",
        ":3", ":(", ">:(", ";)", "^_^", "|_|", "\\m/", "@_@", "<o>_<o>", "#unicus", "card in mouth", "1girl solo", "high quality", "amazing quality", "sfw", "child", "toddler", "explicit",
        "a girl standing in the rain with a red umbrella, looking at the viewer", "very long text without a comma and with many words so that it becomes more than seventy-five tokens", "embedding:bad", "smlie", "logn hair",
        "tall", "a", "b", "x", "unknownword", "长发", "長い髪", "\U0001F600", "é", "e\u0301", "ﬁ", "İ", "ß", "&amp;", "&#x110000;", "“x”",
    ];

    private static readonly string[] s_pieces =
    [
        "(", ")", "[", "]", "{", "}", "<", ">", ":", "|", ",", ", ", "\\", "\\(", "\\)", "\\\\", "#", "\n", "\r\n", "\r", " ", "  ", "\t", "_", "__", "$", "$$", "::", "%", "~", "!", "@", "\"", "=", "-", ".", "*", "/",
        " BREAK ", "BREAK", " AND ", "AND", "\n---\n", "---", "--", "\nNegative prompt: ", "Negative prompt:", "\nSteps: 20, Sampler: Euler a, CFG scale: 7, Seed: 1, Size: 512x512", "\nSteps: 20, Seed: 1", "Steps: ", "Foo: 1, Bar: 2",
        ", Version: v1.9.0", ", Emphasis: No norm", ", Lora hashes: \"a: 1, b: 2\"", ":1.2)", ":1.2", ":1.2.3)", ":1,2)", ":)", ":1e1)", ":inf)", ":nan)", ":-1)", ":.5)", ": 1.2 )", ":0.5]", ":3]", ":1e999]", ":-5]", ":99999999999999999999]", ":1999",
        "<lora:style:0.8>", "<lora:a:1:2:lbw=IN>", "<lora:", "<hypernet:x>", "<lora:a__b:1>", "embedding:", "，", "、", "（", "）", "［", "：", "\u3000", "\u00A0", "\u2028", "\u0085", "\uFEFF", "\0", "\u0001", "\uD83D", "\uDE00", "\uD800", "\uFFFF", "\u1801\u2026",
        "# kohaku: disable=weak-tag", "# kohaku: disable-file", "# kohaku: disable=KHK001, nothing\n", "# kohaku: enable=weak-tag\n", " # a note\n", "#\n", "// x\n",
        "{a|b}", "{2$$ and $$a|b|c}", "{1-2$$x|y}", "{0.5::a|b}", "__colour__", "__w(x=y)__", "${x=v}", "${x}", "${x:default}", "${x=!{a|b}}", "%{wrap$$inner}", "{~a|b}", "{@a|b}", "[a|b]", "[a:b:0.25]", "[a::3]", "[:b:3]", "[b:3]",
        "0", "1", "2", "0.5", "1.2", "1e999", "inf", "99999999999999999999", "-", "+",
    ];

    /// <summary>The pieces, as words for damage.</summary>
    public static IReadOnlyList<byte[]> Words { get; } = [.. s_pieces.Concat(s_tags).Select(piece => WildText.Bytes(piece))];

    /// <summary>A text.</summary>
    /// <param name="dice">Decides.</param>
    /// <param name="most">About how many pieces at most.</param>
    public static string Of(Dice dice, int most = 40)
    {
        var text = new StringBuilder();
        switch (dice.Below(12))
        {
            case 0:
                Repeat(text, dice, most);
                break;
            case <= 4:
                for (var i = dice.Length(most); i > 0; i--) text.Append(Piece(dice));
                break;
            default:
                Library(text, dice, most);
                break;
        }

        return text.ToString();
    }

    /// <summary>A tag, seldom anything else.</summary>
    public static string Tag(Dice dice) => dice.OneIn(16) ? Piece(dice) : s_tags[dice.Below(s_tags.Length)];

    /// <summary>A piece of the language.</summary>
    public static string Piece(Dice dice) => dice.Below(12) switch
    {
        0 => ((char)dice.Below(0x10000)).ToString(),
        1 => ((char)(' ' + dice.Below(95))).ToString(),
        <= 4 => s_tags[dice.Below(s_tags.Length)],
        _ => s_pieces[dice.Below(s_pieces.Length)],
    };

    private static void Repeat(StringBuilder text, Dice dice, int most)
    {
        var unit = Piece(dice) + (dice.OneIn(2) ? Piece(dice) : "");
        for (var i = dice.Length(most * 4); i > 0; i--) text.Append(unit);
        if (dice.OneIn(2)) text.Append(Piece(dice));
        if (dice.OneIn(3)) text.Append(string.Concat(Enumerable.Repeat(dice.Pick(")", "]", "}", ">", ":1.2)", ":3]"), dice.Length(most))));
    }

    private static void Library(StringBuilder text, Dice dice, int most)
    {
        var left = 1 + dice.Length(most);
        do
        {
            Side(text, dice, ref left);
            if (dice.OneIn(3))
            {
                text.Append("\nNegative prompt: ");
                Side(text, dice, ref left);
            }

            if (dice.OneIn(4)) text.Append(dice.Pick("\nSteps: 28, Sampler: Euler a, CFG scale: 7, Size: 1024x1024", "\nSteps: 20, Seed: 1, Size: 7x7, Version: v1.9.0", "\nSampler: nothing, Steps: -1, Key: \"a, b\""));
            if (left > 0) text.Append(dice.Pick("\n---\n", "\r\n---\r\n", "\n", "\n---", "\n --- \n"));
        }
        while (left > 0);
    }

    private static void Side(StringBuilder text, Dice dice, ref int left)
    {
        for (var fields = 1 + dice.Length(12); fields > 0 && left > 0; fields--)
        {
            Item(text, dice, ref left, depth: 0);
            if (fields > 1) text.Append(dice.OneIn(8) ? dice.Pick(",", " ,", ",,", ",\n", " ", "\n", " BREAK ", " AND ", "，", ";") : ", ");
        }
    }

    private static void Item(StringBuilder text, Dice dice, ref int left, int depth)
    {
        left--;
        var form = depth > 6 ? 0 : dice.Below(24);
        if (form > 10)
        {
            text.Append(Tag(dice));
            return;
        }

        var (open, close) = form switch
        {
            0 or 1 => ("(", ")"),
            2 or 3 => ("(", dice.Pick(":1.2)", ":0.5)", ":1.5)", ":3)", ":1)", ":1.10)")),
            4 => ("[", "]"),
            5 => ("[", dice.Pick(":0.5]", ":3]", ":b:0.5]", "::3]", "|x]")),
            6 => ("((", "))"),
            7 => ("{", dice.Pick("|b}", "}", "|}")),
            8 => ("", " <lora:style:0.8>"),
            9 => ("\\(", "\\)"),
            _ => (Piece(dice), Piece(dice)),
        };
        text.Append(open);
        for (var items = 1 + dice.Length(3); items > 0 && left > 0; items--)
        {
            Item(text, dice, ref left, depth + 1);
            if (items > 1) text.Append(dice.Pick(", ", ",", " ", "|", ":"));
        }

        text.Append(close);
    }
}
