namespace Kohaku.Tags.Tests;

/// <summary>Keeps what progress was told, in order, on the thread that told it.</summary>
internal sealed class Told(Action<ImportProgress>? then = null) : IProgress<ImportProgress>
{
    public List<ImportProgress> All { get; } = [];

    public void Report(ImportProgress value)
    {
        All.Add(value);
        then?.Invoke(value);
    }
}
