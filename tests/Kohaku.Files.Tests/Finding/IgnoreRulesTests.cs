namespace Kohaku.Files.Tests;

public sealed class IgnoreRulesTests
{
    // Every case agrees with `git check-ignore` (git 2.39).
    [Theory]
    [InlineData("*.prompt", "a/b.prompt", true)]
    [InlineData("/a.prompt", "a.prompt", true)]
    [InlineData("/a.prompt", "b/a.prompt", false)]
    [InlineData("b/a.prompt", "b/a.prompt", true)]
    [InlineData("b/a.prompt", "c/b/a.prompt", false)]
    [InlineData("build/", "build", false)]
    [InlineData("build/", "x/build/", true)]
    [InlineData("**/b/c", "a/b/c", true)]
    [InlineData("**/b/c", "b/c", true)]
    [InlineData("a/**", "a/b/c", true)]
    [InlineData("a/**", "a/", false)]
    [InlineData("a/**/d", "a/d", true)]
    [InlineData("a/**/d", "a/b/c/d", true)]
    [InlineData("a/*/d", "a/b/c/d", false)]
    [InlineData("a/*", "a/b", true)]
    [InlineData("a?c", "abc", true)]
    [InlineData("a/?/c", "a///c", false)]
    [InlineData("[a-c]x", "bx", true)]
    [InlineData("[!a-c]x", "bx", false)]
    [InlineData("[]]x", "]x", true)]
    [InlineData("[[:digit:]]x", "7x", true)]
    [InlineData("a[", "a[", false)]
    [InlineData("\\#a", "#a", true)]
    [InlineData("#a", "#a", false)]
    [InlineData("\\!a", "!a", true)]
    [InlineData("a ", "a", true)]
    [InlineData("a\\ ", "a ", true)]
    [InlineData("*.p*t", "x.prompt", true)]
    [InlineData("foo**bar", "fooxbar", true)]
    [InlineData("*.prompt\n!keep.prompt", "keep.prompt", false)]
    [InlineData("!keep.prompt\n*.prompt", "keep.prompt", true)]
    public void A_line_means_what_it_means_to_git(string rules, string path, bool isIgnored)
    {
        var isDirectory = path.EndsWith('/');
        var name = path.TrimEnd('/');
        var answer = new IgnoreRules().Add(rules).IsIgnored(name, name.LastIndexOf('/') + 1, isDirectory);
        Assert.Equal(isIgnored, answer ?? false);
    }

    [Fact]
    public void A_hostile_pattern_ends_soon() =>
        Assert.Null(new IgnoreRules().Add(string.Concat(Enumerable.Repeat("*a", 40)) + "b").IsIgnored(new string('a', 200), 0, false));
}
