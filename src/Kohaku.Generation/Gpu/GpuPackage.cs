namespace Kohaku.Generation.Gpu;

/// <summary>A NuGet package with ONNX Runtime for graphics cards.</summary>
/// <param name="Id">Its name, in lower case as the protocol wants it.</param>
/// <param name="Version">Its version.</param>
/// <param name="Sha512">The hash of the whole file, in lower-case hexadecimal: the bytes are decided here, not by who serves them.</param>
/// <param name="Root">The folder inside it with the native files.</param>
internal sealed record GpuPackage(string Id, string Version, string Sha512, string Root)
{
    /// <summary>The one of this system; <see langword="null"/> where there is none.</summary>
    public static GpuPackage? OfThisSystem { get; } =
        System.Runtime.InteropServices.RuntimeInformation.OSArchitecture != System.Runtime.InteropServices.Architecture.X64 ? null
        : OperatingSystem.IsLinux() ? new("microsoft.ml.onnxruntime.gpu.linux", Workspace.GpuFolder.Version, LinuxHash, "runtimes/linux-x64/native/")
        : OperatingSystem.IsWindows() ? new("microsoft.ml.onnxruntime.gpu.windows", Workspace.GpuFolder.Version, WindowsHash, "runtimes/win-x64/native/")
        : null;

    // TensorRT's provider is left out: it needs libraries of its own, and nothing here uses it.
    private const string LinuxHash = "7198646affb3334e7cdaa81d4bf419509e6075fd5911d60efec4f345524aca24c59671cd63933fd2cb0a1a401a9b7fe6554716f17baab0ca637c20460f7bf49d";
    private const string WindowsHash = "1cbf59be5b2d7d909f724ddad0c5104f42ca226217efea52b25de116ec58efdf5caf2f93eb9ff64a208149a8f33d68216fed1f5ebfac80d9fb8e2d0fd264b640";

    /// <summary>The file's name, as sources and folders have it.</summary>
    public string FileName => $"{Id}.{Version}.nupkg";

    /// <summary>Whether an entry is a native library that is wanted: directly in the folder of native files, which also rules out names that climb out of it.</summary>
    public bool IsWanted(string entry)
    {
        if (!entry.StartsWith(Root, StringComparison.Ordinal)) return false;

        var name = entry[Root.Length..];
        return name.Length > 0 && name.AsSpan().IndexOfAny("/\\:") < 0 && name is not (".." or ".")
            && (name.EndsWith(".so", StringComparison.Ordinal) || name.EndsWith(".dll", StringComparison.Ordinal)) && !name.Contains("tensorrt", StringComparison.Ordinal);
    }
}
