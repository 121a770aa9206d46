using System.Runtime.CompilerServices;
using Kohaku.Faults.Tests.Harness;

// Moments are measured, and a disk that is full is one process's own: one test at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Kohaku.Faults.Tests.Harness;

internal static class Start
{
    /// <summary>The client of the language server finds the native program by its own variable.</summary>
    [ModuleInitializer]
    internal static void UseTheNativeProgram() => Environment.SetEnvironmentVariable("KOHAKU_LSP", KohakuProgram.Native);
}
