using System.Runtime.InteropServices;
using Kohaku.Generation.Graphs;
using Kohaku.Generation.Models;
using Kohaku.Jobs;
using Microsoft.ML.OnnxRuntime;

namespace Kohaku.Generation.Runtime;

/// <summary>Opens ONNX Runtime's sessions.</summary>
/// <param name="device">What they run on; not <see cref="DeviceKind.Auto"/>.</param>
/// <param name="threads">Threads of an operator; 0 is one for each core.</param>
internal sealed class SessionFactory(DeviceKind device, int threads)
{
    private static readonly Lazy<OrtEnv> s_environment = new(CreateEnvironment);

    /// <summary>What sessions run on.</summary>
    public DeviceKind Device { get; } = device;

    /// <summary>Opens a session on a model whose weights are external data.</summary>
    /// <param name="model">The model.</param>
    /// <param name="givesBack">Whether memory is given back after each run: for what runs once an image, and takes gigabytes as a VAE does.</param>
    /// <param name="widensAtOnce">
    /// Whether the processor makes weights fp32 when the session is opened. Otherwise it does so in every run, and they stay mapped from the file: a UNet opens seven times as fast, in a third of the
    /// memory, and a step takes 6 % longer at 512², 2 % at 1024².
    /// </param>
    /// <param name="onlyHere">
    /// Whether the model is refused where ONNX Runtime would give any of its operators to the processor, which it else does without a word. For trials: a real model's sizes (<c>Shape</c>, and what
    /// counts with it) are the processor's on purpose, on a card too, and ONNX Runtime makes no difference between these and the rest.
    /// </param>
    /// <exception cref="ModelException">ONNX Runtime refuses the model.</exception>
    public ModelSession Open(OnnxModel model, bool givesBack = false, bool widensAtOnce = true, bool onlyHere = false)
    {
        _ = s_environment.Value;
        using var options = new SessionOptions
        {
            // Not all: what is left out lays convolutions' weights out anew. That saves 3 % of a UNet's step and 8 % of a decoding on a processor, and costs
            // twice the time to open the one and 40 % more memory in the other.
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_EXTENDED,
            IntraOpNumThreads = threads,
            // A planned block for all of a run comes on top of what the first run has taken: at 1024² 0.6 GB for nothing that could be measured.
            EnableMemoryPattern = false,
        };
        options.AddSessionConfigEntry("session.model_external_initializers_file_folder_path", model.Folder);
        // Weights that the processor takes as they are stay mapped from the file; packing would copy them all.
        if (Device == DeviceKind.Cpu && model.IsMapped) options.AddSessionConfigEntry("session.disable_prepacking", "1");
        if (Device == DeviceKind.Cpu && !widensAtOnce) options.AddSessionConfigEntry("optimization.disable_specified_optimizers", "ConstantFolding");
        if (onlyHere) options.AddSessionConfigEntry("session.disable_cpu_ep_fallback", "1");
        try
        {
            Append(options);
            return new ModelSession(model.Name, new InferenceSession(model.Bytes, options), Device, givesBack);
        }
        catch (OnnxRuntimeException refused)
        {
            throw new ModelException($"The {model.Name} cannot be opened: {OrtMessage.Of(refused.Message)}", "Where the checkpoint is whole, free memory or choose another device", refused);
        }
    }

    /// <summary>Opens a session on a model file; its external data lies beside it.</summary>
    /// <exception cref="OnnxRuntimeException">ONNX Runtime refuses the model.</exception>
    public InferenceSession OpenFile(string path)
    {
        _ = s_environment.Value;
        using var options = new SessionOptions { GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL, IntraOpNumThreads = threads };
        Append(options);
        return new InferenceSession(path, options);
    }

    private void Append(SessionOptions options)
    {
        if (Device == DeviceKind.Cuda)
        {
            using var cuda = new OrtCUDAProviderOptions();
            cuda.UpdateOptions(new Dictionary<string, string>
            {
                ["cudnn_conv_algo_search"] = "HEURISTIC",
                ["arena_extend_strategy"] = "kSameAsRequested",
                // fp32 is asked for where fp16 overflows or is not exact enough: then it should be that.
                ["use_tf32"] = "0",
            });
            options.AppendExecutionProvider_CUDA(cuda);
        }
        else if (Device == DeviceKind.DirectML)
        {
            options.EnableMemoryPattern = false;
            options.AppendExecutionProvider_DML(0);
        }
    }

    private static OrtEnv CreateEnvironment()
    {
        OrtLibrary.UseAny();
        // Whoever embeds this may have made it already.
        if (OrtEnv.IsCreated) return OrtEnv.Instance();

        var options = new EnvironmentCreationOptions { logId = "kohaku", logLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
        var environment = OrtEnv.CreateInstanceWithOptions(ref options);
        if (RuntimeInformation.IsOSPlatform(OSPlatform.Windows)) environment.DisableTelemetryEvents();
        return environment;
    }
}
