using System.Runtime.InteropServices;
using SharpFuzz;
using SharpFuzz.Common;

namespace Kohaku.Fuzzing.Engine;

/// <summary>How often each branch of the instrumented assemblies was taken.</summary>
internal sealed unsafe class Coverage
{
    private const int Size = 1 << 16;

    private static readonly byte[] s_steps = Steps();

    private readonly byte[] _seen = new byte[Size];

    /// <summary>Counts from now on.</summary>
    public Coverage() => Prepare();

    /// <summary>Branches seen so far.</summary>
    public int Edges { get; private set; }

    /// <summary>Whether the program's assemblies here count their branches.</summary>
    public static bool IsThere => typeof(Syntax.SyntaxTree).Assembly.GetReferencedAssemblies().Any(name => name.Name == "SharpFuzz.Common");

    /// <summary>Gives the instrumented assemblies something to count in; before any of their code runs.</summary>
    public static void Prepare()
    {
        if (s_memory == null) s_memory = (byte*)NativeMemory.AllocZeroed(Size);
        Trace.SharedMem = s_memory;
    }

    /// <summary>Changes assemblies so that they count the branches they take.</summary>
    /// <param name="folder">Where they lie.</param>
    /// <returns>Their names.</returns>
    public static IEnumerable<string> Instrument(string folder)
    {
        foreach (var path in Directory.GetFiles(folder, "Kohaku.*.dll").Where(path => !Path.GetFileName(path).StartsWith("Kohaku.Fuzzing", StringComparison.Ordinal)))
        {
            Fuzzer.Instrument(path, _ => true, SharpFuzz.Options.Value);
            yield return Path.GetFileName(path);
        }
    }

    /// <summary>Forgets the counts of the input before.</summary>
    public static void Clear()
    {
        new Span<byte>(s_memory, Size).Clear();
        Trace.PrevLocation = 0;
    }

    /// <summary>Whether the last input took a branch that none took before, or took one more often.</summary>
    public bool IsNew()
    {
        var isNew = false;
        var words = new ReadOnlySpan<ulong>(s_memory, Size / sizeof(ulong));
        for (var word = 0; word < words.Length; word++)
        {
            if (words[word] == 0) continue;

            for (var at = word * sizeof(ulong); at < (word + 1) * sizeof(ulong); at++)
            {
                var step = s_steps[s_memory[at]];
                if ((step & ~_seen[at]) == 0) continue;

                if (_seen[at] == 0) Edges++;
                _seen[at] |= step;
                isNew = true;
            }
        }

        return isNew;
    }

    private static byte* s_memory;

    // 1, 2, 3, 4–7, 8–15, 16–31, 32–127, 128 and more: one bit each.
    private static byte[] Steps()
    {
        var steps = new byte[256];
        for (var count = 1; count < 256; count++)
        {
            var bit = count switch { 1 => 0, 2 => 1, 3 => 2, < 8 => 3, < 16 => 4, < 32 => 5, < 128 => 6, _ => 7 };
            steps[count] = (byte)(1 << bit);
        }

        return steps;
    }
}
