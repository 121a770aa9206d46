using Kohaku.Generation.Models;
using Kohaku.Jobs;
using Microsoft.ML.OnnxRuntime;

namespace Kohaku.Generation.Runtime;

/// <summary>A session, and how it is run and stopped. One run at a time.</summary>
internal sealed class ModelSession : IDisposable
{
    private readonly Lock _gate = new();
    private readonly RunOptions _options = new();
    private readonly InferenceSession _session;
    private readonly string _name;

    /// <summary>Takes a session over.</summary>
    /// <param name="name">What it is, for messages.</param>
    /// <param name="session">The session.</param>
    /// <param name="device">What it runs on.</param>
    /// <param name="givesBack">Whether memory is given back after each run.</param>
    public ModelSession(string name, InferenceSession session, DeviceKind device, bool givesBack)
    {
        (_name, _session, CopiesInputs) = (name, session, device != DeviceKind.Cpu);
        if (givesBack && device == DeviceKind.Cpu) _options.AddRunConfigEntry("memory.enable_memory_arena_shrinkage", "cpu:0");
    }

    /// <summary>Whether values that a run takes are copied when they are bound, not when it runs.</summary>
    public bool CopiesInputs { get; }

    /// <summary>Places for inputs and outputs.</summary>
    public OrtIoBinding Bind() => _session.CreateIoBinding();

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
                if (CopiesInputs) binding.SynchronizeBoundInputs();
                _session.RunWithBinding(_options, binding);
                if (CopiesInputs) binding.SynchronizeBoundOutputs();
            }
            catch (OnnxRuntimeException) when (cancellation.IsCancellationRequested)
            {
                throw new OperationCanceledException(cancellation);
            }
            catch (OnnxRuntimeException failed)
            {
                throw new ModelException($"The {_name} failed: {OrtMessage.Of(failed.Message)}", "Choose a smaller size or another device; where memory is not short, get the checkpoint again", failed);
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
        _session.Dispose();
    }
}
