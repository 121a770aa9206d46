using System.Diagnostics.CodeAnalysis;
namespace Kohaku.Files;
internal static class PngHost { public static bool TryRead(string path, [NotNullWhen(true)] out HostDocument? document, [NotNullWhen(false)] out FileProblem? problem) { document = null; problem = new(path, ""); return false; } }
