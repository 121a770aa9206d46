using Kohaku.Analysis;
using Kohaku.Analysis.Fixes;
using Kohaku.Files;
using Kohaku.Fuzzing.Engine;
using Kohaku.Fuzzing.Targets;
using Kohaku.Syntax;
using Kohaku.Syntax.Dynamic;
using Kohaku.Tags;

namespace Kohaku.Fuzzing.Tests;

/// <summary>A target that cannot fail proves nothing: each finds a fault that is planted in what it tests.</summary>
public sealed class PlantedFaultTests
{
    private const long Cases = 3000;

    public static TheoryData<string> Names => [.. s_faults.Keys];

    private static readonly Dictionary<string, (Func<Target> Make, string Promise)> s_faults = new()
    {
        ["syntax"] = (() => new SyntaxTarget { Parse = static (text, options) => SyntaxTree.Parse(text.Replace("((", "(", StringComparison.Ordinal), options) }, "the tokens joined are the text"),
        ["documents"] = (() => new DocumentsTarget { Change = static (document, version, change) => document.Change(version, [change with { Text = change.Text.Replace(",", ";", StringComparison.Ordinal) }]) }, "a document after edits says what a string says"),
        ["meaning"] = (() => new MeaningTarget { Count = static (tree, side) => new Syntax.Tokens.SideCounter(new Syntax.Tokens.ClipTokenizer(Texts.Shipped.Clip)).Count(SyntaxTree.Parse("a"), 0, 20) }, "the counter counts what the generator gets"),
        ["dynamic"] = (() => new DynamicTarget { Expand = static (text, seed, wildcards) => DynamicPrompt.Expand(text, seed, wildcards) with { Text = Guid.NewGuid().ToString() } }, "the same seed gives the same text"),
        ["fixes"] = (() => new FixesTarget { Apply = static (text, linter, least) => new FixResult(text + ",", new Dictionary<int, int> { [0] = 1 }, Settled: true) }, "fixing twice is fixing once"),
        ["format"] = (() => new FormatTarget { Format = static (formatter, text, options, range) => formatter.Format(text, options, range).Replace(", ", " ", StringComparison.Ordinal) }, "formatting keeps the meaning"),
        ["edits"] = (() => new EditsTarget { Edit = static (action, tree, reader, selection) => [new TextEdit(new TextSpan(0, tree.Text.Length + 1), "")] }, "an edit lies in the text"),
        ["renames"] = (() => new RenamesTarget { Rename = static (server, place, name) => [new RenamesTarget.LineEdit((place, place), name)] }, "what stands at the cursor is renamed"),
        ["search"] = (() => new SearchTarget { Find = static (searcher, text) => [.. searcher.Find(new TagQuery(text)).ToArray().Skip(1)] }, "an exact name or alias comes first"),
        ["configuration"] = (() => new ConfigurationTarget { Read = static text => new Analysis.Configuration.ConfigurationFile("/w/kohaku.json", Analysis.Configuration.ConfigurationLayer.Empty, [], [new Analysis.Configuration.ConfigurationProblem("/w/kohaku.json", 9999, 1, "", "x")]) }, "a problem's line is one of the file"),
        ["globs"] = (() => new GlobsTarget { Matches = static (pattern, path) => false }, "a plain path matches itself"),
        ["infotext"] = (() => new InfotextTarget { Read = static text => Infotext.Read(text) with { Prompt = text + "x" } }, "the prompt is read the same again"),
        ["styles"] = (() => new StylesTarget { Rewrite = static (document, text, newText) => document.Apply([new Rewrite(text, newText)]) + "x,y,z\n" }, "an edit changes its text and no other"),
        ["jsonlines"] = (() => new JsonLinesTarget { Rewrite = static (document, text, newText) => document.Apply([new Rewrite(text, newText + "x")]) }, "an edit changes its text and no other"),
        ["lines"] = (() => new LinesTarget { Rewrite = static (document, text, newText) => document.Apply([new Rewrite(text, newText)]) + "\nmore" }, "an edit changes its text and no other"),
        ["comfyui"] = (() => new ComfyTarget { Rewrite = static (document, text, newText) => document.File.Text }, "an edit changes its text and no other"),
        ["png"] = (() => new PngTarget { Read = static path => PngTexts.TryRead(path, out var texts, out var problem) ? ([.. texts.Skip(1)], null) : (null, problem) }, "sound texts are read as they were written"),
        ["records"] = (() => new RecordsTarget { TryParse = static (parser, line) => parser.TryParse(line.AsSpan().TrimEnd((byte)'}')) }, "a record is taken"),
        ["safetensors"] = (() => new SafetensorsTarget { Read = static path => SafetensorsHeader.TryRead(path, out var header, out var problem) ? (new SafetensorsHeader(header.Metadata, [.. header.Tensors.Select(tensor => tensor with { Offset = tensor.Offset + 1 })]), null) : (null, problem) }, "a tensor lies where its header says"),
        ["taglists"] = (() => new TagListsTarget { Read = static (_, _) => throw new TagDataException("somewhere, something") }, "an error names the file and says what is wrong"),
        ["databases"] = (() => new DatabasesTarget { Read = static _ => throw new TagDataException("somewhere") }, "an error names the file"),
        ["index"] = (() => new IndexTarget { Open = static _ => throw new TagDataException("") }, "a damaged index is said to be so"),
        ["updates"] = (() => new UpdatesTarget { Fetch = static (_, _) => throw new TagDataException("somewhere") }, "an error says where"),
        ["framing"] = (() => new FramingTarget { Read = static _ => null }, "each whole frame is a message or is refused"),
        ["messages"] = (() => new MessagesTarget { Send = static (_, _) => new ServerSession.Answers(new Dictionary<string, long>(), [], 0, "") }, "each request has one answer"),
    };

    [Fact]
    public void Every_target_has_a_planted_fault() => Assert.Equal(AllTargets.Kinds.Select(kind => kind.Name), s_faults.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_planted_fault_is_found(string name)
    {
        using var target = s_faults[name].Make();
        for (long number = 0; number < Cases; number++)
        {
            var error = Record.Exception(() => target.Check(SeededRun.Input(target, 1, number)));
            if (error is not null && Failure.KeyOf(error) == s_faults[name].Promise) return;
        }

        Assert.Fail($"{name}: the planted fault was not found in {Cases} cases");
    }
}
