using CsCheck;
using Kohaku.Syntax;

namespace Kohaku.Analysis.Tests.Editing;

/// <summary>Random texts for edits.</summary>
internal static class EditTexts
{
    /// <summary>Anything: pieces of prompts in any order, and single characters.</summary>
    public static readonly Gen<string> Any = Gen.OneOf(
        Gen.OneOf<string>(
            "(", ")", "[", "]", ":", "|", ",", ", ", ", ", "\\", "\\(", "<lora:a:1>", "#c", "\n", "\r\n", " BREAK ", " AND ", "\n---\n", "\nNegative prompt:", "\nSteps: 20, Seed:1",
            ":1.2)", ":1.25)", "[a:b:0.5]", "long hair", "smile", "1girl", ":3", "((", "))", "miku (vocaloid)", "1999", ">:(", "{a|b}", "pizza box"),
        Gen.Char.Select(c => c.ToString())).Array[0, 24].Select(string.Concat);

    /// <summary>Prompts as people write them: tags, brackets that pair, weights, escapes, also without a comma between.</summary>
    public static readonly Gen<string> Nested = Brackets(" ", Words);

    /// <summary>The same with commas everywhere, and without what turns square brackets into prompt editing.</summary>
    public static readonly Gen<string> Separated = Brackets(", ", Words.Where(word => word != ":3"));

    private static Gen<string> Brackets(string between, Gen<string> words) => Gen.Recursive<string>((depth, rest) => depth > 3 ? words : Gen.OneOf(
        words,
        Gen.Select(rest, Numbers).Select((text, number) => $"({text}:{number})"),
        rest.Select(text => $"({text})"),
        rest.Select(text => $"[{text}]"),
        Gen.Select(rest, rest).Select((a, b) => $"{a}, {b}"),
        Gen.Select(rest, rest).Select((a, b) => a + between + b)));

    /// <summary>Tags in no or one bracket, each with a weight in its shortest form: no key is needed to bring them into form.</summary>
    public static readonly Gen<string> Weighted = Gen.OneOf(
        Gen.OneOf<string>("long hair", "smile", "1girl", "miku \\(vocaloid\\)", "re:zero"),
        Gen.Select(Gen.OneOf<string>("long hair", "smile, solo", "1girl, (smile:1.3), o_o"), Gen.OneOf<string>("1.2", "0.5", "2", "1.05", "0.95", "1.333")).Select((text, number) => $"({text}:{number})"))
        .Array[1, 6].Select(tags => string.Join(", ", tags));

    private static Gen<string> Words => Gen.OneOf<string>("long hair", "smile", "1girl", "miku \\(vocaloid\\)", "a\\[b\\]", "\\\\m/", ":3", "o_o", "re:zero");

    private static Gen<string> Numbers => Gen.OneOf<string>("1.2", "0.5", "1", "2", ".5", "1.05", "0", "-1", "1.333");

    /// <summary>A selection inside a text.</summary>
    public static TextSpan Selection(string text, int at, int length)
    {
        var start = Math.Min(at, text.Length);
        return new TextSpan(start, Math.Min(length, text.Length - start));
    }

    /// <summary>Sorted, apart, inside the text, and each changes something.</summary>
    public static void AreClean(string text, IReadOnlyList<TextEdit> edits)
    {
        var end = 0;
        foreach (var edit in edits)
        {
            Assert.InRange(edit.Span.Start, end, text.Length);
            Assert.InRange(edit.Span.End, edit.Span.Start, text.Length);
            Assert.NotEqual(text.Substring(edit.Span.Start, edit.Span.Length), edit.NewText);
            end = edit.Span.End;
        }
    }
}
