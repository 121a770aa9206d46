namespace Kohaku.Generation.Doctor;

/// <summary>A library that an NVIDIA card needs.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="File">The name it is loaded by; ONNX Runtime's own with their path.</param>
/// <param name="Help">What to install where it is missing.</param>
public sealed record NeededLibrary(string Name, string File, string Help)
{
    private const string Toolkit = "Install the CUDA Toolkit 13, or its runtime libraries alone, and put their folder on the library path";
    private const string Cudnn = "Install cuDNN 9 for CUDA 13, and put its folder on the library path";
    private const string Provider = "Run kohaku gpu install, which fetches Microsoft.ML.OnnxRuntime.Gpu";

    /// <summary>Those of this system, each after those it needs itself: what the CUDA provider of ONNX Runtime 1.31.0 imports, and cuDNN, which it loads by itself. cuFFT is needed by Fourier transforms alone, which no model here has.</summary>
    /// <param name="folder">Where ONNX Runtime for graphics cards lies.</param>
    public static IReadOnlyList<NeededLibrary> In(string folder) => OperatingSystem.IsWindows()
        ?
        [
            new("driver", "nvcuda.dll", "Install NVIDIA's driver for the card, version 580 or later"),
            new("cuBLASLt", "cublasLt64_13.dll", Toolkit),
            new("cuBLAS", "cublas64_13.dll", Toolkit),
            new("cuDNN", "cudnn64_9.dll", Cudnn),
            new("provider", Path.Combine(folder, "onnxruntime_providers_cuda.dll"), Provider),
            new("its bridge", Path.Combine(folder, "onnxruntime_providers_shared.dll"), Provider),
        ]
        :
        [
            new("driver", "libcuda.so.1", "Install NVIDIA's driver for the card, version 580 or later; in a container, pass the card through"),
            new("CUDA runtime", "libcudart.so.13", Toolkit),
            new("cuBLASLt", "libcublasLt.so.13", Toolkit),
            new("cuBLAS", "libcublas.so.13", Toolkit),
            new("cuRAND", "libcurand.so.10", Toolkit),
            new("cuDNN", "libcudnn.so.9", Cudnn),
            new("provider", Path.Combine(folder, "libonnxruntime_providers_cuda.so"), Provider),
            new("its bridge", Path.Combine(folder, "libonnxruntime_providers_shared.so"), Provider),
        ];

    /// <summary>The first that cannot be loaded.</summary>
    /// <param name="folder">Where ONNX Runtime for graphics cards lies.</param>
    /// <param name="load">Tries to load a library; gives why it could not, or <see langword="null"/>.</param>
    public static TriedLibrary? FirstMissing(string folder, Func<string, string?> load) =>
        In(folder).Select(library => new TriedLibrary(library, load(library.File))).FirstOrDefault(tried => tried.Problem is not null);
}

/// <summary>A library, tried.</summary>
/// <param name="Library">The library.</param>
/// <param name="Problem">Why it could not be loaded; <see langword="null"/> where it was.</param>
public sealed record TriedLibrary(NeededLibrary Library, string? Problem);
