namespace Kohaku.Generation.Diffusers;

/// <summary>Makes schedulers.</summary>
public static class DiffusersSchedulers
{
    /// <summary>The scheduler of a configuration.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="steps">Steps; schedulers of order 2 call the model twice but for the last.</param>
    /// <exception cref="Models.ModelException">It cannot make so many steps.</exception>
    public static DiffusersScheduler Create(SchedulerConfig config, int steps)
    {
        ArgumentNullException.ThrowIfNull(config);
        var training = new TrainingSchedule(config);
        return config.Kind switch
        {
            SchedulerKind.Euler => new EulerScheduler(config, Fractional()),
            SchedulerKind.EulerAncestral => new EulerAncestralScheduler(config, Fractional()),
            SchedulerKind.Heun => new HeunScheduler(config, Fractional()),
            SchedulerKind.Lms => new LmsScheduler(config, Fractional()),
            SchedulerKind.Kdpm2 or SchedulerKind.Kdpm2Ancestral => Kdpm2Scheduler.Of(config, training, Fractional()),
            SchedulerKind.DpmSolverMultistep => new DpmSolverScheduler(config, StepTable.Whole(config, training, steps)),
            SchedulerKind.UniPC => new UniPCScheduler(config, StepTable.Whole(config, training, steps)),
            SchedulerKind.Ddim => new DdimScheduler(config, training, steps),
            SchedulerKind.Lcm => new LcmScheduler(config, training, steps),
            _ => new PndmScheduler(config, training, steps),
        };

        StepTable Fractional() => StepTable.Fractional(config, training, steps);
    }
}
