namespace Kohaku.Tags;

/// <summary>Tag data that cannot be used: a damaged index or database, or a list with an error. The message says what and where, and what to do.</summary>
public sealed class TagDataException : Exception
{
    /// <summary>A message for the user.</summary>
    public TagDataException(string message)
        : base(message)
    {
    }

    /// <summary>A message for the user, and what led to it.</summary>
    public TagDataException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
