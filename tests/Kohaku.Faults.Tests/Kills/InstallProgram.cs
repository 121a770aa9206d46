using System.Security.Cryptography;
using Kohaku.Generation.Gpu;
using Kohaku.Jobs;

namespace Kohaku.Faults.Tests.Kills;

/// <summary><c>gpu install</c> of a package of the test's own, as a process: the program knows one package alone, by its hash, whose 250 MB no test has.</summary>
internal static class InstallProgram
{
    /// <summary>What is inside a package's folder of native files.</summary>
    public const string Root = "runtimes/linux-x64/native/";

    /// <summary>Its command line; the installation's folder and the package follow.</summary>
    public static string[] Command { get; } = ["dotnet", "exec", typeof(InstallProgram).Assembly.Location];

    public static async Task<int> Main(string[] arguments)
    {
        if (arguments is not [var folder, var package]) return 1;

        try
        {
            var hash = Convert.ToHexStringLower(SHA512.HashData(await File.ReadAllBytesAsync(package)));
            await new GpuInstallation(Path.GetFullPath(folder), new GpuPackage("some.gpu", "1.0.0", hash, Root)).InstallAsync(package, (_, _) => { }, default);
            return 0;
        }
        catch (GenerationException refused)
        {
            await Console.Error.WriteLineAsync($"error: {refused.Message}");
            return 2;
        }
    }
}
