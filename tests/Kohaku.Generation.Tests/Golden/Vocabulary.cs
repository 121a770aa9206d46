using Kohaku.Syntax.Tokens;

namespace Kohaku.Generation.Tests.Golden;

/// <summary>CLIP's vocabulary.</summary>
internal static class Vocabulary
{
    private static readonly Lazy<ClipTable> s_table = new(() => new ClipTable(ClipTable.Build(Read("merges.txt"), Read("unicode.tsv"), Read("entities.tsv"))));

    /// <summary>A tokenizer: one per thread.</summary>
    public static ClipTokenizer Tokenizer() => new(s_table.Value);

    private static byte[] Read(string name) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "clip", name));
}
