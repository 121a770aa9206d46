using Kohaku.Cli.Terminal;
using Kohaku.Jobs;

namespace Kohaku.Cli.Generating;

/// <summary>A terminal: one line that changes, <c>step 12/28 ▕████████░░░░░░░░▏ 7.4 it/s, 2 s left</c>, and a line for each image.</summary>
internal sealed class LineView(Session session) : GenerateView(session)
{
    private const int BarLength = 16;
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(50);

    private readonly TextWriter _error = session.OpenError();
    private long _last;
    private bool _isShown;

    private Page Page => field ??= new Page(_error, Session.ErrorLook);

    /// <inheritdoc/>
    public override void Dispose()
    {
        Clear();
        _error.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override void ShowDevice(DeviceChoice device)
    {
    }

    /// <inheritdoc/>
    protected override void ShowRequest(bool isChosen)
    {
        if (!isChosen) return;

        Clear();
        Page.Write("prompt  ", Ink.Faint).WriteForeign(Request!.Prompt.ReplaceLineEndings(" ")).Line();
        if (Request.Negative.Length > 0) Page.Write("without ", Ink.Faint).WriteForeign(Request.Negative.ReplaceLineEndings(" ")).Line();
        Page.Flush();
    }

    /// <inheritdoc/>
    protected override void ShowNote(string text)
    {
        Clear();
        Page.Write("note", Ink.Info).Write(": ").WriteForeign(text).Line().Flush();
    }

    /// <inheritdoc/>
    protected override void ShowWarning(GenerationWarning warning)
    {
        Clear();
        WriteWarning(Page, warning);
        Page.Flush();
    }

    /// <inheritdoc/>
    protected override void ShowPhase(PhaseBegan began)
    {
        Clear();
        WriteCount();
        Page.Write(NameOf(began.Phase).Replace('-', ' '));
        if (began.Detail is not null) Page.Write(" ").WriteForeign(Short(began.Detail), Ink.Faint);
        Page.Write(Session.ErrorLook.Unicode ? "…" : "...").Flush();
        _isShown = true;
        _last = 0;
    }

    /// <inheritdoc/>
    protected override void ShowStep(StepDone step, double rate)
    {
        if (step.Index < step.Total && _last != 0 && Session.Time.GetElapsedTime(_last) < Pace) return;

        _last = Session.Time.GetTimestamp();
        Clear();
        WriteCount();
        Page.Write(step.IsHires ? Text($"hires {step.Index}/{step.Total} ") : Text($"step {step.Index}/{step.Total} "));
        Page.Bar((double)step.Index / step.Total, BarLength);
        if (rate > 0) Page.Write(Rate(rate)).Write(Text($", {Left((step.Total - step.Index) / rate)} left"), Ink.Faint);
        Page.Flush();
        _isShown = true;
    }

    /// <inheritdoc/>
    protected override void ShowImage(string path, GeneratedImage image, TimeSpan elapsed)
    {
        Clear();
        using var output = Session.OpenOutput();
        WriteImage(new Page(output, Session.OutputLook), path, image, elapsed);
    }

    // Below one step a second, seconds for a step say more.
    private static string Rate(double rate) => rate >= 1 ? Text($" {rate:0.0} it/s") : Text($" {1 / rate:0.0} s/it");

    private static string Left(double seconds) => seconds >= 90 ? Text($"{seconds / 60:0} min") : Text($"{seconds:0} s");

    private string Short(string text) => text.Length <= Session.ErrorLook.Width / 2 ? text : string.Concat(text.AsSpan(0, Session.ErrorLook.Width / 2 - 1), "…");

    private void WriteCount()
    {
        if (Images > 1) Page.Write(Text($"image {Current}/{Images}  "), Ink.Faint);
    }

    private void Clear()
    {
        if (!_isShown) return;

        _isShown = false;
        Page.Write("\r\e[K").Flush();
    }
}
