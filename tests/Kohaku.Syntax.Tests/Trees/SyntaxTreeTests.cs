using System.Globalization;
using CsCheck;

namespace Kohaku.Syntax.Tests.Trees;

public sealed class SyntaxTreeTests
{
    /// <summary>UTF-16 of every sort, rich in what the grammar knows, lone surrogates included.</summary>
    internal static readonly Gen<string> Prompts = Gen.OneOf(
        Gen.OneOf<string>(
            "(", ")", "[", "]", "{", "}", ":", "|", ",", "\\", "<lora:a:1>", "<", ">", "#", "\n", "\r\n", "\r", " BREAK ", " AND ", "---\n", "\n---\n",
            "Negative prompt:", "\nNegative prompt: ", "\nSteps: 20, Seed: 1", ":1.2)", "[a:b:0.5]", "$$", "::", "long hair", "smile", " ", "，", "（", "1.2.3", "_"),
        Gen.Char.Select(c => c.ToString()),
        Gen.OneOf<string>("\uD800", "\uDC00", "\0", "\uFEFF", "😀", "é")).Array[0, 40].Select(string.Concat);

    private static readonly Gen<ParseOptions> AnyOptions =
        from form in Gen.Enum<TextForm>()
        from dialect in Gen.Enum<Dialect>()
        from isDynamic in Gen.Bool
        from comments in Gen.Bool
        select new ParseOptions(form, dialect, isDynamic, comments);

    [Fact]
    public void Any_text_comes_back_from_its_tree() =>
        Gen.Select(Prompts, AnyOptions).Sample((text, options) => SyntaxTree.Parse(text, options).ToString() == text, iter: 20_000);

    [Theory]
    [InlineData("BREAK:)")]
    [InlineData("a BREAK b], c)")]
    [InlineData("[a AND b)")]
    public void A_bracket_that_closes_nothing_stands_behind_the_word_before_it(string text)
    {
        var tree = SyntaxTree.Parse(text);
        Assert.Equal(tree.Marks.ToArray().OrderBy(mark => mark.Span.Start), tree.Marks.ToArray());
        var stray = Assert.Single(tree.Marks.ToArray(), mark => mark is { Kind: MarkKind.StrayClose } && text[mark.Span.Start] == text.First(c => c is ')' or ']'));
        Assert.Equal((tree.Pieces[^1].Span.Contains(stray.Span.Start) ? tree.Pieces[^1] : tree.Pieces[^2]).Field, stray.Field);
        Assert.Equal(-1, stray.Group);
    }

    [Fact]
    public void A_letter_of_two_units_makes_a_word_of_the_word_before_it()
    {
        var tree = SyntaxTree.Parse("[AND\U00010080:5], \U00010080BREAK");
        Assert.Equal(GroupKind.Editing, Assert.Single(tree.Groups.ToArray()).Kind);
        Assert.Equal(0, tree.Marks.Length);
    }

    [Fact]
    public void Tokens_follow_each_other_without_gaps() =>
        Gen.Select(Prompts, AnyOptions).Sample((text, options) =>
        {
            var end = 0;
            foreach (var token in SyntaxTree.Parse(text, options).Tokens)
            {
                Assert.Equal(end, token.Start);
                Assert.True(token.Length > 0);
                end = token.End;
            }

            Assert.Equal(text.Length, end);
        });

    [Fact]
    public void A_tree_read_into_again_equals_a_new_one()
    {
        var reused = new SyntaxTree();
        Gen.Select(Prompts, AnyOptions).Sample(
            (text, options) =>
            {
                lock (reused)
                {
                    reused.Read(text.AsMemory(), options);
                    var fresh = SyntaxTree.Parse(text, options);
                    Assert.Equal(fresh.Tokens.ToArray(), reused.Tokens.ToArray());
                    Assert.Equal(fresh.Pieces.ToArray(), reused.Pieces.ToArray());
                    Assert.Equal(fresh.Groups.ToArray(), reused.Groups.ToArray());
                }
            },
            iter: 2_000);
    }

    [Theory]
    [InlineData("1girl, solo", "1girl=1|solo=1")]
    [InlineData("(long hair, smile:1.2), solo", "long hair=1.2|smile=1.2|solo=1")]
    [InlineData("an (important) word", "an=1|important=1.1|word=1")]
    [InlineData("((a:1.2))", "a=1.32")]
    [InlineData("[(a:2)]", "a=1.818")]
    [InlineData("([a)]", "a=1")]
    [InlineData("(unbalanced", "unbalanced=1.1")]
    [InlineData("a)", "a)=1")]
    [InlineData("(a:)", "a:=1.1")]
    [InlineData("(a:1,2)", "a:1=1.1|2=1.1")]
    [InlineData("(a:1.2:1.3)", "a:1.2=1.3")]
    [InlineData("a BREAK b", "a=1|b=1")]
    [InlineData("aBREAK b", "aBREAK b=1")]
    [InlineData("a AND b :0.5", "a=1|b :0.5=1")]
    [InlineData("x, [a:b:0.5], y", "x=1|a=1|b=1|y=1")]
    [InlineData("[fe|]male", "fe=1|male=1")]
    [InlineData("[a:1.2]", "a=1")]
    [InlineData("[[a|b]:c:3]", "a=1|b=1|c=1")]
    [InlineData("|_|, [a|b]", "|_|=1|a=0.909|b=0.909")]
    [InlineData("a # lost, all\nb", "a=1|b=1")]
    [InlineData("miku \\(vocaloid\\), b", "miku \\(vocaloid\\)=1|b=1")]
    [InlineData("a <lora:x:1> b", "a=1|b=1")]
    [InlineData("<3, <b:c", "<3=1|<b:c=1")]
    public void A_side_is_cut_into_weighted_pieces(string text, string expected) =>
        Assert.Equal(expected, Pieces(SyntaxTree.Parse(text)));

    [Theory]
    [InlineData("((a:1.2))", "a=1.2")]
    [InlineData("((a:1.2) b:1.3)", "a=1.2|b=1.3")]
    [InlineData("((a))", "a=1.21")]
    [InlineData("[a], BREAK", "[a]=1")]
    [InlineData("(a:1e1)", "a=10")]
    public void ComfyUI_sets_weights_instead_of_multiplying(string text, string expected) =>
        Assert.Equal(expected, Pieces(SyntaxTree.Parse(text, new ParseOptions(TextForm.Positive, Dialect.ComfyUI))));

    [Theory]
    [InlineData("{2$$ and $$a|0.5::b}, c", "a=1|b=1|c=1")]
    [InlineData("{|red} hair", "red=1|hair=1")]
    public void Dynamic_prompts_are_cut_at_their_options(string text, string expected) =>
        Assert.Equal(expected, Pieces(SyntaxTree.Parse(text, new ParseOptions(DynamicPrompts: true))));

    [Fact]
    public void A_library_has_prompts_sides_and_parameters()
    {
        var tree = SyntaxTree.Parse("1girl\nNegative prompt: lowres\nSteps: 20, Seed: 1\n---\nsolo");

        Assert.Equal(2, tree.Prompts.Length);
        Assert.Equal("1girl|lowres|solo", string.Join('|', tree.Pieces.ToArray().Select(p => tree.Slice(p.Span).ToString())));
        Assert.True(tree.Sides[tree.Prompts[0].Negative].IsNegative);
        Assert.Equal(["Steps", "Seed"], tree.Parameters.ToArray().Select(p => tree.Slice(p.Key).ToString()));
        Assert.Equal(-1, tree.Prompts[1].Negative);
    }

    [Theory]
    [InlineData("a\nre:zero", 0)]
    [InlineData("a\nSteps: 20, Seed: 1", 2)]
    [InlineData("a\nSteps: 20, and more", 0)]
    [InlineData("a\nHashes: {\"model\": \"x\"}, Steps: 3", 2)]
    public void The_last_line_is_parameters_if_all_is_pairs_and_a_key_is_known(string text, int count) =>
        Assert.Equal(count, SyntaxTree.Parse(text).Parameters.Length);

    [Fact]
    public void Pairs_without_a_known_key_stay_prompt_and_are_remembered()
    {
        var tree = SyntaxTree.Parse("a\nFoo bar: 1, Baz: 2");

        Assert.Equal("Foo bar: 1, Baz: 2", tree.Slice(tree.Prompts[0].UnknownParameterLine).ToString());
        Assert.Empty(tree.Parameters.ToArray());
    }

    [Theory]
    [InlineData("(")]
    [InlineData("[")]
    [InlineData("(a:")]
    [InlineData("<a:")]
    [InlineData("[a|")]
    [InlineData("()")]
    [InlineData("([")]
    [InlineData(":")]
    [InlineData("\\")]
    [InlineData("a AND |")]
    [InlineData("\n---\n")]
    public void A_hundred_thousand_repetitions_are_read_in_one_go(string unit)
    {
        var text = string.Concat(Enumerable.Repeat(unit, 100_000));

        Assert.Equal(text.Length, SyntaxTree.Parse(text).ToString().Length);
    }

    [Fact]
    public void A_line_of_ten_megabytes_is_read()
    {
        var text = string.Concat(Enumerable.Repeat("long hair, (smile:1.2), [a|b], ", 350_000));

        Assert.Equal(350_000 * 4 + 1, SyntaxTree.Parse(text).Pieces.Length + 1);
    }

    private static string Pieces(SyntaxTree tree) => string.Join('|', tree.Pieces.ToArray().Select(
        piece => $"{tree.Slice(piece.Span)}={Math.Round(piece.Weight, 3).ToString(CultureInfo.InvariantCulture)}"));
}
