namespace Kohaku.Fuzzing.Engine;

/// <summary>The small inputs in <c>Seeds/</c>, by folder: they lie in the assembly, so that a run needs no other file.</summary>
internal static class Corpus
{
    /// <summary>The seeds of a folder.</summary>
    public static IEnumerable<byte[]> Of(string folder)
    {
        var assembly = typeof(Corpus).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(folder + "/", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            yield return bytes;
        }
    }
}
