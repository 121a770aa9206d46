namespace Kohaku.Cli.Terminal;

/// <summary>One line on standard error that changes while a run lasts: <c>▕████░░░░▏ 1,234 of 20,000 files</c>.</summary>
/// <remarks>
/// Nothing shows in the first half second, or away from a terminal. It is taken away before anything else is written, since results
/// may go to the same terminal: a live display that owns the screen cannot share it.
/// </remarks>
internal sealed class ProgressLine : IDisposable
{
    private const int BarLength = 24;
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(80);

    private readonly Session _session;
    private readonly TextWriter? _output;
    private readonly Page? _page;
    private readonly long _start;
    private long _last;
    private bool _isShown;

    /// <summary>A line for a run that begins now.</summary>
    /// <param name="session">Whose standard error it stands on.</param>
    /// <param name="wanted">Whether to show any.</param>
    public ProgressLine(Session session, bool wanted)
    {
        _session = session;
        _start = session.Time.GetTimestamp();
        _last = _start;
        if (!wanted || !session.ErrorLook.Terminal) return;

        _output = session.OpenError();
        _page = new Page(_output, session.ErrorLook);
    }

    /// <summary>Whether the run lasts long enough for anyone to want to know.</summary>
    public bool IsDue => _page is not null && _session.Time.GetElapsedTime(_start) >= Patience;

    /// <summary>Shows how far the run is, if the last time is long enough ago.</summary>
    /// <param name="done">How much is done.</param>
    /// <param name="total">Of how much; 0 where that is not known.</param>
    /// <param name="noun">What is counted, in the plural.</param>
    public void Show(long done, long total, string noun)
    {
        if (_page is null || !IsDue || (_isShown && _session.Time.GetElapsedTime(_last) < Pace)) return;

        _last = _session.Time.GetTimestamp();
        _isShown = true;
        _page.Write("\r\e[K");
        if (total > 0) _page.Bar((double)done / total, BarLength).Write($" {done:N0} of {total:N0} {noun}");
        else _page.Write($"{done:N0} {noun}");
        _page.Flush();
    }

    /// <summary>Takes the line away, so that something else can be written.</summary>
    public void Clear()
    {
        if (!_isShown) return;

        _isShown = false;
        _page!.Write("\r\e[K").Flush();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Clear();
        _output?.Dispose();
    }
}
