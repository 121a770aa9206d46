using System.Text;
using System.Text.Unicode;

namespace Kohaku.Tags;

/// <summary>Reads a list line by line and knows the line for its errors. Nothing in such a list spans lines.</summary>
internal sealed class ListReader(string file, IProgress<ImportProgress>? progress, CancellationToken cancellation)
{
    private const int ReportEvery = 4096;

    // A list that a configuration names may be a device, which has no end. All of danbooru's tags are 30 MB.
    private const int LargestList = 256 << 20;

    private readonly List<string> _fields = [];
    private readonly StringBuilder _field = new();

    /// <summary>The line last read, from 1.</summary>
    public int Number { get; private set; }

    /// <summary>An error at the line last read.</summary>
    public TagDataException Error(string message) => new($"{file}:{Number}: {message}");

    /// <summary>All lines that are not empty.</summary>
    /// <exception cref="TagDataException">The file cannot be read, or a line is not UTF-8.</exception>
    public IEnumerable<string> Lines()
    {
        var bytes = ReadAll();
        var start = bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? 3 : 0;
        while (start < bytes.Length)
        {
            Number++;
            if (Number % ReportEvery == 0)
            {
                cancellation.ThrowIfCancellationRequested();
                progress?.Report(new ImportProgress("reading", start, bytes.Length));
            }

            var length = bytes.AsSpan(start).IndexOf((byte)'\n');
            var end = length < 0 ? bytes.Length : start + length;
            var line = bytes.AsSpan(start..end).TrimEnd((byte)'\r');
            start = end + 1;
            if (!Utf8.IsValid(line) || line.Contains((byte)0))
            {
                throw Error("not UTF-8 text: save the list as UTF-8");
            }

            if (line.Trim(" \t"u8).Length > 0)
            {
                yield return Encoding.UTF8.GetString(line);
            }
        }

        progress?.Report(new ImportProgress("reading", bytes.Length, bytes.Length));
    }

    /// <summary>Divides a line at commas; a field may stand in double quotes, where two mean one. The list returned is used again for the next line.</summary>
    /// <exception cref="TagDataException">A quote is opened and not closed, or text follows the one that closes.</exception>
    public IReadOnlyList<string> Commas(string line)
    {
        _fields.Clear();
        for (var at = 0; ;)
        {
            at = line[at..].StartsWith('"') ? Quoted(line, at) : Plain(line, at);
            if (at >= line.Length)
            {
                return _fields;
            }

            // at stands on a comma; one at the line's end opens an empty field.
            at++;
            if (at == line.Length)
            {
                _fields.Add("");
                return _fields;
            }
        }
    }

    private int Plain(string line, int at)
    {
        var end = line.IndexOf(',', at);
        end = end < 0 ? line.Length : end;
        _fields.Add(line[at..end].Trim());
        return end;
    }

    private int Quoted(string line, int at)
    {
        var column = at + 1;
        _field.Clear();
        for (at++; at < line.Length; at++)
        {
            if (line[at] != '"')
            {
                _field.Append(line[at]);
            }
            else if (at + 1 < line.Length && line[at + 1] == '"')
            {
                _field.Append('"');
                at++;
            }
            else
            {
                return Close(line, at + 1);
            }
        }

        throw Error($"a quote is opened at column {column} and not closed");
    }

    private int Close(string line, int at)
    {
        while (at < line.Length && line[at] is ' ' or '\t')
        {
            at++;
        }

        if (at < line.Length && line[at] != ',')
        {
            throw Error($"text follows the closing quote at column {at + 1}: a quote inside quotes is written twice");
        }

        _fields.Add(_field.ToString().Trim());
        return at;
    }

    private byte[] ReadAll()
    {
        cancellation.ThrowIfCancellationRequested();
        try
        {
            RegularFile.Require(file);
            using var list = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            using var bytes = new MemoryStream((int)(list.CanSeek ? Math.Min(list.Length, LargestList) : 0));
            var block = new byte[64 << 10];
            for (int read; (read = list.Read(block)) > 0;)
            {
                if (bytes.Length + read > LargestList) throw new TagDataException($"{file}: larger than {LargestList >> 20} MB; divide the list");

                bytes.Write(block, 0, read);
            }

            return bytes.Length == bytes.Capacity ? bytes.GetBuffer() : bytes.ToArray();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new TagDataException($"{file}: cannot be read: {(Directory.Exists(file) ? "a directory, not a file" : Refusal.Of(error))}", error);
        }
    }
}
