using System.Globalization;

namespace Kohaku.Cli.Models;

/// <summary>Sizes of files as people read them, in powers of ten.</summary>
internal static class ByteSize
{
    /// <summary><c>6.9 GB</c>.</summary>
    public static string Of(long bytes) => bytes switch
    {
        >= 1_000_000_000 => (bytes / 1e9).ToString("0.0", CultureInfo.InvariantCulture) + " GB",
        >= 1_000_000 => (bytes / 1e6).ToString("0.0", CultureInfo.InvariantCulture) + " MB",
        _ => (bytes / 1e3).ToString("0.0", CultureInfo.InvariantCulture) + " kB",
    };
}
