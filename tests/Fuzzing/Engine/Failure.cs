using System.Diagnostics;

namespace Kohaku.Fuzzing.Engine;

/// <summary>An input that broke a promise.</summary>
/// <param name="Key">The same for all inputs that break it in the same way.</param>
/// <param name="Case">How to make it again: seed and number, or where it was kept.</param>
/// <param name="Input">The input, as small as it could be made.</param>
/// <param name="Error">What was thrown.</param>
internal sealed record Failure(string Key, string Case, byte[] Input, Exception Error)
{
    /// <summary>What distinguishes a failure from others: the promise, or the exception with the first line of the program that threw it.</summary>
    public static string KeyOf(Exception error) => error is Violation broken ? broken.Promise : $"{error.GetType().Name} in {PlaceOf(error)}";

    private static string PlaceOf(Exception error)
    {
        foreach (var frame in new StackTrace(error).GetFrames())
        {
            if (frame.GetMethod() is { DeclaringType: { Namespace: { } space } type } method
                && space.StartsWith("Kohaku.", StringComparison.Ordinal) && !space.StartsWith("Kohaku.Fuzzing", StringComparison.Ordinal))
                return $"{type.Name}.{method.Name}";
        }

        return "nobody knows where";
    }
}
