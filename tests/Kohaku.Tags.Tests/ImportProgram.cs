namespace Kohaku.Tags.Tests;

/// <summary>What the tests start as a process of its own: an import that says each phase on standard output.</summary>
internal static class ImportProgram
{
    public static int Main(string[] arguments)
    {
        if (arguments is not ["import", var folder, var shipped, var list])
        {
            return 2;
        }

        using var output = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
        var told = new Told(progress => output.Write($"{progress.Phase}\n"));
        try
        {
            new TagStore(folder, shipped).Import(TagLists.Read(list, told), ImportMode.Merge, null, told);
            output.Write("done\n");
            return 0;
        }
        catch (TagDataException error)
        {
            output.Write(error.Message + "\n");
            return 1;
        }
    }
}
