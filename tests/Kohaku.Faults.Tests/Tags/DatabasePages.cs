using System.Buffers.Binary;

namespace Kohaku.Faults.Tests.Tags;

/// <summary>The kinds of pages of a SQLite file (https://sqlite.org/fileformat2.html), by what stands on them and what leads to them.</summary>
internal static class DatabasePages
{
    /// <summary>What each kind of page is called, and the numbers, from 1, of those of its kind.</summary>
    public static SortedDictionary<string, List<int>> ByKind(ReadOnlySpan<byte> file)
    {
        var size = SizeOf(file);
        var kinds = new SortedDictionary<string, List<int>>(StringComparer.Ordinal);
        var free = Free(file, size);
        var isVacuumed = BinaryPrimitives.ReadUInt32BigEndian(file[52..]) != 0;
        for (var page = 1; page <= file.Length / size; page++)
        {
            var kind = page == 1 ? "header"
                : isVacuumed && (page - 2) % ((size / 5) + 1) == 0 ? "pointer map"
                : free.Contains(page) ? "freelist"
                : file[(page - 1) * size] switch { 2 => "interior index", 5 => "interior table", 10 => "leaf index", 13 => "leaf table", _ => "overflow" };
            if (!kinds.TryGetValue(kind, out var pages)) kinds[kind] = pages = [];
            pages.Add(page);
        }

        return kinds;
    }

    /// <summary>The size of a page.</summary>
    public static int SizeOf(ReadOnlySpan<byte> file) => BinaryPrimitives.ReadUInt16BigEndian(file[16..]) is var size && size == 1 ? 65536 : size;

    private static HashSet<int> Free(ReadOnlySpan<byte> file, int size)
    {
        var free = new HashSet<int>();
        for (var trunk = (int)BinaryPrimitives.ReadUInt32BigEndian(file[32..]); trunk != 0;)
        {
            free.Add(trunk);
            var page = file.Slice((trunk - 1) * size, size);
            var leaves = (int)BinaryPrimitives.ReadUInt32BigEndian(page[4..]);
            for (var leaf = 0; leaf < leaves; leaf++) free.Add((int)BinaryPrimitives.ReadUInt32BigEndian(page[(8 + (4 * leaf))..]));
            trunk = (int)BinaryPrimitives.ReadUInt32BigEndian(page);
        }

        return free;
    }
}
