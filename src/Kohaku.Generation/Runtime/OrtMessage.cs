using System.Text.RegularExpressions;

namespace Kohaku.Generation.Runtime;

/// <summary>What ONNX Runtime says, as one sentence for people: without its code, the place in its source, and the paths of a loader's error.</summary>
internal static partial class OrtMessage
{
    private const int MostCharacters = 400;
    private const string Doctor = "`kohaku doctor` says what to install";

    /// <summary>A message's fact.</summary>
    public static string Of(string message)
    {
        var text = message.ReplaceLineEndings(" ").Trim();
        if (text.StartsWith("[ErrorCode:", StringComparison.Ordinal) && text.IndexOf(']', StringComparison.Ordinal) is > 0 and var end) text = text[(end + 1)..].Trim();
        if (MissingOf(text) is { } missing) return $"{missing}: {Doctor}";
        if (text.Contains("fallback to CPU EP has been explicitly disabled", StringComparison.Ordinal)) return "ONNX Runtime would give a part of it to the processor";
        if (CardFailure().Match(text) is { Success: true } failure) return failure.Groups["what"].Value;

        text = SourcePlace().Replace(text, "");
        return text.Length <= MostCharacters ? text : text[..MostCharacters] + "…";
    }

    // dlopen's words and those of two generations of ONNX Runtime on Windows.
    private static string? MissingOf(string text)
    {
        if (NotOpened().Match(text) is { Success: true } linux)
        {
            var (library, reason) = (linux.Groups["library"].Value, linux.Groups["reason"].Value);
            return NoSuchFile().Match(reason) is { Success: true } gone ? Missing(library, gone.Groups["needed"].Value) : $"{NameOf(library)} cannot be loaded: {Paths().Replace(reason, "")}";
        }

        if (NotLoaded().Match(text) is { Success: true } windows) return Missing(windows.Groups["library"].Value, windows.Groups["needed"].Value);
        return Error126().Match(text) is { Success: true } older ? $"{NameOf(older.Groups["library"].Value)}, or a library that it needs, is missing" : null;
    }

    private static string Missing(string library, string needed)
    {
        var (name, missing) = (NameOf(library), NameOf(needed));
        return missing.Length == 0 || missing == name ? $"{name} is missing" : $"{missing}, which {name} needs, is missing";
    }

    private static string NameOf(string path) => path[(path.LastIndexOfAny(['/', '\\']) + 1)..];

    [GeneratedRegex("Failed to load library (?<library>.+?) with error: (?<reason>.+)$")]
    private static partial Regex NotOpened();

    [GeneratedRegex("^(?<needed>[^:]+): cannot open shared object file")]
    private static partial Regex NoSuchFile();

    [GeneratedRegex("Error loading \"(?<library>[^\"]+)\" which (?:depends on \"(?<needed>[^\"]+)\" which )?is missing")]
    private static partial Regex NotLoaded();

    [GeneratedRegex("LoadLibrary failed with error 126 .*when trying to load \"(?<library>[^\"]+)\"")]
    private static partial Regex Error126();

    // CUDA failure 100: no CUDA-capable device is detected ; GPU=0 ; hostname=… ; file=… ; line=… ; expr=…
    [GeneratedRegex("(?<what>CU[A-Z]+ failure [^;]*?) ; GPU=")]
    private static partial Regex CardFailure();

    // /onnxruntime_src/…/bfc_arena.cc:376 void* onnxruntime::BFCArena::AllocateRawInternal(size_t, bool) [ONNXRuntimeError] : 1 : FAIL :
    [GeneratedRegex(@"^\S+\.(?:cc|cu|h|cuh):\d+ (?:(?:[^()]*?::~?\w+\([^()]*\)(?: const)?(?: \[with [^\]]*\])?|\S+::\w+) )?(?:\[ONNXRuntimeError\] : \d+ : \w+ : )?")]
    private static partial Regex SourcePlace();

    [GeneratedRegex(@"/\S*/")]
    private static partial Regex Paths();
}
