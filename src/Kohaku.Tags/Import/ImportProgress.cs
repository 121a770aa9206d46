namespace Kohaku.Tags;

/// <summary>How far an import has come.</summary>
/// <param name="Phase">What is being done: <c>reading</c>, <c>fetching tags</c>, <c>writing the database</c>, …</param>
/// <param name="Done">How much of it is done, in the phase's own unit (bytes or records).</param>
/// <param name="Total">How much there is; null where that is not known.</param>
public readonly record struct ImportProgress(string Phase, long Done, long? Total);
