using Kohaku.Analysis.Configuration;
using Kohaku.Cli.Linting;
using Kohaku.Cli.Terminal;
using Kohaku.Files;
using Kohaku.Jobs;

namespace Kohaku.Cli.Generating;

/// <summary>The prompts of an order, resolved.</summary>
/// <param name="Settings">What holds for them.</param>
/// <param name="Prompts">In the file's order, each with its place in it from 1.</param>
internal sealed record FoundPrompts(Settings Settings, IReadOnlyList<(int Index, PromptSource Source, ResolvedPrompt Resolved)> Prompts);

/// <summary>Reads prompts and resolves them all before anything is made: a mistake in the last one costs no time.</summary>
internal static class PromptFinder
{
    /// <summary>Finds and resolves them.</summary>
    /// <exception cref="UserException">There are none, or their file cannot be read.</exception>
    /// <exception cref="GenerationException">A value is none.</exception>
    public static FoundPrompts Find(GenerateOrder order, Session session)
    {
        if (order.Prompt is null && order.File is null) throw new UserException("no prompt is named", "Give a file, - for standard input, or --prompt TEXT");
        if (order.Prompt is not null && order.File is not null) throw new UserException("--prompt and a file exclude each other", "Leave one of them out");

        var configurations = new Configurations(order.Configuration, order.Layer);
        var settings = configurations.For(session.Absolute(order.File is null or "-" ? "prompt" : order.File));
        LintRun.Warn(session, configurations.Problems);

        var sources = order.Prompt is not null ? [PromptSource.OfText(order.Prompt, order.Negative, settings.Dialect)] : PromptSource.Of(Open(order.File!, session), settings);
        if (sources.Count == 0) throw new UserException($"{order.File}: holds no prompt", "Write one into it, or give --prompt TEXT");
        if (order.Index > sources.Count) throw new UserException($"--index {order.Index}: {order.File ?? "the text"} holds {sources.Count} prompt{(sources.Count == 1 ? "" : "s")}");

        var wildcards = settings.DynamicPrompts ? new WildcardLists(settings.Wildcards, problem => session.Surroundings.Warn(problem.ToString())) : null;
        var resolver = new RequestResolver(settings.Profile, order.Options, wildcards is null ? null : wildcards.Lines, RequestResolver.RandomSeed);
        var prompts = new List<(int, PromptSource, ResolvedPrompt)>();
        for (var i = 0; i < sources.Count; i++)
        {
            if (order.Index is { } only && only != i + 1) continue;

            var source = order.Negative is null ? sources[i] : sources[i] with { Negative = order.Negative };
            prompts.Add((i + 1, source, resolver.Resolve(source)));
        }

        return new FoundPrompts(settings, prompts);
    }

    private static HostDocument Open(string file, Session session)
    {
        HostDocument? document;
        FileProblem? problem;
        var isOpen = file == "-"
            ? Input.TryOpen(new LintOptions { Paths = [file] }, session, "<stdin>", out document, out problem)
            : HostDocument.TryRead(new FoundFile(session.Absolute(file), InputKind.Auto, IsNamed: true), HostOptions.Default, out document, out problem);
        return isOpen ? document! : throw new UserException(session.Relative(problem!.Path) == problem.Path ? problem.ToString() : (problem with { Path = file }).ToString());
    }
}
