using Kohaku.Analysis.Configuration;
using Kohaku.Jobs;

namespace Kohaku.Cli.Generating;

/// <summary>A command line of <c>kohaku generate</c>, read.</summary>
internal sealed record GenerateOrder
{
    /// <summary>The file, <c>-</c> for standard input, or null.</summary>
    public string? File { get; init; }

    /// <summary>A prompt in place of a file.</summary>
    public string? Prompt { get; init; }

    /// <summary>A negative prompt that goes before the file's.</summary>
    public string? Negative { get; init; }

    /// <summary>Which prompt of the file, from 1; null for all.</summary>
    public int? Index { get; init; }

    /// <summary>The model's file or folder.</summary>
    public string? Model { get; init; }

    /// <summary>A VAE in place of the model's own.</summary>
    public string? Vae { get; init; }

    /// <summary>Folders with networks.</summary>
    public required IReadOnlyList<string> LoraFolders { get; init; }

    /// <summary>In what precision.</summary>
    public required Precision Precision { get; init; }

    /// <summary>On what device.</summary>
    public required DeviceKind Device { get; init; }

    /// <summary>The folder with ONNX Runtime for graphics cards, as written; or null.</summary>
    public string? GpuLibrary { get; init; }

    /// <summary>A PNG file or a folder; null for the usual place.</summary>
    public string? Output { get; init; }

    /// <summary>What decides the images.</summary>
    public required GenerationOptions Options { get; init; }

    /// <summary>The configuration that was named, absolute; or null.</summary>
    public string? Configuration { get; init; }

    /// <summary>What the command line says over configurations.</summary>
    public required ConfigurationLayer Layer { get; init; }

    /// <summary>With the configured model, and the VAE that goes with it, where none is named.</summary>
    public GenerateOrder Over(Settings settings) => Model is not null ? this : this with { Model = settings.Model, Vae = Vae ?? settings.Vae };

    /// <summary>The file's name without folder and extension, or the beginning of the prompt: what images are called.</summary>
    public string Title => Prompt ?? (File is null or "-" ? "" : Path.GetFileName(File));
}
