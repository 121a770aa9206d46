using System.Text;

namespace Kohaku.LanguageServer.Tests;

/// <summary>Files of a test's workspace.</summary>
internal static class Files
{
    /// <summary>Writes a file, with the folders above it.</summary>
    public static void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var file = File.Create(path);
        file.Write(Encoding.UTF8.GetBytes(text));
    }
}
