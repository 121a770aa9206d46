using Kohaku.Analysis.Text;
using Kohaku.Tags;

namespace Kohaku.Analysis.Tests.Text;

public sealed class UnknownTagPolicyTests
{
    private static readonly TagLookup Tags = Shipped.Tags;

    [Theory]
    [InlineData("logn hair")]
    [InlineData("blue eyse")]
    [InlineData("school unifrom")]
    [InlineData("hatsune mikuu")]
    [InlineData("Hatsune Mikuu")]
    [InlineData("missing fngers")]
    [InlineData("looking at veiwer")]
    [InlineData("1 girl")]
    [InlineData("1gril")]
    [InlineData("hair long")]
    [InlineData("sketches")]
    [InlineData("blond hiar")]
    [InlineData("standding")]
    [InlineData("kakyoinjojo")]
    [InlineData("EasyNegative")]
    public void A_mistyped_tag_is_reported(string text)
    {
        Assert.False(Tags.TryFind(text, out _));
        Assert.True(UnknownTagPolicy.ShouldReport(text, Tags));
    }

    [Theory]
    [InlineData("a beautiful empress smiling portrait")]
    [InlineData("by greg rutkowski")]
    [InlineData("art by alphonse mucha")]
    [InlineData("greg rutkowski")]
    [InlineData("Atey Ghailan")]
    [InlineData("highly detailed")]
    [InlineData("sharp focus")]
    [InlineData("trending on artstation")]
    [InlineData("octane render")]
    [InlineData("extremely detailed cg unity 8k wallpaper")]
    [InlineData("8k")]
    [InlineData("8k uhd")]
    [InlineData("85mm")]
    [InlineData("intricate")]
    [InlineData("beautiful eyes")]
    [InlineData("cinematic lighting")]
    [InlineData("volumetric lighting")]
    [InlineData("mutated hands")]
    [InlineData("poorly drawn face")]
    [InlineData("disfigured")]
    [InlineData("she is holding a cup")]
    [InlineData("woman's face")]
    [InlineData("初音ミク")]
    [InlineData("señorita")]
    [InlineData("!!!!!!!")]
    [InlineData("a")]
    [InlineData("")]
    public void Language_is_left_alone(string text) => Assert.Equal(UnknownText.Language, UnknownTagPolicy.Judge(text, Tags));

    [Fact]
    public void Judging_allocates_nothing()
    {
        Assert.Equal(0, Allocations.Of(Judge));

        static void Judge()
        {
            UnknownTagPolicy.Judge("Hatsune Mikuu", Tags);
            UnknownTagPolicy.Judge("logn hair", Tags);
            UnknownTagPolicy.Judge("a beautiful empress smiling portrait", Tags);
        }
    }

    [Fact]
    public void Any_text_is_judged()
    {
        for (var c = 0; c <= char.MaxValue; c++)
        {
            Span<char> text = [(char)c, 'x', (char)c, ' ', (char)c, (char)c];
            UnknownTagPolicy.Judge(text, Tags);
        }
    }
}
