namespace Kohaku.Syntax.Tokens;

/// <summary>Makes the Unicode parts of a <see cref="ClipTable"/> from the lines of <c>unicode.tsv</c>.</summary>
internal static class UnicodeSections
{
    private const int BlockLength = 128;

    public static void Add(List<string> lines, byte[][] sections)
    {
        var traits = new UnicodeTraits[0x110000];
        var decompositions = new SortedDictionary<uint, uint[]>();
        var compositions = new SortedDictionary<ulong, uint>();
        var widths = new ushort[0xF0 * 2];
        foreach (var line in lines)
        {
            if (line.StartsWith('#')) continue;

            var parts = line.Split('\t');
            switch (parts)
            {
                case ["decompose", var point, var text]:
                    var decomposed = ClipTableBuilder.Point(point, line);
                    decompositions.Add(decomposed, Points(text, line));
                    traits[decomposed] |= UnicodeTraits.Decomposes;
                    break;
                case ["compose", var pair, var point] when Points(pair, line) is [var first, var second]:
                    compositions.Add(((ulong)first << 32) | second, ClipTableBuilder.Point(point, line));
                    traits[second] |= UnicodeTraits.Composes;
                    break;
                case ["order", var range, var rank] when byte.TryParse(rank, out var order) && order <= (int)UnicodeTraits.Order:
                    Mark(traits, range, (UnicodeTraits)order, line);
                    break;
                case ["cased", var range]:
                    Mark(traits, range, UnicodeTraits.Cased, line);
                    break;
                case ["case-ignorable", var range]:
                    Mark(traits, range, UnicodeTraits.CaseIgnorable, line);
                    break;
                case ["width", var point, var text] when ClipTableBuilder.Point(point, line) is >= 0xFF00 and < 0xFFF0 and var wide:
                    var plain = Points(text, line);
                    for (var i = 0; i < plain.Length; i++) widths[((wide - 0xFF00) * 2) + i] = checked((ushort)plain[i]);
                    break;
                default:
                    throw ClipTableBuilder.Wrong(line);
            }
        }

        // Hangul composes by arithmetic: vowels and trailing consonants.
        Mark(traits, "1161-1175", UnicodeTraits.Composes, "Hangul");
        Mark(traits, "11A8-11C2", UnicodeTraits.Composes, "Hangul");

        AddTraits(traits, sections);
        AddDecompositions(decompositions, sections);
        sections[(int)ClipSection.CompositionKeys] = ClipTableBuilder.Bytes<ulong>(compositions.Keys.ToArray());
        sections[(int)ClipSection.CompositionValues] = ClipTableBuilder.Bytes<uint>(compositions.Values.ToArray());
        sections[(int)ClipSection.PlainWidths] = ClipTableBuilder.Bytes<ushort>(widths);
    }

    private static void AddTraits(UnicodeTraits[] traits, byte[][] sections)
    {
        var numbers = new ushort[traits.Length / BlockLength];
        var known = new Dictionary<string, ushort>(StringComparer.Ordinal);
        var blocks = new List<ushort>();
        for (var i = 0; i < numbers.Length; i++)
        {
            var block = traits.AsSpan(i * BlockLength, BlockLength).ToArray().Select(trait => (ushort)trait).ToArray();
            var key = string.Join(',', block);
            if (!known.TryGetValue(key, out var number))
            {
                number = (ushort)known.Count;
                known.Add(key, number);
                blocks.AddRange(block);
            }

            numbers[i] = number;
        }

        sections[(int)ClipSection.TraitBlocks] = ClipTableBuilder.Bytes<ushort>(numbers);
        sections[(int)ClipSection.Traits] = ClipTableBuilder.Bytes<ushort>(blocks.ToArray());
    }

    private static void AddDecompositions(SortedDictionary<uint, uint[]> decompositions, byte[][] sections)
    {
        var offsets = new List<int> { 0 };
        var points = new List<uint>();
        foreach (var decomposition in decompositions.Values)
        {
            points.AddRange(decomposition);
            offsets.Add(points.Count);
        }

        sections[(int)ClipSection.DecompositionKeys] = ClipTableBuilder.Bytes<uint>(decompositions.Keys.ToArray());
        sections[(int)ClipSection.DecompositionOffsets] = ClipTableBuilder.Bytes<int>(offsets.ToArray());
        sections[(int)ClipSection.DecompositionPoints] = ClipTableBuilder.Bytes<uint>(points.ToArray());
    }

    private static uint[] Points(string text, string line) => text.Split(' ').Select(hex => ClipTableBuilder.Point(hex, line)).ToArray();

    private static void Mark(UnicodeTraits[] traits, string range, UnicodeTraits trait, string line)
    {
        var ends = range.Split('-');
        var last = ClipTableBuilder.Point(ends[^1], line);
        for (var point = ClipTableBuilder.Point(ends[0], line); point <= last; point++) traits[point] |= trait;
    }
}
