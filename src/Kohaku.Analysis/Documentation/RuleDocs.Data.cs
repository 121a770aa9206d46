// Made from the rules' doc comments; KOHAKU_ACCEPT=1 with the tests makes it anew.
namespace Kohaku.Analysis.Documentation;

public static partial class RuleDocs
{
    private static RuleDoc[] Make() =>
    [
        new("KHK000", "unused-suppression", Severity.Hint,
            "Flags a suppression comment that suppresses nothing.",
            "A comment that silences a rule which no longer fires hides the next real finding.",
            ["1girl, smile # kohaku: disable=[|weak-tag|]"],
            ["1girl, smile"],
            "Safe: removes the rule from the comment, or the comment."),
        new("KHK001", "underscore-in-tag", Severity.Warning,
            "Flags a `_` that the model never saw.",
            "Training replaced underscores by blanks, except in tags of at most three characters (faces such as `^_^`): with the underscore the text encoder reads other tokens.",
            ["1girl, [|long_hair|]"],
            ["1girl, long hair, ^_^"],
            "Safe: blanks for the underscores."),
        new("KHK102", "duplicate-tag", Severity.Warning,
            "Flags a tag that stands twice in one prompt.",
            "Saying a tag twice does not say it louder, it spends tokens: use emphasis.",
            ["1girl, smile, [|smile|]"],
            ["1girl, (smile:1.2)"],
            "Safe: removes the later one; the higher weight stays."),
    ];
}
