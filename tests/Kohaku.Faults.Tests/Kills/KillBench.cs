using System.Diagnostics;
using Kohaku.Faults.Tests.Disk;
using Kohaku.Faults.Tests.Harness;
using Kohaku.Files;

namespace Kohaku.Faults.Tests.Kills;

/// <summary>What became of the rounds of a scenario.</summary>
internal sealed class KillTally
{
    /// <summary>Kills after which nothing had changed yet.</summary>
    public int Before { get; set; }

    /// <summary>Kills in the middle of the changes.</summary>
    public int During { get; set; }

    /// <summary>Kills after which all was done, or that came too late.</summary>
    public int After { get; set; }

    /// <summary>What was wrong, with the round it was wrong in.</summary>
    public List<string> Failures { get; } = [];

    public override string ToString() => $"{Before} before, {During} in the middle, {After} after the changes";
}

/// <summary>Runs a scenario, kills it, and judges the state on the disk: every file wholly old or wholly new, and the next run makes all of it right and leaves no rest.</summary>
internal sealed class KillBench : IDisposable
{
    private readonly KillScenario _scenario;
    private readonly Scratch _scratch = new();
    private readonly SortedDictionary<string, byte[]> _old;
    private readonly Dictionary<string, DateTime> _times;
    private readonly SortedDictionary<string, byte[]> _new;

    /// <param name="scenario">What is run.</param>
    /// <param name="isTimed">Whether it is killed by the clock, so that a whole run must be measured.</param>
    public KillBench(KillScenario scenario, bool isTimed = true)
    {
        _scenario = scenario;
        scenario.Prepare(_scratch);
        (_old, _times) = (_scratch.Files(), _scratch.Times());

        // The first run of all reads the program from the disk, and would measure that.
        foreach (var measured in isTimed ? [false, true] : (bool[])[false])
        {
            _scratch.Reset(_old, _times);
            var start = Stopwatch.GetTimestamp();
            var run = scenario.Run(_scratch);
            var took = Stopwatch.GetElapsedTime(start);
            if (measured) Duration = took;
            Assert.True(run.Code == scenario.Code, $"{scenario.Name}: {run.Code}\n{run.Output}{run.Error}");
        }

        _new = _scratch.Files();
        Assert.Null(_scenario.Judge(_scratch));
    }

    /// <summary>How long a whole run takes.</summary>
    public TimeSpan Duration { get; }

    /// <summary>The folder.</summary>
    public Scratch Scratch => _scratch;

    /// <summary>How many bytes a whole run writes, at least.</summary>
    public long ChangedBytes => _new.Where(file => !_old.TryGetValue(file.Key, out var old) || !old.AsSpan().SequenceEqual(file.Value)).Sum(file => (long)file.Value.Length);

    /// <summary>Kills at a moment drawn from the whole run's duration and a little more.</summary>
    public void KillAtRandom(int rounds, Random random, KillTally tally)
    {
        for (var round = 0; round < rounds; round++)
        {
            var moment = Duration * (random.NextDouble() * 1.1);
            _scratch.Reset(_old, _times);
            using (var process = _scenario.Start(_scratch))
            {
                var start = Stopwatch.GetTimestamp();
                while (Stopwatch.GetElapsedTime(start) < moment && !process.HasExited) Thread.Yield();
                process.Kill();
                process.WaitForExit();
            }

            JudgeRound($"round {round}, killed after {moment.TotalMilliseconds:0.0} ms of {Duration.TotalMilliseconds:0.0}", tally);
        }
    }

    /// <summary>Kills before the n-th change of the disk: before each, or before so many of them from the first to the last.</summary>
    /// <returns>How many changes a whole run makes, and before how many it was killed.</returns>
    public (int Changes, int Kills) KillAtSteps(int most, KillTally tally)
    {
        _scratch.Reset(_old, _times);
        var count = FaultyDisk.Count(_scratch, variables => _scenario.Run(_scratch, variables));
        Assert.True(count > 0, $"{_scenario.Name} changes nothing");
        var kills = Math.Min(most, count);
        for (var kill = 0; kill < kills; kill++)
        {
            var step = kills == 1 ? 1 : 1 + (int)((long)kill * (count - 1) / (kills - 1));
            _scratch.Reset(_old, _times);
            _scenario.Run(_scratch, FaultyDisk.KillBefore(_scratch, step));
            JudgeRound($"killed before change {step} of {count}", tally);
        }

        return (count, kills);
    }

    /// <summary>A run on a disk that refuses.</summary>
    /// <param name="disk">The disk.</param>
    /// <param name="again">Whether it is run once more on a sound one.</param>
    /// <returns>The run, and what is wrong with the state it left.</returns>
    public (Run Run, IReadOnlyList<string> Wrong) RunOn(IReadOnlyDictionary<string, string> disk, bool again)
    {
        _scratch.Reset(_old, _times);
        var run = _scenario.Run(_scratch, disk);
        var wrong = new List<string>();
        var now = _scratch.Files();
        wrong.AddRange(now.Keys.Where(IsRest).Select(name => $"{name} was left behind"));
        wrong.AddRange(NeitherOldNorNew(now));
        if (again) wrong.AddRange(NextRun(isDone: false));
        return (run, wrong);
    }

    public void Dispose() => _scratch.Dispose();

    private void JudgeRound(string round, KillTally tally)
    {
        var now = _scratch.Files();
        var isDone = false;
        if (IsLike(now, _old)) tally.Before++;
        else if (isDone = _new.Keys.All(name => now.TryGetValue(name, out var content) && _scenario.Same(name, content, _new[name])) && !now.Keys.Any(IsRest)) tally.After++;
        else tally.During++;

        tally.Failures.AddRange(NeitherOldNorNew(now).Concat(NextRun(isDone)).Select(wrong => $"{_scenario.Name}: {round}: {wrong}"));
    }

    private IEnumerable<string> NeitherOldNorNew(SortedDictionary<string, byte[]> now)
    {
        foreach (var (name, content) in now.Where(file => !IsRest(file.Key)))
        {
            var isOld = _old.TryGetValue(name, out var old) && _scenario.Same(name, content, old);
            if (!isOld && !IsNew(name, content)) yield return $"{name} is neither old nor new";
        }

        foreach (var name in _old.Keys.Where(name => _new.ContainsKey(name) && !now.ContainsKey(name))) yield return $"{name} is gone";
    }

    private IEnumerable<string> NextRun(bool isDone)
    {
        var run = _scenario.Run(_scratch);
        if (run.Code != (isDone ? _scenario.CodeOnceDone ?? _scenario.Code : _scenario.Code)) yield return $"the next run ends with {run.Code}: {run.Error}";

        var now = _scratch.Files();
        foreach (var name in _new.Keys.Where(name => !now.ContainsKey(name))) yield return $"after the next run {name} is missing";
        foreach (var (name, content) in now)
        {
            if (!IsNew(name, content)) yield return IsRest(name) ? $"after the next run {name} is still there" : $"after the next run {name} is not what it should be";
        }

        if (_scenario.Judge(_scratch) is { } wrong) yield return $"after the next run {wrong}";
    }

    private bool IsNew(string name, byte[] content) =>
        _new.TryGetValue(_new.ContainsKey(name) ? name : _scenario.TwinOf(name) ?? name, out var expected) && _scenario.Same(name, content, expected);

    private bool IsLike(SortedDictionary<string, byte[]> now, SortedDictionary<string, byte[]> files) =>
        now.Count == files.Count && now.All(file => files.TryGetValue(file.Key, out var content) && _scenario.Same(file.Key, file.Value, content));

    // What a killed run may leave until the next one: files on their way to a name, imported tags that nothing names yet, and libraries for cards on their way in or out.
    private bool IsRest(string path)
    {
        var name = Path.GetFileName(path);
        return AtomicFile.IsLeftover(name) || (path.StartsWith("data/gpu/", StringComparison.Ordinal) && path.Contains(".new/", StringComparison.Ordinal)) || (path.StartsWith("data/", StringComparison.Ordinal) && (name.EndsWith(".tmp", StringComparison.Ordinal) || name.EndsWith(".tmp-journal", StringComparison.Ordinal)));
    }
}
