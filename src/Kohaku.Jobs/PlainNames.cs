namespace Kohaku.Jobs;

/// <summary>A1111's names of samplers and schedules, until those of the other programs join them.</summary>
internal static class PlainNames
{
    public static bool TrySampler(string name, out SamplerKind sampler, out ScheduleKind? joined)
    {
        joined = null;
        foreach (var kind in Enum.GetValues<SamplerKind>())
        {
            var known = JobNames.Of(kind);
            if (name.Equals(known, StringComparison.OrdinalIgnoreCase)) return Found(kind, out sampler);
            if (!name.StartsWith(known + " ", StringComparison.OrdinalIgnoreCase) || !TrySchedule(name[(known.Length + 1)..], out var schedule)) continue;
            joined = schedule;
            return Found(kind, out sampler);
        }

        return Found(default, out sampler) && false;
    }

    public static bool TrySchedule(string name, out ScheduleKind schedule)
    {
        foreach (var kind in Enum.GetValues<ScheduleKind>())
        {
            schedule = kind;
            if (name.Equals(JobNames.Of(kind), StringComparison.OrdinalIgnoreCase)) return true;
        }

        schedule = default;
        return false;
    }

    private static bool Found(SamplerKind kind, out SamplerKind sampler)
    {
        sampler = kind;
        return true;
    }
}
