namespace Kohaku.LanguageServer.Completing;

/// <summary>Something read from folders: waited for once, then given as it was read last and read anew in the background when that is some seconds ago.</summary>
/// <param name="read">Reads it; must not throw.</param>
internal sealed class Refreshed<T>(Func<T> read)
    where T : class
{
    private const long Age = 3000;
    private readonly Lock _gate = new();
    private T? _value;
    private long _readAt;
    private int _isReading;

    /// <summary>As it was read last.</summary>
    public T Value
    {
        get
        {
            if (Volatile.Read(ref _value) is { } value)
            {
                if (Environment.TickCount64 - Volatile.Read(ref _readAt) > Age && Interlocked.Exchange(ref _isReading, 1) == 0) _ = Task.Run(Refresh);
                return value;
            }

            lock (_gate) return _value ?? Read();
        }
    }

    private void Refresh()
    {
        Read();
        Volatile.Write(ref _isReading, 0);
    }

    private T Read()
    {
        var value = read();
        Volatile.Write(ref _value, value);
        Volatile.Write(ref _readAt, Environment.TickCount64);
        return value;
    }
}
