namespace Kohaku.Syntax.Tokens;

/// <summary>Canonical composition (NFC, Unicode Standard Annex 15) over the table's own Unicode facts: the runtime's need ICU, which the program leaves out.</summary>
internal sealed class CanonicalComposer(ClipTable table)
{
    private const int Kept = 1 << 16;
    private const uint LeadBase = 0x1100, LeadCount = 19, VowelBase = 0x1161, VowelCount = 21, TrailBase = 0x11A7, TrailCount = 28, SyllableBase = 0xAC00;
    private const uint SyllableCount = LeadCount * VowelCount * TrailCount;

    private uint[] _points = [];
    private int[] _offsets = [];
    private byte[] _orders = [];
    private int _count;

    /// <summary>What is known of a code point.</summary>
    public UnicodeTraits Traits(uint point)
    {
        if (point > 0x10FFFF) return UnicodeTraits.None;

        var block = table.Span<ushort>(ClipSection.TraitBlocks)[(int)(point >> 7)];
        return (UnicodeTraits)table.Span<ushort>(ClipSection.Traits)[(block << 7) | (int)(point & 0x7F)];
    }

    /// <summary>Composes a text. Lone surrogates become U+FFFD.</summary>
    /// <returns>Whether anything was there to be done; if not, <paramref name="target"/> is not touched.</returns>
    public bool Compose(MappedText source, MappedText target)
    {
        if (IsInert(source.Chars)) return false;

        Decompose(source);
        Reorder();
        Compose();
        target.Clear();
        for (var i = 0; i < _count; i++) target.AddPoint(_points[i], _offsets[i]);
        if (_points.Length > Kept) (_points, _offsets, _orders) = ([], [], []);
        return !target.Chars.SequenceEqual(source.Chars);
    }

    /// <summary>The code point at a place, U+FFFD for a lone surrogate, and its length in units.</summary>
    public static uint PointAt(ReadOnlySpan<char> text, int at, out int length)
    {
        length = 1;
        var unit = text[at];
        if (!char.IsSurrogate(unit)) return unit;

        if (!char.IsHighSurrogate(unit) || at + 1 >= text.Length || !char.IsLowSurrogate(text[at + 1])) return 0xFFFD;

        length = 2;
        return (uint)char.ConvertToUtf32(unit, text[at + 1]);
    }

    private bool IsInert(ReadOnlySpan<char> text)
    {
        for (var at = 0; at < text.Length;)
        {
            // All below U+0300 is composed and combines with nothing.
            if (text[at] < '\u0300')
            {
                at++;
                continue;
            }

            var point = PointAt(text, at, out var length);
            if ((Traits(point) & UnicodeTraits.Normalization) != 0 || (point == 0xFFFD && text[at] != 0xFFFD)) return false;

            at += length;
        }

        return true;
    }

    private void Decompose(MappedText source)
    {
        var keys = table.Span<uint>(ClipSection.DecompositionKeys);
        var offsets = table.Span<int>(ClipSection.DecompositionOffsets);
        var parts = table.Span<uint>(ClipSection.DecompositionPoints);
        var chars = source.Chars;
        _count = 0;
        for (var at = 0; at < chars.Length;)
        {
            var point = PointAt(chars, at, out var length);
            var traits = Traits(point);
            if ((traits & UnicodeTraits.Decomposes) == 0)
            {
                Add(point, source.Offsets[at], traits);
            }
            else
            {
                var index = keys.BinarySearch(point);
                foreach (var part in parts[offsets[index]..offsets[index + 1]]) Add(part, source.Offsets[at], Traits(part));
            }

            at += length;
        }
    }

    private void Add(uint point, int offset, UnicodeTraits traits)
    {
        if (_count == _points.Length)
        {
            var room = int.Max(256, _count * 2);
            Array.Resize(ref _points, room);
            Array.Resize(ref _offsets, room);
            Array.Resize(ref _orders, room);
        }

        _points[_count] = point;
        _offsets[_count] = offset;
        _orders[_count++] = (byte)(traits & UnicodeTraits.Order);
    }

    /// <summary>Puts the marks behind each starter in their canonical order, equals staying as they stand.</summary>
    private void Reorder()
    {
        for (var start = 0; start < _count;)
        {
            if (_orders[start] == 0)
            {
                start++;
                continue;
            }

            var end = start + 1;
            var sorted = true;
            for (; end < _count && _orders[end] != 0; end++) sorted &= _orders[end - 1] <= _orders[end];
            if (!sorted) Sort(start, end);
            start = end;
        }
    }

    // Offsets stay where they are: those of a text grow.
    private void Sort(int start, int end)
    {
        var keys = new ulong[end - start];
        var points = _points[start..end];
        for (var i = 0; i < keys.Length; i++) keys[i] = ((ulong)_orders[start + i] << 32) | (uint)i;
        Array.Sort(keys);
        for (var i = 0; i < keys.Length; i++)
        {
            _points[start + i] = points[(int)(uint)keys[i]];
            _orders[start + i] = (byte)(keys[i] >> 32);
        }
    }

    private void Compose()
    {
        var starter = -1;
        var last = 0;
        var written = 0;
        for (var i = 0; i < _count; i++)
        {
            var order = _orders[i];
            // What lies between must be of a lower class: otherwise it blocks.
            if (starter >= 0 && (written - 1 == starter || last < order) && Pair(_points[starter], _points[i]) is var composed and not 0)
            {
                _points[starter] = composed;
                continue;
            }

            if (order == 0) starter = written;
            last = order;
            _points[written] = _points[i];
            _offsets[written] = _offsets[i];
            _orders[written++] = order;
        }

        _count = written;
    }

    private uint Pair(uint first, uint second)
    {
        if (first - LeadBase < LeadCount && second - VowelBase < VowelCount)
        {
            return SyllableBase + ((((first - LeadBase) * VowelCount) + second - VowelBase) * TrailCount);
        }

        if (first - SyllableBase < SyllableCount && (first - SyllableBase) % TrailCount == 0 && second - TrailBase - 1 < TrailCount - 1)
        {
            return first + second - TrailBase;
        }

        var index = table.Span<ulong>(ClipSection.CompositionKeys).BinarySearch(((ulong)first << 32) | second);
        return index < 0 ? 0 : table.Span<uint>(ClipSection.CompositionValues)[index];
    }
}
