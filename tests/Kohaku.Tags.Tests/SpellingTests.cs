using System.Text;
using CsCheck;

namespace Kohaku.Tags.Tests;

public sealed class SpellingTests
{
    private static readonly Gen<string> Texts =
        Gen.OneOf(Gen.Char['a', 'e'], Gen.Char['A', 'E'], Gen.OneOf<char>(' ', '_', '\t', '\n', '(', '~', '\x7f', '\0', 'é', '長', '\ud83d', '\udca9')).Array[0, 40]
            .Select(units => new string(units));

    [Fact]
    public void The_quick_way_gives_what_the_plain_one_gives() => Texts.Sample(text =>
    {
        Span<byte> buffer = stackalloc byte[TagText.MaxBytes];
        var length = TagText.Normalise(text, buffer);
        Assert.Equal(Plainly(text), Encoding.UTF8.GetString(buffer[..length]));
    });

    [Fact]
    public void A_spelling_is_its_own_spelling() => Texts.Sample(text => Assert.Equal(TagText.Normalised(text), TagText.Normalised(TagText.Normalised(text))));

    [Theory]
    [InlineData(512, 512)]
    [InlineData(513, -1)]
    public void A_text_that_does_not_fit_has_no_spelling(int length, int expected)
    {
        var buffer = new byte[TagText.MaxBytes];
        Assert.Equal(expected, TagText.Normalise(new string('a', length), buffer));
        Assert.Equal(expected, TagText.Normalise(new string('A', length - 2) + "é", buffer));
    }

    private static string Plainly(string text)
    {
        var spelling = new StringBuilder();
        foreach (var rune in text.Trim(' ', '\t', '\r', '\n').EnumerateRunes())
        {
            var separates = rune.Value is ' ' or '_' or '\t' or '\r' or '\n';
            if (separates && spelling.Length > 0 && spelling[^1] == '_')
            {
                continue;
            }

            spelling.Append(separates ? "_" : rune.IsAscii ? rune.ToString().ToLowerInvariant() : rune.ToString());
        }

        return spelling.ToString();
    }
}
