using System.Globalization;
using System.Runtime.InteropServices;
using Kohaku.Generation.Models;
using Kohaku.Workspace;
using Microsoft.ML.OnnxRuntime;

namespace Kohaku.Generation.Runtime;

/// <summary>Which native ONNX Runtime this process uses: the one that ships, or one for graphics cards from a folder. Chosen once, before the first call.</summary>
internal static unsafe class OrtLibrary
{
    /// <summary>The API that the managed part asks for: the minor version. Later libraries have it too.</summary>
    public const int ApiVersion = 31;

    /// <summary>What to do where a folder does not hold it.</summary>
    public const string Help = $"Correct --gpu-library or {GpuFolder.Variable}, or name neither and run kohaku gpu install";

    private static readonly Lock s_gate = new();
    private static readonly string s_file = OperatingSystem.IsWindows() ? "onnxruntime.dll" : OperatingSystem.IsMacOS() ? "libonnxruntime.dylib" : "libonnxruntime.so";
    private static bool s_isChosen;
    private static nint s_handle;

    /// <summary>The folder it comes from; <see langword="null"/> for the one that ships.</summary>
    public static string? Folder { get; private set; }

    /// <summary>Chooses the library that ships, unless one is chosen already.</summary>
    public static void UseAny()
    {
        lock (s_gate) s_isChosen = true;
    }

    /// <summary>Chooses the library in a folder.</summary>
    /// <exception cref="ModelException">It is not there, cannot be loaded, is of another version, or this process uses another one already.</exception>
    public static void Use(string folder)
    {
        lock (s_gate)
        {
            if (s_isChosen && Folder == folder) return;
            if (s_isChosen) throw new ModelException($"ONNX Runtime is loaded already, and not from {folder}", "Start the program again");

            s_handle = Load(Path.Combine(folder, s_file));
            // Only one resolver can be set, and ONNX Runtime would set its own.
            OrtEnv.DisableDllImportResolver = true;
            NativeLibrary.SetDllImportResolver(typeof(OrtEnv).Assembly, static (name, _, _) => Path.GetFileNameWithoutExtension(name) is "onnxruntime" or "libonnxruntime" ? s_handle : 0);
            (s_isChosen, Folder) = (true, folder);
        }
    }

    /// <summary>Loads a library and asks for its version.</summary>
    /// <exception cref="ModelException">It cannot be used.</exception>
    internal static nint Load(string path)
    {
        if (!File.Exists(path)) throw new ModelException($"{path} is missing", Help);

        nint handle;
        try
        {
            handle = NativeLibrary.Load(path);
        }
        catch (Exception refused) when (refused is DllNotFoundException or BadImageFormatException)
        {
            throw new ModelException($"{path} cannot be loaded: {Doctor.MachineReport.Reason(path, refused.Message)}", "Run kohaku gpu remove, then kohaku gpu install", refused);
        }

        if (!NativeLibrary.TryGetExport(handle, "OrtGetApiBase", out var entry)) throw new ModelException($"{path} is not ONNX Runtime", Help);

        // OrtApiBase of onnxruntime_c_api.h. The version first: asked for an API that it has not, an older library writes to standard error itself.
        var table = ((delegate* unmanaged<nint*>)entry)();
        var version = Marshal.PtrToStringUTF8(((delegate* unmanaged<nint>)table[1])()) ?? "";
        var isKnown = Version.TryParse(version, out var number) && (number.Major > 1 || number.Minor >= ApiVersion);
        if (!isKnown || ((delegate* unmanaged<uint, nint>)table[0])(ApiVersion) == 0)
            throw new ModelException(string.Create(CultureInfo.InvariantCulture, $"{path} is ONNX Runtime {version}; version 1.{ApiVersion} is needed"), Help);
        return handle;
    }
}
