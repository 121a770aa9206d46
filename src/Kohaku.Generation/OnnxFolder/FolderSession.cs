using Kohaku.Generation.Models;
using Kohaku.Generation.Runtime;
using Kohaku.Jobs.Models;
using Microsoft.ML.OnnxRuntime;

namespace Kohaku.Generation.OnnxFolder;

/// <summary>An open <c>model.onnx</c> of a folder, with what its export calls its inputs and outputs.</summary>
internal sealed class FolderSession : IDisposable
{
    private readonly InferenceSession _session;

    private FolderSession(string path, InferenceSession session)
    {
        Path = path;
        _session = session;
        Inputs = [.. session.InputNames.Select(name => new FolderNode(name, session.InputMetadata[name]))];
        Outputs = [.. session.OutputNames.Select(name => new FolderNode(name, session.OutputMetadata[name]))];
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Inputs in the export's order.</summary>
    public IReadOnlyList<FolderNode> Inputs { get; }

    /// <summary>Outputs in the export's order.</summary>
    public IReadOnlyList<FolderNode> Outputs { get; }

    /// <summary>Opens the model of a part.</summary>
    /// <param name="folder">The part's folder, <c>unet</c> say.</param>
    /// <param name="sessions">Opens it.</param>
    /// <exception cref="Jobs.GenerationException">There is none, it is broken, or the device lacks one of its operators.</exception>
    public static FolderSession Open(string folder, SessionFactory sessions)
    {
        var path = FolderLook.Graph(folder);
        try
        {
            return new FolderSession(path, sessions.OpenFile(path));
        }
        catch (OnnxRuntimeException error)
        {
            throw Explain(path, error);
        }
    }

    /// <summary>Runs it.</summary>
    /// <param name="inputs">A value for each input, in order.</param>
    /// <param name="outputs">Names of outputs.</param>
    /// <param name="cancellation">Stops within one operator.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="ModelException">It failed.</exception>
    public IDisposableReadOnlyCollection<OrtValue> Run(OrtValue[] inputs, string[] outputs, CancellationToken cancellation) =>
        Guard(run => _session.Run(run, _session.InputNames, inputs, outputs), cancellation);

    /// <summary>Runs it into values that are there already.</summary>
    /// <param name="inputs">A value for each input, in order.</param>
    /// <param name="outputs">Names of outputs.</param>
    /// <param name="values">Takes the outputs.</param>
    /// <param name="cancellation">Stops within one operator.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="ModelException">It failed.</exception>
    public void Run(OrtValue[] inputs, string[] outputs, OrtValue[] values, CancellationToken cancellation) => Guard(
        run =>
        {
            _session.Run(run, _session.InputNames, inputs, outputs, values);
            return true;
        },
        cancellation);

    /// <summary>Closes it.</summary>
    public void Dispose() => _session.Dispose();

    private T Guard<T>(Func<RunOptions, T> call, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        using var run = new RunOptions();
        using var registration = cancellation.Register(static state => ((RunOptions)state!).Terminate = true, run);
        try
        {
            return call(run);
        }
        catch (OnnxRuntimeException) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellation);
        }
        catch (OnnxRuntimeException error)
        {
            throw new ModelException($"{Path} failed: {OrtMessage.Of(error.Message)}", inner: error);
        }
    }

    private static ModelException Explain(string path, OnnxRuntimeException error)
    {
        var message = OrtMessage.Of(error.Message);
        if (error.Message.Contains("NotImplemented", StringComparison.Ordinal) || error.Message.Contains("NOT_IMPLEMENTED", StringComparison.Ordinal))
        {
            return new ModelException(
                $"{path} needs an operator that this device has not: {message}",
                "The folder was optimised for CUDA: run it with --device cuda, or export it without that optimisation",
                error);
        }

        if (LinkOutOf(path) is { } link)
        {
            return new ModelException(
                $"{link} is a link out of its folder, which ONNX Runtime refuses: {message}",
                "Copy the folder with its links followed (cp -rL), or download it to a folder of its own",
                error);
        }

        return new ModelException($"{path} cannot be opened: {message}", "Fetch or export the folder again; model.onnx_data belongs beside model.onnx", error);
    }

    /// <summary>Hugging Face's cache has links in place of files.</summary>
    private static string? LinkOutOf(string path)
    {
        var folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!;
        return Directory.EnumerateFiles(folder).FirstOrDefault(file =>
            File.ResolveLinkTarget(file, returnFinalTarget: true) is { } target && System.IO.Path.GetDirectoryName(target.FullName) != folder);
    }
}
