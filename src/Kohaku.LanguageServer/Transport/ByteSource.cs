using System.Text;

namespace Kohaku.LanguageServer.Transport;

/// <summary>Bytes of a stream, by line and by count.</summary>
internal sealed class ByteSource(Stream stream)
{
    // No header is as long: what goes on longer is no header, and its beginning is not worth keeping.
    private const int LongestLine = 4096;

    private readonly byte[] _buffer = new byte[32 * 1024];
    private readonly StringBuilder _line = new();
    private int _at;
    private int _end;

    /// <summary>The next line without its end, LF or CR LF; null at the stream's end.</summary>
    public async ValueTask<string?> ReadLineAsync(CancellationToken cancellation)
    {
        _line.Clear();
        while (_at < _end || await FillAsync(cancellation).ConfigureAwait(false))
        {
            var length = _buffer.AsSpan(_at, _end - _at).IndexOf((byte)'\n');
            var taken = length < 0 ? _end - _at : length;
            if (_line.Length + taken <= LongestLine) _line.Append(Encoding.Latin1.GetString(_buffer, _at, taken));
            _at += taken;
            if (length < 0) continue;

            _at++;
            return _line.ToString().TrimEnd('\r');
        }

        return null;
    }

    /// <summary>So many bytes; null where the stream ends before.</summary>
    public async ValueTask<byte[]?> ReadAsync(int count, CancellationToken cancellation)
    {
        var bytes = new byte[count];
        var have = Math.Min(count, _end - _at);
        _buffer.AsSpan(_at, have).CopyTo(bytes);
        _at += have;
        while (have < count)
        {
            var read = await stream.ReadAsync(bytes.AsMemory(have), cancellation).ConfigureAwait(false);
            if (read == 0) return null;
            have += read;
        }

        return bytes;
    }

    /// <summary>Passes bytes over; false where the stream ends before.</summary>
    public async ValueTask<bool> SkipAsync(long count, CancellationToken cancellation)
    {
        while (count > 0)
        {
            if (_at == _end && !await FillAsync(cancellation).ConfigureAwait(false)) return false;
            var taken = (int)Math.Min(count, _end - _at);
            _at += taken;
            count -= taken;
        }

        return true;
    }

    private async ValueTask<bool> FillAsync(CancellationToken cancellation)
    {
        _at = 0;
        _end = await stream.ReadAsync(_buffer, cancellation).ConfigureAwait(false);
        return _end > 0;
    }
}
