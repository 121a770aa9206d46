namespace Kohaku.Jobs.Tests;

public sealed class StepRateTests
{
    private readonly Clock _clock = new();

    // A first prediction of 10 s, others of 2 s: each step is told of at the next one's, the last at once.
    [Theory]
    [InlineData(1, new[] { 10d }, new[] { 0.1 })]
    [InlineData(2, new[] { 12d, 12 }, new[] { 1 / 12d, 2 / 12d })]
    [InlineData(5, new[] { 12d, 14, 16, 18, 18 }, new[] { 1 / 12d, 0.5, 0.5, 0.5, 0.5 })]
    public void The_first_step_and_the_moment_behind_the_last_do_not_count(int total, double[] at, double[] expected)
    {
        var rate = new StepRate(_clock);
        rate.Begin();
        var told = at.Select((seconds, i) =>
        {
            _clock.Seconds = seconds;
            return rate.At(new StepDone(0, false, i + 1, total));
        });

        Assert.Equal(expected, told.Select(number => Math.Round(number, 9)), (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void A_pass_begins_anew()
    {
        var rate = new StepRate(_clock);
        for (var step = 1; step < 4; step++)
        {
            _clock.Seconds += 1;
            rate.At(new StepDone(0, false, step, 4));
        }

        rate.Begin();
        _clock.Seconds += 4;
        Assert.Equal(0.25, rate.At(new StepDone(0, true, 1, 4)));
    }

    [Fact]
    public void Without_time_no_rate_is_known() => Assert.Equal(0, new StepRate(_clock).At(new StepDone(0, false, 1, 2)));

    private sealed class Clock : TimeProvider
    {
        public double Seconds { get; set; }

        public override long TimestampFrequency => 1_000_000;

        public override long GetTimestamp() => (long)(Seconds * TimestampFrequency);
    }
}
