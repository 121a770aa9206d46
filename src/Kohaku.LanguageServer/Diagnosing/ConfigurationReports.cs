using Kohaku.Analysis.Configuration;
using Kohaku.LanguageServer.Documents;
using Kohaku.LanguageServer.Session;
using Kohaku.LanguageServer.Transport;

namespace Kohaku.LanguageServer.Diagnosing;

/// <summary>Tells what is wrong in configurations: as findings of the file where there is one, in the log otherwise.</summary>
internal sealed class ConfigurationReports(ServerState state, Client client) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private readonly HashSet<string> _flagged = new(StringComparer.Ordinal);
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);

    /// <summary>Reads the configurations in use and tells what is new about them.</summary>
    public async Task SendAsync()
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            await SendInTurnAsync(state.Current).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private async Task SendInTurnAsync(Snapshot snapshot)
    {
        var setup = snapshot.Setup;
        foreach (var path in snapshot.Client.Folders.Select(folder => Path.Combine(folder, "x.prompt")).Concat(snapshot.Documents.Keys)) setup.TryOpen(path);

        var byFile = setup.ConfigurationProblems.Where(problem => Path.IsPathRooted(problem.File)).GroupBy(problem => problem.File).ToDictionary(group => group.Key, group => group.ToList());
        foreach (var (file, problems) in byFile)
        {
            _flagged.Add(file);
            await PublishAsync(file, [.. problems.Select(FindingOf)]).ConfigureAwait(false);
        }

        foreach (var file in _flagged.Except(byFile.Keys).ToList())
        {
            _flagged.Remove(file);
            await PublishAsync(file, []).ConfigureAwait(false);
        }

        foreach (var problem in setup.ConfigurationProblems.Where(problem => !Path.IsPathRooted(problem.File)))
            if (_told.Add(problem.ToString())) await client.LogAsync(2, problem.ToString()).ConfigureAwait(false);
        foreach (var problem in setup.Problems)
            if (_told.Add(problem)) await client.ShowAsync(2, problem).ConfigureAwait(false);
    }

    private Task PublishAsync(string file, Protocol.Diagnostic[] findings) => client.NotifyAsync(
        "textDocument/publishDiagnostics",
        new() { ["uri"] = DocumentPath.ToUri(file), ["diagnostics"] = findings });

    private static Protocol.Diagnostic FindingOf(ConfigurationProblem problem)
    {
        var start = new Protocol.Position(Math.Max(0, problem.Line - 1), Math.Max(0, problem.Column - 1));
        var key = problem.Key[(problem.Key.LastIndexOf('.') + 1)..];
        return new Protocol.Diagnostic
        {
            Range = new Protocol.Range(start, start with { Character = start.Character + key.Length + 2 }),
            Severity = 2,
            Code = "configuration",
            Source = DiagnosticForm.Source,
            Message = problem.Key.Length > 0 ? $"{problem.Key}: {problem.Fact}" : problem.Fact,
        };
    }
}
