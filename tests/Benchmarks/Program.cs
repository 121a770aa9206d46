using BenchmarkDotNet.Running;
using Kohaku.Benchmarks;
using Kohaku.Benchmarks.Generating;
using Kohaku.Benchmarks.Lsp;
using Kohaku.Generation.Tests.Golden;
using Kohaku.Tags;

// kohaku-benchmarks stream FILE MEGABYTES   writes JSON Lines
// kohaku-benchmarks files FOLDER COUNT [PROMPTS]   writes .prompt files of some 600 bytes, or so many for each of their prompts
// kohaku-benchmarks queries [INDEX]         times the queries typed on the way to the most used tags
// kohaku-benchmarks answers INDEX RUNS QUERY…   what the index answers, for completers/run.mjs
// kohaku-benchmarks lsp KOHAKU HELLO [WHAT]…   the language server's figures
// kohaku-benchmarks generation [WHAT]…      the figures of generation: noise, samplers, graphs, whole, open
// kohaku-benchmarks checkpoint FILE         writes SDXL's 2,514 tensors at real size, 6.9 GB by formula
// kohaku-benchmarks load KOHAKU LIBRARY     a large library watched, and opened in an editor: the second half of load.sh
// kohaku-benchmarks …                       BenchmarkDotNet's own arguments
if (args is ["queries", .. var index])
{
    QueryTimes.Run(Console.Out, index is [var path] ? path : ShippedData.IndexPath);
    return;
}

if (args is ["answers", var asked, var runs, .. var typed])
{
    Answers.Write(Console.Out, asked, int.Parse(runs, System.Globalization.CultureInfo.InvariantCulture), typed);
    return;
}

if (args is ["lsp", var program, var hello, .. var what])
{
    new LspFigures(Console.Out, program, hello).Run(what is [] ? LspFigures.All : what);
    return;
}

if (args is ["generation", .. var parts])
{
    new GenerationFigures(Console.Out).Run(parts is [] ? GenerationFigures.All : parts);
    return;
}

if (args is ["checkpoint", var checkpoint])
{
    FormulaCheckpoint.WriteHalves(checkpoint, SdxlManifest.Of(SdxlSizes.Real));
    return;
}

if (args is ["load", var kohaku, var library])
{
    new WatchFigures(Console.Out, kohaku, library).Run();
    new LspFigures(Console.Out, kohaku, "").Library(library);
    return;
}

if (args is not [var command and ("stream" or "files"), var target, var amount, .. var prompts])
{
    BenchmarkSwitcher.FromAssembly(typeof(PromptSource).Assembly).Run(args);
    return;
}

var source = new PromptSource(new TagLookup(TagIndex.Open(ShippedData.IndexPath)), seed: 20261123);
var number = int.Parse(amount, System.Globalization.CultureInfo.InvariantCulture);
if (command == "stream") Samples.WriteStream(source, target, number);
else Samples.WriteFiles(source, target, number, prompts is [var each] ? int.Parse(each, System.Globalization.CultureInfo.InvariantCulture) : 1);
