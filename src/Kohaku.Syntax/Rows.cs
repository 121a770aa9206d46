using System.Runtime.CompilerServices;

namespace Kohaku.Syntax;

/// <summary>A growing table that keeps its storage when it is cleared, so that parsing the next text allocates nothing.</summary>
internal struct Rows<T>
    where T : struct
{
    private T[] _items;
    private int _count;

    public readonly int Count => _count;

    public readonly Span<T> Span => _items.AsSpan(0, _count);

    public readonly ref T this[int index] => ref _items[index];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref T Add()
    {
        if (_items is null || _count == _items.Length) Grow();
        ref var slot = ref _items![_count++];
        slot = default;
        return ref slot;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(in T item) => Add() = item;

    public void Clear() => _count = 0;

    public void RemoveLast() => _count--;

    /// <summary>Gives back storage that one huge text left behind.</summary>
    public void TrimTo(int capacity)
    {
        if (_items is not null && _items.Length > capacity && _count <= capacity) Array.Resize(ref _items, capacity);
    }

    private void Grow() => Array.Resize(ref _items, _items is null || _items.Length == 0 ? 16 : _items.Length * 2);
}
