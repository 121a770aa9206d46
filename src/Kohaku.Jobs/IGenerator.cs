namespace Kohaku.Jobs;

/// <summary>A model that is ready to make images. Whether it runs in this process or in another is not seen.</summary>
public interface IGenerator : IDisposable
{
    /// <summary>Makes a request's images, one after the other, each while the caller asks for it.</summary>
    /// <param name="request">What to make; <see cref="GenerationRequest.Count"/> images come, of the seeds from <see cref="GenerationRequest.Seed"/> on.</param>
    /// <param name="progress">Told of phases, steps and warnings, on the thread that asks for the images.</param>
    /// <param name="cancellation">Stops within one operator of the model.</param>
    /// <returns>The images in the order of their seeds. An image is finished when it comes: what follows may still fail.</returns>
    /// <exception cref="GenerationException">The request cannot be done with this model or device.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public IEnumerable<GeneratedImage> Run(GenerationRequest request, IProgress<GenerationEvent> progress, CancellationToken cancellation);
}

/// <summary>Checks devices and opens models: what the composition root hands to those who generate.</summary>
public interface IGeneratorSource
{
    /// <summary>Says which device will be used, before any model is opened.</summary>
    /// <param name="asked">What the user asked for.</param>
    /// <param name="gpuFolder">As in <see cref="GeneratorSettings.GpuFolder"/>.</param>
    /// <returns>Never <see cref="DeviceKind.Auto"/>; with a note where <see cref="DeviceKind.Auto"/> fell back to the CPU.</returns>
    /// <exception cref="GenerationException">A device that was asked for by name cannot be used: says what is missing and what to install.</exception>
    public DeviceChoice Choose(DeviceKind asked, string? gpuFolder);

    /// <summary>Opens a model: checks the files before anything is loaded.</summary>
    /// <param name="settings">Which model, on which device; <see cref="GeneratorSettings.Device"/> as <see cref="Choose"/> said.</param>
    /// <param name="progress">Told of <see cref="GenerationPhase.Load"/> and of warnings.</param>
    /// <param name="cancellation">Ends the opening.</param>
    /// <exception cref="GenerationException">A file is missing, broken, or no SDXL model.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public IGenerator Open(GeneratorSettings settings, IProgress<GenerationEvent> progress, CancellationToken cancellation);
}
