using System.IO.Pipelines;
using Kohaku.Generation.Worker;
using Kohaku.Jobs;
using Kohaku.Jobs.Workers;

namespace Kohaku.LanguageServer.Tests.Generating;

/// <summary>A worker inside the test, over pipes: the real protocol, and a process that can be made to crash.</summary>
internal sealed class InnerProcess : IWorkerProcess
{
    private readonly Pipe _toWorker = new(new PipeOptions(pauseWriterThreshold: 0));
    private readonly Pipe _fromWorker = new(new PipeOptions(pauseWriterThreshold: 0));
    private readonly TaskCompletionSource<WorkerEnd> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public InnerProcess(IGeneratorSource generators)
    {
        Input = _toWorker.Writer.AsStream();
        Output = _fromWorker.Reader.AsStream();
        Served = ServeAsync(new WorkerHost(generators, _ => { }));
    }

    public Stream Input { get; }

    public Stream Output { get; }

    public Task<WorkerEnd> Ended => _ended.Task;

    /// <summary>The end of what runs in the test, which a crash of the process that it stands for does not wait for.</summary>
    public Task Served { get; }

    public void Kill() => Crash(137);

    /// <summary>Ends as a process does that the system kills.</summary>
    public void Crash(int code, params string[] lastWords)
    {
        _ended.TrySetResult(new WorkerEnd(code, lastWords));
        _fromWorker.Writer.Complete();
        _toWorker.Writer.Complete();
    }

    public void Dispose()
    {
    }

    private async Task ServeAsync(WorkerHost host)
    {
        var isWell = await host.RunAsync(_toWorker.Reader.AsStream(), _fromWorker.Writer.AsStream());
        _ended.TrySetResult(new WorkerEnd(isWell ? 0 : 2, []));
        await _fromWorker.Writer.CompleteAsync();
    }
}
