using System.Text;

namespace Kohaku.Files.Configuration;

/// <summary>What a configuration file holds, or why it cannot be read.</summary>
/// <param name="Text">Its text; null where it cannot be read.</param>
/// <param name="Error">Why not; null where it can.</param>
public readonly record struct ConfigurationText(string? Text, string? Error)
{
    /// <summary>No configuration is larger; what is was named by mistake.</summary>
    public const long LargestFile = 16 << 20;

    /// <summary>Reads a file: UTF-8, or UTF-16 with a byte-order mark.</summary>
    /// <param name="path">The file.</param>
    public static ConfigurationText Read(string path)
    {
        try
        {
            NativeFile.RequireRegular(path);
            if (Directory.Exists(path)) return new ConfigurationText(null, "a directory, not a file; name the configuration in it");

            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (file.Length > LargestFile) return new ConfigurationText(null, $"the file has {file.Length} bytes; a configuration has at most {LargestFile}");

            using var reader = new StreamReader(file, new UTF8Encoding(false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: true);
            return Read(reader);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return new ConfigurationText(null, "no such file");
        }
        catch (DecoderFallbackException)
        {
            return new ConfigurationText(null, "the file is not UTF-8 text");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return new ConfigurationText(null, exception.Message);
        }
    }

    // A device has no length and no end.
    private static ConfigurationText Read(StreamReader reader)
    {
        var text = new StringBuilder();
        var buffer = new char[4096];
        for (int read; (read = reader.Read(buffer)) > 0;)
        {
            text.Append(buffer, 0, read);
            if (text.Length > LargestFile) return new ConfigurationText(null, $"more than {LargestFile} bytes; a configuration has at most that");
        }

        return new ConfigurationText(text.ToString(), null);
    }
}
