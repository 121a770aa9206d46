using System.Text;
using Kohaku.Files;
using Kohaku.Fuzzing.Engine;
using AnalysisGlob = Kohaku.Analysis.Configuration.Glob;

namespace Kohaku.Fuzzing.Targets;

/// <summary>Patterns of ignore files and configurations against any path: an answer always comes, and a path without special characters matches itself.</summary>
internal sealed class GlobsTarget : Target
{
    private static readonly string[] s_pieces = ["*", "**", "?", "[", "]", "[a-z]", "[!a]", "[^", "[]]", "{", "}", "{a,b}", ",", "/", "\\", "!", "#", "a", "b", ".prompt", "**/", "/**", ".", "..", " ", "-", "é", "\uD83D", "[[:alpha:]]", "*a*a*a"];

    /// <summary>What is tested.</summary>
    public Func<string, string, bool> Matches { get; init; } = static (pattern, path) => new AnalysisGlob(pattern, "/w").IsMatch("/w/" + path);

    /// <inheritdoc/>
    public override string Name => "globs";

    /// <inheritdoc/>
    public override int MaximumLength => 200;

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Words { get; } = [.. s_pieces.Append("\n").Select(piece => WildText.Bytes(piece))];

    /// <inheritdoc/>
    public override byte[] Make(Dice dice)
    {
        var text = new StringBuilder();
        for (var i = dice.Length(16); i > 0; i--) text.Append(dice.Pick(s_pieces));
        text.Append('\n');
        if (dice.OneIn(20)) text.Append(new string('a', dice.Below(150)));
        for (var i = dice.Length(12); i > 0; i--) text.Append(dice.OneIn(6) ? dice.Pick(s_pieces) : dice.Pick("a", "b", "/", "ab", ".prompt"));
        return WildText.Bytes(text.ToString());
    }

    /// <inheritdoc/>
    public override void Check(byte[] input)
    {
        var text = WildText.Of(input);
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        var (pattern, path) = end < 0 ? (text, "a/b.prompt") : (text[..end], text[(end + 1)..]);
        _ = Matches(pattern, path);
        var isPlain = path.Length > 0 && path.All(unit => char.IsAsciiLetterOrDigit(unit) || unit == '/') && !path.StartsWith('/') && !path.EndsWith('/') && !path.Contains("//", StringComparison.Ordinal);
        if (isPlain)
        {
            Must.Hold(Matches(path, path), "a plain path matches itself");
            Must.Hold(Matches("**", path), "two stars match all");
        }

        var rules = new IgnoreRules().Add(pattern);
        _ = rules.IsIgnored(path, path.LastIndexOf('/') + 1, isDirectory: path.EndsWith('/'));
        if (isPlain) Must.Hold(new IgnoreRules().Add("/" + path).IsIgnored(path, path.LastIndexOf('/') + 1, isDirectory: false) == true, "an ignored path is ignored");
    }

    /// <inheritdoc/>
    public override string Show(byte[] input) => Shown.Of(WildText.Of(input));
}
