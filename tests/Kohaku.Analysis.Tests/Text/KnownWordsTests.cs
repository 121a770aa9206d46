using Kohaku.Analysis.Text;

namespace Kohaku.Analysis.Tests.Text;

public sealed class KnownWordsTests
{
    private const int PostsOfACommonTag = 100;

    [Fact]
    public void The_filter_in_the_program_is_made_of_the_data_folder() =>
        Repository.IsCurrent("src/Kohaku.Analysis/Text/words.bin", WordFilter.Build(AllWords()));

    [Fact]
    public void The_names_in_the_program_are_those_of_the_data_folder() =>
        Repository.IsCurrent("src/Kohaku.Analysis/Text/names.bin", WordFilter.Build(Lines("names")));

    [Theory]
    [InlineData("rococo", true)]
    [InlineData("mystical", true)]
    [InlineData("wlop", false)]
    [InlineData("hopper", false)]
    [InlineData("mikuu", false)]
    public void Names_are_no_plain_words(string word, bool isPlain) => Assert.Equal(isPlain, KnownWords.IsPlain(word));

    [Theory]
    [InlineData("beautiful")]
    [InlineData("portraits")]
    [InlineData("disfigured")]
    [InlineData("mutilated")]
    [InlineData("flirtatious")]
    [InlineData("artstation")]
    [InlineData("rutkowski")]
    [InlineData("hyperdetailed")]
    [InlineData("dreamlike")]
    [InlineData("colour")]
    [InlineData("color")]
    [InlineData("twintails")]
    [InlineData("uhd")]
    public void Words_that_people_use_are_known(string word) => Assert.True(KnownWords.Contains(word));

    [Theory]
    [InlineData("logn")]
    [InlineData("eyse")]
    [InlineData("unifrom")]
    [InlineData("mikuu")]
    [InlineData("fngers")]
    [InlineData("hsir")]
    [InlineData("wierd")]
    [InlineData("widht")]
    [InlineData("easynegative")]
    public void Slips_are_not(string word) => Assert.False(KnownWords.Contains(word));

    private static HashSet<string> Lines(string name)
    {
        var words = new HashSet<string>();
        foreach (var line in Repository.Read($"data/words/{name}.txt").Split('\n'))
        {
            if (!line.StartsWith('#')) words.UnionWith(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        }

        return words;
    }

    private static HashSet<string> AllWords()
    {
        var words = new HashSet<string>(Repository.Read("data/words/english.txt").Split('\n', StringSplitOptions.RemoveEmptyEntries));
        words.UnionWith(Lines("prompting"));
        words.UnionWith(Lines("names"));
        foreach (var category in new[] { "general", "meta" })
        {
            foreach (var line in Repository.Read($"data/tags/{category}.tsv").Split('\n').Skip(1))
            {
                var fields = line.Split('\t');
                if (fields.Length < 2 || int.Parse(fields[1]) < PostsOfACommonTag) continue;
                words.UnionWith(fields[0].Split([.. fields[0].Where(c => !char.IsAsciiLetter(c))]).Where(word => word.Length > 1));
            }
        }

        return words;
    }
}
