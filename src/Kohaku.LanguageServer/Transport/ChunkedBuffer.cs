using System.Buffers;
using System.Text;

namespace Kohaku.LanguageServer.Transport;

/// <summary>Takes a message whose length is not known before: in pieces, so that a long one is never copied to grow.</summary>
/// <remarks>Pieces are used again for the next message, since the findings of 1 MB are 19 MB, written after every key; <see cref="Trim"/> gives them back.</remarks>
internal sealed class ChunkedBuffer : IBufferWriter<byte>
{
    private const int FirstSize = 64 * 1024;
    private const int ChunkSize = 256 * 1024;
    private const int HeaderRoom = 64;

    private readonly List<(byte[] Bytes, int Used)> _full = [];
    private readonly Stack<byte[]> _spare = [];
    private byte[] _current = new byte[FirstSize];
    private int _used = HeaderRoom;
    private int _before;

    /// <summary>Bytes written.</summary>
    public int Length => _before + _used - HeaderRoom;

    /// <inheritdoc/>
    public void Advance(int count) => _used += count;

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        if (_current.Length - _used < Math.Max(1, sizeHint)) Next(sizeHint);
        return _current.AsMemory(_used);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    /// <summary>Writes everything to a stream, behind a header, and begins anew.</summary>
    /// <param name="header">At most 64 ASCII characters: in one write with what follows, since each write wakes the reader.</param>
    /// <param name="output">Takes it.</param>
    /// <param name="cancellation">Stops.</param>
    public async ValueTask DrainAsync(string header, Stream output, CancellationToken cancellation)
    {
        var start = HeaderRoom - header.Length;
        Encoding.ASCII.GetBytes(header, (_full.Count > 0 ? _full[0].Bytes : _current).AsSpan(start));
        foreach (var (bytes, used) in _full)
        {
            await output.WriteAsync(bytes.AsMemory(start, used - start), cancellation).ConfigureAwait(false);
            start = 0;
        }

        await output.WriteAsync(_current.AsMemory(start, _used - start), cancellation).ConfigureAwait(false);
        Clear();
    }

    /// <summary>Forgets what was written.</summary>
    public void Clear()
    {
        if (_full.Count > 0)
        {
            Keep(_current);
            for (var i = _full.Count - 1; i > 0; i--) Keep(_full[i].Bytes);
            _current = _full[0].Bytes;
            _full.Clear();
        }

        (_used, _before) = (HeaderRoom, 0);
    }

    /// <summary>Gives back what no message holds; from any thread.</summary>
    public void Trim()
    {
        lock (_spare) _spare.Clear();
    }

    // What a single long value asked for is left to the collector.
    private void Keep(byte[] chunk)
    {
        if (chunk.Length != ChunkSize) return;
        lock (_spare) _spare.Push(chunk);
    }

    private void Next(int sizeHint)
    {
        _full.Add((_current, _used));
        _before += _used;
        _used = 0;
        _current = Chunk(sizeHint);
    }

    private byte[] Chunk(int sizeHint)
    {
        if (sizeHint > ChunkSize) return new byte[sizeHint];
        lock (_spare) return _spare.TryPop(out var spare) ? spare : new byte[ChunkSize];
    }
}
