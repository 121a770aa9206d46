using Kohaku.Analysis.Configuration;
using Kohaku.Analysis.Formatting;
using Kohaku.Analysis.Linting;
using Kohaku.Syntax;
using Kohaku.Syntax.Tokens;

namespace Kohaku.LanguageServer.Session;

/// <summary>What reading and linting a prompt needs, kept from one to the next. One thread at a time: take one from its <see cref="WorkbenchPool"/> and dispose it to give it back.</summary>
internal sealed class Workbench(WorkbenchPool pool) : IDisposable
{
    // An editor shows some hundred different tags; a stream's table would cost more memory than all documents. Just below a power of two: one text more would make the table four times as large.
    private const int RememberedTags = 2000;

    private Linter? _linter;
    private PromptReader? _reader;
    private ClipTokenizer? _tokenizer;
    private Formatter? _formatter;
    private SideCounter? _counter;

    /// <summary>The configuration.</summary>
    public Settings Settings => pool.Settings;

    /// <summary>What tags are looked up in.</summary>
    public LintServices Services => pool.Services;

    /// <summary>A tree to read texts into.</summary>
    public SyntaxTree Tree { get; } = new();

    /// <summary>Takes findings.</summary>
    public Report Report { get; } = new();

    /// <summary>Runs the rules.</summary>
    public Linter Linter => _linter ??= new Linter(Settings, Services, capacity: RememberedTags);

    /// <summary>Looks the tags of prompts up.</summary>
    public PromptReader Reader => _reader ??= new PromptReader(Settings, Services, RememberedTags);

    /// <summary>Counts tokens.</summary>
    public ClipTokenizer Tokenizer => _tokenizer ??= new ClipTokenizer(Services.Vocabulary!());

    /// <summary>Counts the tokens of sides, with their places.</summary>
    public SideCounter Counter => _counter ??= new SideCounter(Tokenizer);

    /// <summary>Where it belongs.</summary>
    public WorkbenchPool Pool => pool;

    /// <summary>Brings prompts into one form.</summary>
    public Formatter Formatter => _formatter ??= new Formatter(Settings, Services, Tokenizer);

    /// <inheritdoc/>
    public void Dispose() => pool.Return(this);
}
