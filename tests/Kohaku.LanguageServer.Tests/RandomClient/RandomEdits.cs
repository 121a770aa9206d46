namespace Kohaku.LanguageServer.Tests.RandomClient;

/// <summary>Edits as people, editors and cats make them.</summary>
internal sealed class RandomEdits(Random random)
{
    private static readonly string[] s_pieces =
    [
        ", long_hair", "smile, ", "(blue eyes:1.2)", "(", ")", "[", "]", "((", ":1.3)", "{red|blue} ", "\\(", "\\", " BREAK ", " AND ", "\n", "\r", "\r\n", "\n---\n", "---", "\n\n",
        "Negative prompt: ", "\nNegative prompt: lowres, bad_hands", "\nSteps: 20, Sampler: Euler a, CFG scale: 7, Size: 512x512", "<lora:style:0.8>", "<lora:", "__color__",
        "# kohaku: disable-line KHK001\n", "# kohaku: disable-file\n", "// a comment\n", "a", "b", ",", " ", "_", "1girl", "hatsune_miku", "solo, solo", ":)", "\t", "長い髪", "\U0001F600", "\uD83D", "\uDE00",
        "\uFEFF", "\u0000", "masterpiece, best quality, ", "very long text without a comma and with many words so that it becomes more than seventy-five tokens of the encoder, ",
    ];

    /// <summary>A text to begin with.</summary>
    public string Text()
    {
        var text = new System.Text.StringBuilder();
        for (var i = random.Next(30); i > 0; i--) text.Append(Piece());
        return text.ToString();
    }

    /// <summary>Something to insert.</summary>
    public string Piece() => s_pieces[random.Next(s_pieces.Length)];

    /// <summary>Applies some changes to a model.</summary>
    /// <returns>The changes as <c>contentChanges</c>.</returns>
    public string Apply(ModelText model)
    {
        var changes = new List<string>();
        for (var i = random.Next(8) == 0 ? 1 + random.Next(4) : 1; i > 0; i--) changes.Add(Change(model));
        return $"[{string.Join(',', changes)}]";
    }

    private string Change(ModelText model)
    {
        if (random.Next(40) == 0 || model.Text.Length > 6000)
        {
            model.Set(Text());
            return $$"""{"text":{{ModelText.Json(model.Text)}}}""";
        }

        var (start, end) = Stretch(model);
        var text = random.Next(4) == 0 ? "" : Piece();
        model.Replace(start, end, text);
        return $$"""{"range":{{Range(start, end)}},"text":{{ModelText.Json(text)}}}""";
    }

    /// <summary>Two places, now and then past the end of a line or the text, seldom in the wrong order.</summary>
    public ((int Line, int Character) Start, (int Line, int Character) End) Stretch(ModelText model)
    {
        var from = random.Next(model.Text.Length + 1);
        var to = random.Next(3) == 0 ? Math.Min(model.Text.Length, from + random.Next(30)) : from;
        var (start, end) = (model.Place(from), model.Place(to));
        return random.Next(20) switch
        {
            0 => (start, (end.Line, end.Character + random.Next(500))),
            1 => (start, (end.Line + 1000, 3)),
            2 => (end, start),
            _ => (start, end),
        };
    }

    /// <summary>A range as JSON.</summary>
    public static string Range((int Line, int Character) start, (int Line, int Character) end) =>
        $$"""{"start":{"line":{{start.Line}},"character":{{start.Character}} },"end":{"line":{{end.Line}},"character":{{end.Character}} } }""";
}
