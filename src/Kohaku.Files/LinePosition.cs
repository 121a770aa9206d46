namespace Kohaku.Files;

/// <summary>A place as people and editors count it.</summary>
/// <param name="Line">From 1. Lines end at LF, CR LF or CR, and at nothing else.</param>
/// <param name="Column">In UTF-16 units from 1.</param>
public readonly record struct LinePosition(int Line, int Column)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Line}:{Column}";
}
