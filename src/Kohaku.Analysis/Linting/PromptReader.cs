using Kohaku.Analysis.Configuration;
using Kohaku.Syntax;

namespace Kohaku.Analysis.Linting;

/// <summary>Looks the tags of prompts up, for what shows prompts without linting them. One thread at a time; views are valid until the next prompt is read.</summary>
public sealed class PromptReader
{
    private readonly PromptView _positive = new();
    private readonly PromptView _negative = new();
    private readonly TagTexts _texts;

    /// <summary>A reader with one configuration.</summary>
    /// <param name="settings">The configuration.</param>
    /// <param name="services">What tags are looked up in.</param>
    /// <param name="capacity">How many written tags are remembered from prompt to prompt (<see cref="TagTexts"/>).</param>
    public PromptReader(Settings settings, LintServices services, int capacity = TagTexts.DefaultCapacity)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(services);
        (Settings, Services) = (settings, services);
        _texts = new TagTexts(services.Lookup, settings, capacity);
    }

    /// <summary>The configuration.</summary>
    public Settings Settings { get; }

    /// <summary>What tags are looked up in.</summary>
    public LintServices Services { get; }

    /// <summary>What is known of a written tag that stands nowhere.</summary>
    public TagText Known(ReadOnlySpan<char> written) => _texts.Get(written);

    /// <summary>Both sides of a prompt; the negative one is null where there is none.</summary>
    /// <param name="tree">The text.</param>
    /// <param name="prompt">Row of <see cref="SyntaxTree.Prompts"/>.</param>
    public (PromptView Positive, PromptView? Negative) Read(SyntaxTree tree, int prompt)
    {
        ArgumentNullException.ThrowIfNull(tree);
        ref readonly var node = ref tree.Prompts[prompt];
        _positive.Fill(tree, prompt, node.Positive, Settings, Services, _texts);
        if (node.Negative < 0) return (_positive, null);

        _negative.Fill(tree, prompt, node.Negative, Settings, Services, _texts);
        _positive.Pair(_negative);
        return (_positive, _negative);
    }
}
