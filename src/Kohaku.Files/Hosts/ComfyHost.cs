namespace Kohaku.Files;
internal static class ComfyHost { public static HostDocument? Open(TextFile file, InputKind kind, out FileProblem? problem) { problem = new(file.Path, ""); return null; } }
