using System.Globalization;
using System.Text;

namespace Kohaku.Tags;

/// <summary>
/// What an update has fetched so far: a file that only grows, a page at a time. What follows the last whole page was cut off by a kill and is dropped.
/// </summary>
internal sealed class UpdateCheckpoint : IDisposable
{
    private readonly FileStream _file;
    private readonly StringBuilder _page = new();
    private readonly Dictionary<string, long> _last = new(StringComparer.Ordinal);
    private readonly HashSet<string> _done = new(StringComparer.Ordinal);

    private UpdateCheckpoint(FileStream file) => _file = file;

    /// <summary>The records of all whole pages.</summary>
    public List<string[]> Records { get; } = [];

    /// <summary>Opens or begins the checkpoint of an update; one of another site or question begins anew.</summary>
    public static UpdateCheckpoint Open(string path, string question)
    {
        try
        {
            if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
            {
                Directory.CreateDirectory(folder);
            }

            RegularFile.Require(path);
            var checkpoint = new UpdateCheckpoint(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read));
            checkpoint.Load("kohaku-update 1 " + question);
            return checkpoint;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new TagDataException($"{path}: the update's checkpoint cannot be used: {error.Message}", error);
        }
    }

    /// <summary>The last record's number that was fetched in a stage; 0 at its beginning.</summary>
    public long Last(string stage) => _last.GetValueOrDefault(stage);

    /// <summary>Whether a stage is complete.</summary>
    public bool IsDone(string stage) => _done.Contains(stage);

    /// <summary>Adds a record to the page.</summary>
    public void Add(params string[] fields)
    {
        Records.Add(fields);
        _page.AppendJoin('\t', fields).Append('\n');
    }

    /// <summary>Ends the page: from now on it will not be fetched again.</summary>
    public void EndPage(string stage, long last, bool done)
    {
        _page.Append(done ? "done" : "page").Append('\t').Append(stage).Append('\t').Append(last.ToString(CultureInfo.InvariantCulture)).Append('\n');
        try
        {
            _file.Write(Encoding.UTF8.GetBytes(_page.ToString()));
            _file.Flush(flushToDisk: true);
        }
        catch (IOException error)
        {
            throw new TagDataException($"{AtomicReplace.NotWritten(_file.Name, error).Message}; what was fetched before is kept", error);
        }

        _page.Clear();
        Mark(stage, last, done);
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private void Load(string head)
    {
        var bytes = new byte[_file.Length];
        _file.ReadExactly(bytes);
        var text = bytes.AsSpan();
        var end = text.IndexOf((byte)'\n');
        if (end < 0 || Encoding.UTF8.GetString(text[..end]) != head)
        {
            _file.SetLength(0);
            _file.Write(Encoding.UTF8.GetBytes(head + "\n"));
            return;
        }

        var whole = end + 1;
        var page = new List<string[]>();
        for (var start = whole; text[start..].IndexOf((byte)'\n') is var length and >= 0; start += length + 1)
        {
            var fields = Encoding.UTF8.GetString(text.Slice(start, length)).Split('\t');
            if (!IsSound(fields))
            {
                break;
            }

            if (fields[0] is not ("page" or "done"))
            {
                page.Add(fields);
                continue;
            }

            Records.AddRange(page);
            page.Clear();
            whole = start + length + 1;
            Mark(fields[1], long.Parse(fields[2], CultureInfo.InvariantCulture), fields[0] == "done");
        }

        _file.SetLength(whole);
        _file.Position = whole;
    }

    // Whatever damaged a line may have damaged what follows: from there on it is fetched again.
    private static bool IsSound(string[] fields) => fields[0] switch
    {
        "page" or "done" => fields.Length == 3 && long.TryParse(fields[2], NumberStyles.None, CultureInfo.InvariantCulture, out _),
        "tag" => fields.Length == 5 && int.TryParse(fields[3], NumberStyles.None, CultureInfo.InvariantCulture, out _),
        "alias" or "implies" => fields.Length == 3,
        _ => false,
    };

    private void Mark(string stage, long last, bool done)
    {
        _last[stage] = last;
        if (done)
        {
            _done.Add(stage);
        }
    }
}
