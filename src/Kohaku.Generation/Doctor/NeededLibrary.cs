namespace Kohaku.Generation.Doctor;

/// <summary>A library that an NVIDIA card needs.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="File">The name it is loaded by.</param>
/// <param name="Help">What to install where it is missing.</param>
public sealed record NeededLibrary(string Name, string File, string Help)
{
    private const string Toolkit = "Install the CUDA Toolkit 13, or its runtime libraries alone, and put their folder on the library path";
    private const string Cudnn = "Install cuDNN 9 for CUDA 13, and put its folder on the library path";
    private const string Provider = "Put the files of Microsoft.ML.OnnxRuntime.Gpu of the same version beside kohaku; the program ships with the processor's alone";

    /// <summary>Those of this system, each after those it needs itself.</summary>
    public static IReadOnlyList<NeededLibrary> OfThisSystem { get; } = OperatingSystem.IsWindows()
        ?
        [
            new("driver", "nvcuda.dll", "Install NVIDIA's driver for the card, version 580 or later"),
            new("CUDA runtime", "cudart64_13.dll", Toolkit),
            new("cuBLASLt", "cublasLt64_13.dll", Toolkit),
            new("cuBLAS", "cublas64_13.dll", Toolkit),
            new("cuFFT", "cufft64_12.dll", Toolkit),
            new("cuDNN", "cudnn64_9.dll", Cudnn),
            new("provider", Path.Combine(AppContext.BaseDirectory, "onnxruntime_providers_cuda.dll"), Provider),
        ]
        :
        [
            new("driver", "libcuda.so.1", "Install NVIDIA's driver for the card, version 580 or later; in a container, pass the card through"),
            new("CUDA runtime", "libcudart.so.13", Toolkit),
            new("cuBLASLt", "libcublasLt.so.13", Toolkit),
            new("cuBLAS", "libcublas.so.13", Toolkit),
            new("cuFFT", "libcufft.so.12", Toolkit),
            new("cuRAND", "libcurand.so.10", Toolkit),
            new("cuDNN", "libcudnn.so.9", Cudnn),
            new("provider", Path.Combine(AppContext.BaseDirectory, "libonnxruntime_providers_cuda.so"), Provider),
        ];
}

/// <summary>A library, tried.</summary>
/// <param name="Library">The library.</param>
/// <param name="Problem">Why it could not be loaded; <see langword="null"/> where it was.</param>
public sealed record TriedLibrary(NeededLibrary Library, string? Problem);
