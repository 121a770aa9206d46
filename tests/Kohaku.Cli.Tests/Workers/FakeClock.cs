namespace Kohaku.Cli.Tests.Workers;

/// <summary>A clock that a test moves.</summary>
internal sealed class FakeClock : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<FakeTimer> _timers = [];
    private TimeSpan _now;

    /// <summary>Moves it; what is due is called before this returns.</summary>
    public void Advance(TimeSpan time)
    {
        List<FakeTimer> due;
        lock (_gate)
        {
            _now += time;
            due = [.. _timers.Where(timer => timer.Due <= _now)];
            foreach (var timer in due) _timers.Remove(timer);
        }

        foreach (var timer in due) timer.Call();
    }

    /// <summary>How many timers are due within a time.</summary>
    public int TimersWithin(TimeSpan time)
    {
        lock (_gate) return _timers.Count(timer => timer.Due <= _now + time);
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        lock (_gate)
        {
            var timer = new FakeTimer(this, callback, state) { Due = _now + dueTime };
            if (dueTime != Timeout.InfiniteTimeSpan) _timers.Add(timer);
            return timer;
        }
    }

    private sealed class FakeTimer(FakeClock clock, TimerCallback callback, object? state) : ITimer
    {
        public TimeSpan Due { get; set; }

        public void Call() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._gate)
            {
                clock._timers.Remove(this);
                Due = clock._now + dueTime;
                if (dueTime != Timeout.InfiniteTimeSpan) clock._timers.Add(this);
            }

            return true;
        }

        public void Dispose()
        {
            lock (clock._gate) clock._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
