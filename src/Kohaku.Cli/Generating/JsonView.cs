using System.Text.Encodings.Web;
using System.Text.Json;
using Kohaku.Cli.Terminal;
using Kohaku.Jobs;
using Kohaku.Syntax.Tokens;

namespace Kohaku.Cli.Generating;

/// <summary>Events for programs: a JSON object a line on standard output, sent at once.</summary>
internal sealed class JsonView : GenerateView
{
    private readonly Utf8JsonWriter _json;
    private readonly MemoryStream _line = new();

    /// <summary>A view on standard output.</summary>
    public JsonView(Session session)
        : base(session) => _json = new Utf8JsonWriter(_line, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <inheritdoc/>
    public override void Dispose()
    {
        _json.Dispose();
        _line.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override void ShowDevice(DeviceChoice device) => Write("device", json =>
    {
        json.WriteString("device", device.Device switch { DeviceKind.Cuda => "cuda", DeviceKind.DirectML => "dml", _ => "cpu" });
        json.WriteString("name", device.Name);
        json.WriteNumber("images", Images);
    });

    /// <inheritdoc/>
    protected override void ShowRequest(bool isChosen) => Write("prompt", json =>
    {
        json.WriteNumber("prompt", Prompt);
        json.WriteString("text", WellFormedText.Of(Request!.Prompt));
        json.WriteString("negative", WellFormedText.Of(Request.Negative));
        json.WriteNumber("seed", Request.Seed);
        json.WriteNumber("images", Request.Count);
    });

    /// <inheritdoc/>
    protected override void ShowNote(string text) => Write("note", json => json.WriteString("message", WellFormedText.Of(text)));

    /// <inheritdoc/>
    protected override void ShowWarning(GenerationWarning warning) => Write("warning", json =>
    {
        json.WriteString("message", WellFormedText.Of(warning.Message));
        if (warning.Help is not null) json.WriteString("help", WellFormedText.Of(warning.Help));
    });

    /// <inheritdoc/>
    protected override void ShowPhase(PhaseBegan began) => Write("phase", json =>
    {
        json.WriteString("phase", NameOf(began.Phase));
        json.WriteNumber("image", Current);
        if (began.Detail is not null) json.WriteString("detail", WellFormedText.Of(began.Detail));
    });

    /// <inheritdoc/>
    protected override void ShowStep(StepDone step, double rate) => Write("step", json =>
    {
        json.WriteNumber("image", Current);
        json.WriteString("pass", step.IsHires ? "hires" : "first");
        json.WriteNumber("step", step.Index);
        json.WriteNumber("steps", step.Total);
        if (rate <= 0) return;

        json.WriteNumber("rate", Math.Round(rate, 3));
        json.WriteNumber("secondsLeft", Math.Round((step.Total - step.Index) / rate, 1));
    });

    /// <inheritdoc/>
    protected override void ShowImage(string path, GeneratedImage image, TimeSpan elapsed) => Write("image", json =>
    {
        json.WriteNumber("image", Current);
        json.WriteNumber("prompt", Prompt);
        json.WriteString("path", WellFormedText.Of(path));
        json.WriteNumber("width", image.Width);
        json.WriteNumber("height", image.Height);
        json.WriteNumber("seed", image.Seed);
        json.WriteNumber("seconds", Math.Round(elapsed.TotalSeconds, 3));
        json.WriteString("parameters", WellFormedText.Of(image.Parameters));
    });

    private void Write(string name, Action<Utf8JsonWriter> write)
    {
        _json.WriteStartObject();
        _json.WriteString("event", name);
        write(_json);
        _json.WriteEndObject();
        _json.Flush();
        _line.WriteByte((byte)'\n');
        Session.Output.Write(_line.GetBuffer().AsSpan(0, (int)_line.Length));
        Session.Output.Flush();
        _json.Reset();
        _line.SetLength(0);
    }
}
