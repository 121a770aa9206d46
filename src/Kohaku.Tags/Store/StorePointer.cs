using System.Globalization;
using System.Text;

namespace Kohaku.Tags;

/// <summary>The small file that names the index and the database in use; it alone is ever replaced.</summary>
/// <param name="Index">The index's file name.</param>
/// <param name="Database">The database's file name.</param>
/// <param name="Stamp">What the index file looked like when it was last read from end to end and found whole (<see cref="StampOf"/>); empty where nobody has.</param>
internal sealed record StorePointer(string Index, string Database, string Stamp = "")
{
    /// <summary>The file's name.</summary>
    public const string FileName = "current";

    private const string Head = "kohaku-tags 1";

    /// <summary>Reads the pointer of a folder; null where there is none, or none that can be used.</summary>
    public static StorePointer? Read(string folder, Action<string>? say = null)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            RegularFile.Require(path);
            var lines = File.ReadAllText(path).Split('\n');
            if (lines.Length > 2 && lines[0] == Head && IsName(lines[1]) && IsName(lines[2]))
            {
                return new StorePointer(lines[1], lines[2], lines.Length > 3 ? lines[3] : "");
            }

            say?.Invoke($"{path}: damaged: the tags that ship are used; import your lists again");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            say?.Invoke($"{path}: cannot be read: {error.Message}; the tags that ship are used");
        }

        return null;
    }

    /// <summary>Makes this the pointer of a folder.</summary>
    public void Write(string folder) =>
        AtomicReplace.Write(Path.Combine(folder, FileName), Encoding.UTF8.GetBytes($"{Head}\n{Index}\n{Database}\n{Stamp}\n"));

    /// <summary>What a file looks like without being read: its length and when it was last written.</summary>
    public static string StampOf(long length, DateTime written) => string.Create(CultureInfo.InvariantCulture, $"{length} {written.Ticks}");

    private static bool IsName(string line) => line.Length > 0 && line == Path.GetFileName(line);
}
