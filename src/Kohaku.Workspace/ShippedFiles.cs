using System.IO.MemoryMappedFiles;
using Kohaku.Syntax.Tokens;

namespace Kohaku.Workspace;

/// <summary>The files that lie in <c>data/</c> beside the executable.</summary>
public static class ShippedFiles
{
    /// <summary>What to do when one of them is missing or damaged.</summary>
    public const string Remedy = "Install kohaku again: the file ships with it";

    /// <summary>The tokenizer's table inside the data folder.</summary>
    public const string ClipName = "clip.table";

    /// <summary>Maps the tokenizer's table: it stays mapped until the process ends.</summary>
    /// <exception cref="UserException">It is missing or damaged.</exception>
    public static unsafe ClipTable OpenClip()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "data", ClipName);
        try
        {
            using var file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
            var view = file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
            byte* start = null;
            view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
            return new ClipTable(start, view.Capacity);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new UserException($"{path}: {failure.Message}", Remedy);
        }
    }
}
