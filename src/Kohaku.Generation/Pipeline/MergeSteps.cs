using Kohaku.Generation.Adapters;
using Kohaku.Jobs;

namespace Kohaku.Generation.Pipeline;

/// <summary>Tells of a merge what is worth a line: that files of gigabytes are read, and that they are merged.</summary>
/// <param name="progress">Who is told.</param>
internal sealed class MergeSteps(IProgress<GenerationEvent> progress) : IProgress<MergeProgress>
{
    private MergePhase? _told;

    /// <inheritdoc/>
    public void Report(MergeProgress value)
    {
        if (_told == value.Phase) return;

        _told = value.Phase;
        progress.Report(new PhaseBegan(GenerationPhase.Load, 0, value.Phase == MergePhase.Hash ? "reading the model once, to know it again" : "merging networks into the model"));
    }
}
