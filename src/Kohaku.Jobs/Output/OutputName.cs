using System.Globalization;
using System.Text;
using Kohaku.Files;

namespace Kohaku.Jobs.Output;

/// <summary>What images' files are called.</summary>
public static class OutputName
{
    /// <summary>The extension of all of them.</summary>
    public const string Extension = ".png";

    private const int LongestTitle = 60;

    /// <summary>A text as a file name on every system: what names must not hold becomes <c>_</c>, and it is cut between characters.</summary>
    public static string TitleOf(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var name = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (name.Length >= LongestTitle) break;
            if (Rune.IsWhiteSpace(rune)) name.Append(name.Length > 0 && name[^1] != ' ' ? " " : "");
            else if (Rune.IsControl(rune) || rune == Rune.ReplacementChar || rune.Value is '<' or '>' or ':' or '"' or '/' or '\\' or '|' or '?' or '*') name.Append('_');
            else name.Append(rune.ToString());
        }

        var title = name.ToString().Trim(' ', '.', '-');
        return title.Length == 0 ? "image" : IsReserved(title) ? title + "_" : title;
    }

    /// <summary>An image's file name: <c>miku-42.png</c>.</summary>
    public static string Of(string title, ulong seed) => string.Create(CultureInfo.InvariantCulture, $"{title}-{seed}{Extension}");

    /// <summary>A path with a number before its extension: <c>miku-42-2.png</c>.</summary>
    public static string Numbered(string path, int number) =>
        Path.Combine(Path.GetDirectoryName(path)!, string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileNameWithoutExtension(path)}-{number}{Path.GetExtension(path)}"));

    /// <summary>Writes an image to a path or, where that is taken by an earlier run or meanwhile by another, to the next free one.</summary>
    /// <param name="wanted">The path.</param>
    /// <param name="write">Writes a file that must not be there yet; gives null when done.</param>
    /// <param name="written">The path that was written, or the last that was tried.</param>
    /// <returns>Null when done.</returns>
    public static FileProblem? WriteFree(string wanted, Func<string, FileProblem?> write, out string written)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        ArgumentNullException.ThrowIfNull(write);
        for (var attempt = 1; ; attempt++)
        {
            written = attempt == 1 ? wanted : Numbered(wanted, attempt);
            if (Path.Exists(written)) continue;

            var problem = write(written);
            if (problem is null || !Path.Exists(written)) return problem;
        }
    }

    // CON, COM1 and their kin are devices on Windows, whatever follows a dot.
    private static bool IsReserved(string title)
    {
        var stem = title.Split('.')[0].ToUpperInvariant();
        return stem is "CON" or "PRN" or "AUX" or "NUL" || (stem.Length == 4 && stem[..3] is "COM" or "LPT" && char.IsAsciiDigit(stem[3]));
    }
}
