using Kohaku.Generation.Models;
using Microsoft.ML.OnnxRuntime;

namespace Kohaku.Generation.Runtime;

/// <summary>A session, and how it is run and stopped. One run at a time.</summary>
internal sealed class ModelSession(string name, InferenceSession session, Device device) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly RunOptions _options = new();

    /// <summary>Whether values that a run takes are copied when they are bound, not when it runs.</summary>
    public bool CopiesInputs => device != Device.Cpu;

    /// <summary>Places for inputs and outputs.</summary>
    public OrtIoBinding Bind() => session.CreateIoBinding();

    /// <summary>Runs on what is bound.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled; an operator that has begun is ended.</exception>
    /// <exception cref="ModelException">ONNX Runtime failed.</exception>
    public void Run(OrtIoBinding binding, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (_gate)
        {
            var registration = cancellation.UnsafeRegister(static options => ((RunOptions)options!).Terminate = true, _options);
            try
            {
                session.RunWithBinding(_options, binding);
            }
            catch (OnnxRuntimeException) when (cancellation.IsCancellationRequested)
            {
                throw new OperationCanceledException(cancellation);
            }
            catch (OnnxRuntimeException failed)
            {
                throw new ModelException($"The {name} failed: {Reason(failed)}", "Choose a smaller size or another device; where memory is not short, get the checkpoint again.", failed);
            }
            finally
            {
                // Waits for a call back that is under way, so that it cannot stop the next run.
                registration.Dispose();
                _options.Terminate = false;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _options.Dispose();
        session.Dispose();
    }

    /// <summary>ONNX Runtime's message without its code and source place.</summary>
    public static string Reason(OnnxRuntimeException failed)
    {
        var text = failed.Message.AsSpan();
        var line = text.IndexOfAny('\r', '\n');
        if (line >= 0) text = text[..line];
        return text.ToString();
    }
}
