namespace Kohaku.Tags.Tests;

/// <summary>The shipped facts, read once for all tests.</summary>
internal static class Shipped
{
    private static readonly Lazy<byte[]> FileOnce = new(() => Facts().ToIndex().Build());

    private static readonly Lazy<TagIndex> IndexOnce = new(() => TagIndex.FromBytes(FileOnce.Value));

    public static string FactsFolder => Path.Combine(AppContext.BaseDirectory, "data", "tags");

    public static byte[] File => FileOnce.Value;

    public static TagIndex Index => IndexOnce.Value;

    public static TagLookup Lookup { get; } = new(Index);

    public static TagList Facts() => FactFiles.Read(FactsFolder);
}
