using Kohaku.Jobs;

namespace Kohaku.Cli.Tests.Workers;

/// <summary>Keeps events, and tells when one has come.</summary>
internal sealed class Told : IProgress<GenerationEvent>
{
    private readonly List<GenerationEvent> _events = [];
    private readonly List<(Func<GenerationEvent, bool> Test, TaskCompletionSource Came)> _waiting = [];

    /// <summary>The events so far.</summary>
    public IReadOnlyList<GenerationEvent> Events
    {
        get
        {
            lock (_events) return [.. _events];
        }
    }

    public void Report(GenerationEvent value)
    {
        lock (_events)
        {
            _events.Add(value);
            foreach (var (test, came) in _waiting.Where(waiting => waiting.Test(value)).ToList()) came.TrySetResult();
        }
    }

    /// <summary>Waits for an event.</summary>
    public Task ComesAsync(Func<GenerationEvent, bool> test)
    {
        lock (_events)
        {
            if (_events.Exists(said => test(said))) return Task.CompletedTask;

            var came = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((test, came));
            return came.Task.WaitAsync(TimeSpan.FromSeconds(60));
        }
    }
}
