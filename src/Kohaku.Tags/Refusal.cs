namespace Kohaku.Tags;

/// <summary>Why the system refused a file, in words that do not repeat its path.</summary>
internal static class Refusal
{
    /// <summary>The reason.</summary>
    public static string Of(Exception error) => error switch
    {
        FileNotFoundException or DirectoryNotFoundException => "no such file",
        UnauthorizedAccessException => "permission denied",
        _ => error.Message.TrimEnd('.'),
    };
}
