namespace Kohaku.Fuzzing.Engine;

/// <summary>Something did not hold that must hold for any input.</summary>
/// <param name="promise">What should have held; the same for all inputs that break it.</param>
/// <param name="detail">What happened instead.</param>
internal sealed class Violation(string promise, string detail) : Exception($"{promise}: {detail}")
{
    /// <summary>What should have held.</summary>
    public string Promise { get; } = promise;
}

/// <summary>Says what must hold.</summary>
internal static class Must
{
    /// <summary>A condition must hold.</summary>
    public static void Hold(bool condition, string promise)
    {
        if (!condition) throw new Violation(promise, "it is not so");
    }

    /// <summary>A condition must hold; the detail is made only where it does not.</summary>
    public static void Hold(bool condition, string promise, Func<string> detail)
    {
        if (!condition) throw new Violation(promise, detail());
    }

    /// <summary>Two things must be equal.</summary>
    public static void Equal<T>(T expected, T actual, string promise)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual)) throw new Violation(promise, $"{Shown.Of($"{expected}")} became {Shown.Of($"{actual}")}");
    }

    /// <summary>Two rows of things must be equal.</summary>
    public static void Same<T>(IEnumerable<T> expected, IEnumerable<T> actual, string promise)
    {
        var (left, right) = (expected.ToList(), actual.ToList());
        if (!left.SequenceEqual(right)) throw new Violation(promise, $"{Shown.Of(string.Join(" · ", left))} became {Shown.Of(string.Join(" · ", right))}");
    }

    /// <summary>A span must lie in a text of a length.</summary>
    public static void Lie(Syntax.TextSpan span, int length, string promise)
    {
        if (span.Start < 0 || span.Length < 0 || span.End > length) throw new Violation(promise, $"{span} in a text of {length}");
    }
}
