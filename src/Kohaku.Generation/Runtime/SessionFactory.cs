using System.Runtime.InteropServices;
using Kohaku.Generation.Graphs;
using Kohaku.Generation.Models;
using Microsoft.ML.OnnxRuntime;

namespace Kohaku.Generation.Runtime;

/// <summary>Opens ONNX Runtime's sessions.</summary>
/// <param name="device">What they run on; not <see cref="Device.Auto"/>.</param>
/// <param name="threads">Threads of an operator; 0 is one for each core.</param>
internal sealed class SessionFactory(Device device, int threads)
{
    private static readonly Lazy<OrtEnv> s_environment = new(CreateEnvironment);

    /// <summary>What sessions run on.</summary>
    public Device Device { get; } = device;

    /// <summary>Opens a session on a model whose weights are external data.</summary>
    /// <exception cref="ModelException">ONNX Runtime refuses the model.</exception>
    public ModelSession Open(OnnxModel model)
    {
        _ = s_environment.Value;
        using var options = Options();
        options.AddSessionConfigEntry("session.model_external_initializers_file_folder_path", model.Folder);
        try
        {
            return new ModelSession(model.Name, new InferenceSession(model.Bytes, options), Device);
        }
        catch (OnnxRuntimeException refused)
        {
            throw new ModelException($"The {model.Name} cannot be opened: {ModelSession.Reason(refused)}", "Get the checkpoint again; where it is whole, free memory or choose another device.", refused);
        }
    }

    private SessionOptions Options()
    {
        var options = new SessionOptions
        {
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            IntraOpNumThreads = threads,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
        };
        // What cannot be packed is not copied either: fp32 weights stay mapped from the file.
        return options;
    }

    private static OrtEnv CreateEnvironment()
    {
        // Whoever embeds this may have made it already.
        if (OrtEnv.IsCreated) return OrtEnv.Instance();

        var options = new EnvironmentCreationOptions { logId = "kohaku", logLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        var environment = OrtEnv.CreateInstanceWithOptions(ref options);
        if (RuntimeInformation.IsOSPlatform(OSPlatform.Windows)) environment.DisableTelemetryEvents();
        return environment;
    }
}
