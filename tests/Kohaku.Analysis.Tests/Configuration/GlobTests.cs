using Kohaku.Analysis.Configuration;

namespace Kohaku.Analysis.Tests.Configuration;

public sealed class GlobTests
{
    [Theory]
    [InlineData("*.txt", "a.txt")]
    [InlineData("*.txt", "deep/er/a.txt")]
    [InlineData("drafts", "drafts/a.prompt")]
    [InlineData("drafts/", "library/drafts/deep/a.prompt")]
    [InlineData("/drafts/", "drafts/a.prompt")]
    [InlineData("library/*.prompt", "library/a.prompt")]
    [InlineData("library/**/a.prompt", "library/a.prompt")]
    [InlineData("library/**/a.prompt", "library/x/y/a.prompt")]
    [InlineData("**/x/**", "a/x/b")]
    [InlineData("**", "anything/at/all")]
    [InlineData("?.txt", "a.txt")]
    [InlineData("[ab].txt", "b.txt")]
    [InlineData("[a-c].txt", "b.txt")]
    [InlineData("[!a].txt", "b.txt")]
    [InlineData("*.{txt,prompt}", "a.prompt")]
    [InlineData("{a,b}/{c,d}.txt", "b/c.txt")]
    [InlineData("./a.txt", "a.txt")]
    [InlineData("[.txt", "[.txt")]
    public void A_glob_matches(string pattern, string path) => Assert.True(new Glob(pattern, "").IsMatch(path));

    // The walk asks for the folder, and need not go into one of which everything is left out.
    [Theory]
    [InlineData("drafts/**", "drafts")]
    [InlineData("library/drafts/**/**", "library/drafts")]
    public void A_folder_of_which_everything_matches_does_too(string pattern, string folder) => Assert.True(new Glob(pattern, "").IsMatch(folder));

    [Theory]
    [InlineData("..a.txt", "/library/..a.txt", true)]
    [InlineData("*.txt", "/library/..drafts/a.txt", true)]
    [InlineData("*.txt", "/a.txt", false)]
    public void A_name_may_begin_with_two_dots(string pattern, string path, bool matches) => Assert.Equal(matches, new Glob(pattern, "/library").IsMatch(path));

    [Theory]
    [InlineData("*.txt", "a.txt.bak")]
    [InlineData("/drafts/", "library/drafts/a.prompt")]
    [InlineData("library/*.prompt", "library/deep/a.prompt")]
    [InlineData("library/*.prompt", "other/library/a.prompt")]
    [InlineData("?.txt", "ab.txt")]
    [InlineData("[ab].txt", "c.txt")]
    [InlineData("[!a].txt", "a.txt")]
    [InlineData("A.txt", "a.txt")]
    [InlineData("", "a.txt")]
    public void A_glob_does_not_match(string pattern, string path) => Assert.False(new Glob(pattern, "").IsMatch(path));

    [Fact]
    public void A_glob_is_relative_to_its_folder()
    {
        var glob = new Glob("library/*.txt", "/library/prompts");

        Assert.True(glob.IsMatch("/library/prompts/library/a.txt"));
        Assert.False(glob.IsMatch("/library/library/a.txt"));
        Assert.False(glob.IsMatch("/elsewhere/library/a.txt"));
    }

    [Fact]
    public void A_hostile_pattern_takes_no_time()
    {
        var many = string.Concat(Enumerable.Repeat("*a", 1000));
        Assert.False(new Glob(many + "b", "").IsMatch(new string('a', 5000)));
        Assert.True(new Glob(string.Concat(Enumerable.Repeat("{a,b}", 40)), "").IsMatch(new string('x', 3)) is false);
    }
}
