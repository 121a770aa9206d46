using Kohaku.Analysis.Profiles;
using Kohaku.Syntax;

namespace Kohaku.Analysis.Configuration;

/// <summary>All that a run goes by, resolved; shared by every file with the same configuration, and never changed.</summary>
public sealed class Settings
{
    private readonly Severity[] severities;

    internal Settings(Severity[] severities) => this.severities = severities;

    /// <summary>What each rule's findings are worth, by the rule's index in the <see cref="RuleTable"/>; <see cref="Severity.None"/> where it does not run.</summary>
    public ReadOnlySpan<Severity> Severities => severities;

    /// <summary>The model.</summary>
    public required Profile Profile { get; init; }

    /// <summary>Whose brackets and words.</summary>
    public Dialect Dialect { get; init; }

    /// <summary>Whether <c>{a|b}</c> and its kin are syntax.</summary>
    public bool DynamicPrompts { get; init; }

    /// <summary>From which post count on tags work: the profile's, or the user's.</summary>
    public required Thresholds Thresholds { get; init; }

    /// <summary>The weights that help weak tags: the profile's, or the user's.</summary>
    public required EmphasisRange Emphasis { get; init; }

    /// <summary>Tokens from which on a prompt is too long.</summary>
    public int TokenLimit { get; init; } = 225;

    /// <summary>What unknown text that reads as a sentence is taken for.</summary>
    public SentencePolicy Sentences { get; init; }

    /// <summary>How the formatter writes.</summary>
    public FormatOptions Format { get; init; } = new();

    /// <summary>Lists of tags beside the shipped one; paths are absolute where the configuration is a file.</summary>
    public TagSources Tags { get; init; } = TagSources.None;

    /// <summary>Folders with networks (<c>&lt;lora:…&gt;</c>); none means that nobody can say what is missing.</summary>
    public IReadOnlyList<string> Networks { get; init; } = [];

    /// <summary>Folders with embeddings.</summary>
    public IReadOnlyList<string> Embeddings { get; init; } = [];

    /// <summary>Folders with wildcard lists.</summary>
    public IReadOnlyList<string> Wildcards { get; init; } = [];

    /// <summary>The model that makes images where none is named: a checkpoint or a folder; or null.</summary>
    public string? Model { get; init; }

    /// <summary>A VAE in place of the model's own where none is named; or null.</summary>
    public string? Vae { get; init; }

    /// <summary>Folders with models.</summary>
    public IReadOnlyList<string> ModelFolders { get; init; } = [];

    /// <summary>The file with findings that are known and not reported, or null.</summary>
    public string? Baseline { get; init; }

    /// <summary>How <c>.prompt</c> files are read.</summary>
    public ParseOptions ParseOptions => field ??= new ParseOptions(TextForm.Library, Dialect, DynamicPrompts);

    /// <summary>Whether a rule runs.</summary>
    /// <param name="rule">Its index in the <see cref="RuleTable"/>.</param>
    public bool Runs(int rule) => severities[rule] != Severity.None;

    /// <summary>The settings without any configuration: nothing is read or parsed for them.</summary>
    /// <param name="profile">The model.</param>
    /// <param name="rules">The rules.</param>
    public static Settings Default(Profile profile, RuleTable rules) => new(rules.Defaults())
    {
        Profile = profile,
        Thresholds = profile.Thresholds,
        Emphasis = profile.Emphasis,
    };
}
