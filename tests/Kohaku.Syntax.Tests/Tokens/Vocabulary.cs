using Kohaku.Syntax.Tokens;

namespace Kohaku.Syntax.Tests.Tokens;

/// <summary>The shipped vocabulary, made once for all tests.</summary>
internal static class Vocabulary
{
    private static readonly Lazy<byte[]> s_block = new(() => ClipTable.Build(Read("merges.txt"), Read("unicode.tsv"), Read("entities.tsv")));
    private static readonly Lazy<ClipTable> s_table = new(() => new ClipTable(s_block.Value));

    public static byte[] Block => s_block.Value;

    public static ClipTable Table => s_table.Value;

    public static ClipTokenizer Tokenizer() => new(Table);

    public static byte[] Read(string name) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "clip", name));
}
