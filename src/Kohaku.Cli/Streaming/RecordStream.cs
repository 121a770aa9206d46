using Kohaku.Analysis;
using Kohaku.Analysis.Configuration;
using Kohaku.Analysis.Linting;
using Kohaku.Files;

namespace Kohaku.Cli.Streaming;

/// <summary>What a line of the stream holds.</summary>
internal enum RecordForm
{
    /// <summary>A JSON object with the prompt in a field.</summary>
    JsonLines,

    /// <summary>A prompt.</summary>
    Lines,
}

/// <summary>What a run over a stream found.</summary>
/// <param name="MostSevere">The most severe finding; <see cref="Severity.None"/> without any.</param>
/// <param name="HasErrors">Whether a line could not be read.</param>
internal readonly record struct StreamResult(Severity MostSevere, bool HasErrors);

/// <summary>Lints millions of records: a line in, a line out, in order, in flat memory. Serves as the mapper of an engine that has many machines.</summary>
internal static class RecordStream
{
    /// <summary>Written tags that all threads together remember, twice over: some 80 MB, whatever the number of threads.</summary>
    private const int RememberedTexts = 1 << 17;

    /// <summary>Runs to the input's end.</summary>
    /// <param name="input">JSON Lines or plain lines, UTF-8.</param>
    /// <param name="output">Takes a JSON object a line.</param>
    /// <param name="form">What a line is.</param>
    /// <param name="field">The property that holds the prompt.</param>
    /// <param name="settings">The configuration.</param>
    /// <param name="services">Gives each thread what its linter looks things up in.</param>
    /// <param name="jobs">Threads.</param>
    /// <param name="firstLine">The number of the input's first line.</param>
    public static StreamResult Run(
        Stream input, Stream output, RecordForm form, string field, Settings settings, Func<LintServices> services, int jobs, long firstLine)
    {
        var gate = new Lock();
        var workers = new List<RecordWorker>();
        BlockPipeline.Run(
            new BlockReader(input, firstLine: firstLine),
            output,
            jobs,
            () =>
            {
                var worker = new RecordWorker(form, field, new Linter(settings, services(), capacity: int.Max(RememberedTexts / jobs, 1 << 12)));
                lock (gate) workers.Add(worker);
                return worker;
            },
            static (worker, block, result) => worker.Process(block, result));
        return new StreamResult(workers.Max(worker => worker.MostSevere), workers.Exists(worker => worker.HasErrors));
    }
}
