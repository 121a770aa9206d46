using System.Diagnostics;
using System.Globalization;
using Kohaku.Faults.Tests.Harness;

namespace Kohaku.Faults.Tests.Disk;

/// <summary>
/// Environments in which the calls that change files below a folder fail, or end the process: <c>faulty-disk.c</c>, compiled here and preloaded. A file system of one's own
/// would take rights that a container mostly has not; and this one is full at any byte.
/// </summary>
internal static class FaultyDisk
{
    public const int NoSpace = 28;
    public const int OverQuota = 122;
    public const int ReadOnly = 30;
    public const int NoRight = 13;
    public const int Broken = 5;

    private static readonly Lazy<string> Library = new(Compile);

    /// <summary>The process is killed before its n-th change.</summary>
    public static Dictionary<string, string> KillBefore(Scratch scratch, int step) => Of(scratch.Root, ("FAULT_KILL", Text(step)));

    /// <summary>The first process that comes so far below a folder is killed before its n-th change, and no other.</summary>
    public static Dictionary<string, string> KillOnce(string folder, int step, string mark)
    {
        Scratch.Put(mark, []);
        return Of(folder, ("FAULT_KILL", Text(step)), ("FAULT_ONCE", mark));
    }

    /// <summary>Only so many bytes can still be written.</summary>
    public static Dictionary<string, string> Full(Scratch scratch, long bytes, int error = NoSpace) =>
        Of(scratch.Root, ("FAULT_ERRNO", Text(error)), ("FAULT_BYTES", Text(bytes)));

    /// <summary>Nothing can be changed.</summary>
    public static Dictionary<string, string> Refusing(Scratch scratch, int error) => Of(scratch.Root, ("FAULT_ERRNO", Text(error)));

    /// <summary>How many changes a run makes.</summary>
    public static int Count(Scratch scratch, Action<IReadOnlyDictionary<string, string>> run)
    {
        var told = Path.GetTempFileName();
        try
        {
            run(Of(scratch.Root, ("FAULT_COUNT", told)));
            return int.Parse(File.ReadAllText(told), CultureInfo.InvariantCulture);
        }
        finally
        {
            File.Delete(told);
        }
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static Dictionary<string, string> Of(string folder, params (string Name, string Value)[] variables)
    {
        var all = variables.ToDictionary(variable => variable.Name, variable => variable.Value, StringComparer.Ordinal);
        (all["LD_PRELOAD"], all["FAULT_FOLDER"]) = (Library.Value, folder);
        return all;
    }

    // Building kohaku natively takes a C compiler, so one is there.
    private static string Compile()
    {
        var folder = Directory.CreateTempSubdirectory("kohaku-disk-");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Delete(recursive: true);
        var library = Path.Combine(folder.FullName, "faulty-disk.so");
        var source = Path.Combine(AppContext.BaseDirectory, "Disk", "faulty-disk.c");
        var compiler = File.Exists("/usr/bin/cc") ? "cc" : File.Exists("/usr/bin/gcc") ? "gcc" : "clang";
        using var compile = Process.Start(compiler, ["-shared", "-fPIC", "-O1", "-Wall", "-Werror", "-o", library, source, "-ldl", "-lpthread"]);
        compile.WaitForExit();
        Assert.Equal(0, compile.ExitCode);
        return library;
    }
}
