namespace Kohaku.Architecture.Tests;

/// <summary>Where the source tree is.</summary>
internal static class Repository
{
    /// <summary>The folder of the solution.</summary>
    public static string Root { get; } = Find();

    private static string Find()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
            if (File.Exists(Path.Combine(folder, "KohakuLsp.sln"))) return folder;
        throw new InvalidOperationException("the tests run outside of the source tree");
    }
}
