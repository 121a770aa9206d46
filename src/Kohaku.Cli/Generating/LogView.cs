using Kohaku.Cli.Terminal;
using Kohaku.Jobs;

namespace Kohaku.Cli.Generating;

/// <summary>A log: a line a phase on standard error, a line an image on standard output.</summary>
internal sealed class LogView(Session session) : GenerateView(session)
{
    /// <inheritdoc/>
    protected override void ShowDevice(DeviceChoice device) => Say(page => page.Write("device ").WriteForeign(device.Name).Line());

    /// <inheritdoc/>
    protected override void ShowRequest(bool isChosen)
    {
        if (!isChosen) return;

        Say(page =>
        {
            page.Write("prompt ").WriteForeign(Request!.Prompt.ReplaceLineEndings(" ")).Line();
            if (Request.Negative.Length > 0) page.Write("negative prompt ").WriteForeign(Request.Negative.ReplaceLineEndings(" ")).Line();
        });
    }

    /// <inheritdoc/>
    protected override void ShowNote(string text) => Say(page => page.Write("note: ").WriteForeign(text).Line());

    /// <inheritdoc/>
    protected override void ShowWarning(GenerationWarning warning) => Say(page => WriteWarning(page, warning));

    /// <inheritdoc/>
    protected override void ShowPhase(PhaseBegan began) => Say(page =>
    {
        if (Images > 1) page.Write(Text($"image {Current}/{Images}: "));
        page.Write(NameOf(began.Phase).Replace('-', ' '));
        if (began.Detail is not null) page.Write(" ").WriteForeign(began.Detail);
        page.Line();
    });

    /// <inheritdoc/>
    protected override void ShowStep(StepDone step, double rate)
    {
    }

    /// <inheritdoc/>
    protected override void ShowImage(string path, GeneratedImage image, TimeSpan elapsed)
    {
        using var output = Session.OpenOutput();
        WriteImage(new Page(output, Session.OutputLook), path, image, elapsed);
    }

    private void Say(Action<Page> write)
    {
        using var error = Session.OpenError();
        write(new Page(error, Session.ErrorLook));
    }
}
