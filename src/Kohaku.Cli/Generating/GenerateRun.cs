using Kohaku.Cli.Commands;
using Kohaku.Cli.Terminal;
using Kohaku.Generation.Images;
using Kohaku.Jobs;

namespace Kohaku.Cli.Generating;

/// <summary>Makes the images of an order: the device first, then the model, then one image after the other, each written as soon as it is there.</summary>
internal sealed class GenerateRun(GenerateOrder order, FoundPrompts prompts, Session session)
{
    /// <summary>Runs it.</summary>
    /// <param name="isJson">Whether events go to standard output as JSON.</param>
    /// <exception cref="UserException">Something in the order stands in the way.</exception>
    /// <exception cref="GenerationException">The device, the model or a request does.</exception>
    /// <exception cref="OperationCanceledException">Ctrl-C; images that are finished stay.</exception>
    public int Run(bool isJson)
    {
        if (order.Model is null) throw new UserException("no model is named", "Give --model PATH: a .safetensors checkpoint, or a folder with an ONNX export; or name it in kohaku.json (generate.model)");

        var outputs = new OutputPlan(order, prompts, session);
        var generators = session.Generators?.Invoke() ?? throw new UserException("this program was built without the part that makes images", "Install a complete one");
        var cancellation = session.StopOnInterrupt();

        using GenerateView view = isJson ? new JsonView(session) : session.ErrorLook.Terminal ? new LineView(session) : new LogView(session);
        var gpuFolder = GpuFolder.Of(session.Surroundings, order.GpuLibrary);
        var device = generators.Choose(order.Device, gpuFolder);
        view.Begin(device, prompts.Prompts.Sum(prompt => prompt.Resolved.Requests.Sum(request => request.Count)));
        var settings = Settings(device, gpuFolder);
        if (MemoryEstimate.WarningOf(settings, prompts.Prompts.SelectMany(prompt => prompt.Resolved.Requests)) is { } warning) view.Report(warning);
        using var generator = generators.Open(settings, view, cancellation);
        var number = 0;
        foreach (var (index, source, resolved) in prompts.Prompts)
        {
            foreach (var note in resolved.Notes) view.Note(note);
            foreach (var request in resolved.Requests)
            {
                view.BeginRequest(index, request, isChosen: request.Prompt != source.Positive || request.Negative != (source.Negative ?? ""));
                foreach (var image in generator.Run(request, view, cancellation))
                {
                    cancellation.ThrowIfCancellationRequested();
                    var path = outputs.Write(number, image.Seed, path => PngFile.Write(path, image, request));
                    view.Finish(path, image);
                    number++;
                }
            }
        }

        return ExitCode.Clean;
    }

    private GeneratorSettings Settings(DeviceChoice device, string? gpuFolder) => new()
    {
        ModelPath = session.Absolute(order.Model!),
        VaePath = order.Vae is null ? null : session.Absolute(order.Vae),
        LoraFolders = [.. order.LoraFolders.Select(session.Absolute), .. prompts.Settings.Networks],
        EmbeddingFolders = prompts.Settings.Embeddings,
        Precision = order.Precision,
        Device = device.Device,
        GpuFolder = gpuFolder,
    };
}
