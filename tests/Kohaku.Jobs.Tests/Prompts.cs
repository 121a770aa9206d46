using Kohaku.Analysis;
using Kohaku.Analysis.Configuration;
using Kohaku.Analysis.Profiles;
using Kohaku.Files;
using Kohaku.Syntax.Dynamic;

namespace Kohaku.Jobs.Tests;

/// <summary>Resolves prompts as the command does.</summary>
internal static class Prompts
{
    public const ulong RandomSeed = 12345;

    public static Settings Settings { get; } = Settings.Default(Profile.Default, RuleRegistry.Rules);

    /// <summary>The prompts of a <c>.prompt</c> text.</summary>
    public static IReadOnlyList<PromptSource> Read(string text, string name = "a.prompt")
    {
        Assert.True(HostDocument.TryOpen(TextFile.FromText(name, text), InputKind.Auto, HostOptions.Default, out var document, out _));
        return PromptSource.Of(document, Settings);
    }

    /// <summary>The one prompt of a text, resolved.</summary>
    public static ResolvedPrompt Resolve(string text, GenerationOptions? options = null, string name = "a.prompt", WildcardLines? wildcards = null) =>
        new RequestResolver(Profile.Default, options ?? new GenerationOptions(), wildcards, () => RandomSeed).Resolve(Assert.Single(Read(text, name)));

    /// <summary>The one request of a text.</summary>
    public static GenerationRequest Request(string text, GenerationOptions? options = null) => Assert.Single(Resolve(text, options).Requests);

    /// <summary>What is said of a text that cannot be resolved.</summary>
    public static string Error(string text, GenerationOptions? options = null)
    {
        var error = Assert.Throws<GenerationException>(() => Resolve(text, options));
        return error.Help is null ? error.Message : $"{error.Message} = {error.Help}";
    }
}
