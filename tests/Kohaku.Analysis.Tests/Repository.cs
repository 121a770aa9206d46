using System.Text;

namespace Kohaku.Analysis.Tests;

/// <summary>Files of the source tree that tests hold against what the program makes.</summary>
internal static class Repository
{
    private const string Accept = "KOHAKU_ACCEPT";

    /// <summary>The top of the source tree.</summary>
    public static string Root { get; } = FindRoot();

    public static string Read(string path) => File.ReadAllText(PathOf(path));

    public static string PathOf(string path) => Path.Combine(Root, path);

    /// <summary>Fails where a generated file is not what the program would make now; with KOHAKU_ACCEPT=1 it is written instead.</summary>
    public static void IsCurrent(string path, string generated) => IsCurrent(path, Encoding.UTF8.GetBytes(generated));

    /// <inheritdoc cref="IsCurrent(string, string)"/>
    public static void IsCurrent(string path, byte[] generated)
    {
        if (Environment.GetEnvironmentVariable(Accept) == "1")
        {
            var full = PathOf(path);
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            using var file = File.Create(full);
            file.Write(generated);
            return;
        }

        Assert.True(File.ReadAllBytes(PathOf(path)).AsSpan().SequenceEqual(generated), $"{path} is stale; run the tests with {Accept}=1 to write it anew");
    }

    private static string FindRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory!.FullName, "KohakuLsp.sln"))) directory = directory.Parent;
        return directory.FullName;
    }
}
