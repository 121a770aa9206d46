using System.Globalization;
using Kohaku.Cli.Terminal;
using Kohaku.Jobs;

namespace Kohaku.Cli.Generating;

/// <summary>Shows a run while it lasts. Keeps the times that all views tell.</summary>
internal abstract class GenerateView(Session session) : IProgress<GenerationEvent>, IDisposable
{
    private readonly Dictionary<GenerationPhase, TimeSpan> _spent = [];
    private readonly StepRate _rate = new(session.Time);
    private GenerationPhase? _phase;
    private long _phaseStart;
    private long _imageStart;
    private int _steps;

    /// <summary>Where it shows.</summary>
    protected Session Session { get; } = session;

    /// <summary>Images of the whole run.</summary>
    protected int Images { get; private set; }

    /// <summary>Which image of the whole run is being made, from 1.</summary>
    protected int Current { get; private set; } = 1;

    /// <summary>Which prompt of the file it is of, from 1.</summary>
    protected int Prompt { get; private set; }

    /// <summary>The request that is being done; null before the first.</summary>
    protected GenerationRequest? Request { get; private set; }

    /// <summary>Begins the run.</summary>
    public void Begin(DeviceChoice device, int images)
    {
        Images = images;
        _imageStart = Session.Time.GetTimestamp();
        ShowDevice(device);
        if (device.Note is not null) ShowNote(device.Note);
    }

    /// <summary>Begins a request.</summary>
    /// <param name="prompt">Which prompt of the file, from 1.</param>
    /// <param name="request">What is made.</param>
    /// <param name="isChosen">Whether its text was chosen by dynamic prompts, so that it must be shown.</param>
    public void BeginRequest(int prompt, GenerationRequest request, bool isChosen)
    {
        (Prompt, Request) = (prompt, request);
        ShowRequest(isChosen);
    }

    /// <summary>Says how a prompt was taken.</summary>
    public void Note(string text) => ShowNote(text);

    /// <inheritdoc/>
    public void Report(GenerationEvent value)
    {
        switch (value)
        {
            case PhaseBegan began:
                BeginPhase(began.Phase);
                ShowPhase(began);
                break;
            case StepDone step:
                _steps++;
                ShowStep(step, _rate.At(step));
                break;
            case GenerationWarning warning:
                ShowWarning(warning);
                break;
        }
    }

    /// <summary>Says that an image is written.</summary>
    public void Finish(string path, GeneratedImage image)
    {
        EndPhase();
        ShowImage(path, image, Session.Time.GetElapsedTime(_imageStart));
        _spent.Clear();
        (_phase, _steps) = (null, 0);
        _imageStart = Session.Time.GetTimestamp();
        Current++;
    }

    /// <inheritdoc/>
    public virtual void Dispose()
    {
    }

    /// <summary>What a phase is called.</summary>
    protected static string NameOf(GenerationPhase phase) => phase switch
    {
        GenerationPhase.Load => "load",
        GenerationPhase.EncodeText => "encode",
        GenerationPhase.EncodeImage => "encode-image",
        GenerationPhase.Sample => "sample",
        GenerationPhase.Upscale => "upscale",
        GenerationPhase.SampleHires => "sample-hires",
        GenerationPhase.Decode => "decode",
        _ => throw new ArgumentOutOfRangeException(nameof(phase)),
    };

    /// <summary>A finished image in a line: <c>out/miku-42.png  832×1216  seed 42  28 steps in 3.9 s (load 0.4, encode 0.1, decode 0.3)</c>.</summary>
    protected void WriteImage(Page page, string path, GeneratedImage image, TimeSpan elapsed)
    {
        var by = page.Look.Unicode ? '×' : 'x';
        page.WriteForeign(path, Ink.Model).Write(Text($"  {image.Width}{by}{image.Height}  seed {image.Seed}  {_steps} step{(_steps == 1 ? "" : "s")} in {elapsed.TotalSeconds:0.0} s"));
        string[] parts = [.. _spent.Where(phase => IsBeside(phase.Key)).Select(phase => Text($"{NameOf(phase.Key)} {phase.Value.TotalSeconds:0.0}"))];
        if (parts.Length > 0) page.Write($" ({string.Join(", ", parts)})", Ink.Faint);
        page.Line();
    }

    /// <summary>A warning in lines.</summary>
    protected static void WriteWarning(Page page, GenerationWarning warning)
    {
        page.Write("warning", Ink.Warning).Write(": ").WriteForeign(warning.Message).Line();
        if (warning.Help is not null) page.Write("  = ", Ink.Faint).WriteForeign(warning.Help).Line();
    }

    /// <summary>Numbers as every machine writes them.</summary>
    protected static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>Shows which device runs.</summary>
    protected abstract void ShowDevice(DeviceChoice device);

    /// <summary>Shows that a request begins.</summary>
    protected abstract void ShowRequest(bool isChosen);

    /// <summary>Shows a note.</summary>
    protected abstract void ShowNote(string text);

    /// <summary>Shows a warning.</summary>
    protected abstract void ShowWarning(GenerationWarning warning);

    /// <summary>Shows that a phase begins.</summary>
    protected abstract void ShowPhase(PhaseBegan began);

    /// <summary>Shows a step.</summary>
    /// <param name="step">Which.</param>
    /// <param name="rate">Steps a second; 0 where it is not known yet.</param>
    protected abstract void ShowStep(StepDone step, double rate);

    /// <summary>Shows a finished image.</summary>
    protected abstract void ShowImage(string path, GeneratedImage image, TimeSpan elapsed);

    private static bool IsBeside(GenerationPhase phase) => phase is not (GenerationPhase.Sample or GenerationPhase.SampleHires);

    private void BeginPhase(GenerationPhase phase)
    {
        EndPhase();
        (_phase, _phaseStart) = (phase, Session.Time.GetTimestamp());
        _rate.Begin();
    }

    private void EndPhase()
    {
        if (_phase is { } phase) _spent[phase] = _spent.GetValueOrDefault(phase) + Session.Time.GetElapsedTime(_phaseStart);
    }
}
