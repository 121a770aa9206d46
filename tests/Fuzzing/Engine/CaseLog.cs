using System.Buffers.Binary;
using System.Globalization;
using System.IO.MemoryMappedFiles;
using System.Text;

namespace Kohaku.Fuzzing.Engine;

/// <summary>Says in a mapped file which input is being fed, so that it is known even where the whole process dies of it; and ends the process where an input takes for ever.</summary>
internal sealed class CaseLog : IDisposable
{
    private const int HeadLength = 128;
    private const int MostInput = 1 << 20;

    /// <summary>No input takes a hundredth of it; a slow machine is no fault.</summary>
    private static readonly TimeSpan s_forEver = TimeSpan.FromSeconds(60);

    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte[] _head = new byte[HeadLength];
    private readonly Timer _timer;
    private long _began;
    private long _seen;
    private long _isFed;

    /// <summary>A log in a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="onForEver">Told which case does not end; then the process ends.</param>
    public CaseLog(string path, Action<string> onForEver)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        _file = MemoryMappedFile.CreateFromFile(path, FileMode.Create, null, HeadLength + MostInput);
        _view = _file.CreateViewAccessor();
        _timer = new Timer(_ => Look(onForEver), null, s_forEver, s_forEver);
    }

    /// <summary>The case that a file tells of: its name and its input.</summary>
    public static (string Case, byte[] Input) Read(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var head = new byte[HeadLength];
        stream.ReadExactly(head);
        var input = new byte[BinaryPrimitives.ReadInt32LittleEndian(head)];
        stream.ReadExactly(input);
        return (Encoding.ASCII.GetString(head.AsSpan(4)).TrimEnd('\0'), input);
    }

    /// <summary>An input is fed now.</summary>
    public void Begin(string target, ulong seed, long number, byte[] input)
    {
        Interlocked.Increment(ref _began);
        var length = Math.Min(input.Length, MostInput);
        Array.Clear(_head);
        BinaryPrimitives.WriteInt32LittleEndian(_head, length);
        Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{target} {seed} {number}"), _head.AsSpan(4));
        _view.WriteArray(0, _head, 0, HeadLength);
        _view.WriteArray(HeadLength, input, 0, length);
        Volatile.Write(ref _isFed, 1);
    }

    /// <summary>Nothing is fed.</summary>
    public void End() => Volatile.Write(ref _isFed, 0);

    /// <inheritdoc/>
    public void Dispose()
    {
        _timer.Dispose();
        _view.Dispose();
        _file.Dispose();
    }

    private void Look(Action<string> onForEver)
    {
        var began = Interlocked.Read(ref _began);
        if (began == _seen && Volatile.Read(ref _isFed) == 1)
        {
            _view.ReadArray(0, _head, 0, HeadLength);
            onForEver(Encoding.ASCII.GetString(_head.AsSpan(4)).TrimEnd('\0'));
        }

        _seen = began;
    }
}
