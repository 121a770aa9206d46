using System.Text;

namespace Kohaku.Benchmarks.Lsp;

/// <summary>A document and random edits of it, by a seed: the text is kept here too, so that every edit stands where it should.</summary>
internal sealed class Typist
{
    private readonly StringBuilder _text;
    private readonly Random _random;
    private readonly List<int> _lines = [];
    private (int At, int Length, string Text)? _back;

    /// <summary>Opens a text with a server.</summary>
    public Typist(ServerProcess server, string name, string text, int seed)
    {
        (Uri, _text, _random) = (server.Uri(name), new StringBuilder(text), new Random(seed));
        Index();
        server.Open(Uri, text);
    }

    /// <summary>The document.</summary>
    public string Uri { get; }

    /// <summary>The last version told.</summary>
    public int Version { get; private set; } = 1;

    /// <summary>
    /// An edit at a random place as people type: mostly a letter, now and then one deleted, a tag pasted or a line begun. Every second one takes the one before back,
    /// or the text would be nothing but slips after a while.
    /// </summary>
    public byte[] Edit()
    {
        if (_back is var (place, length, text))
        {
            _back = null;
            return Change(place, length, text);
        }

        var at = _random.Next(_text.Length);
        var (taken, put) = _random.Next(10) switch
        {
            0 => (0, ", long hair"),
            1 => (0, "\n"),
            2 or 3 => (1, ""),
            _ => (0, ((char)('a' + _random.Next(26))).ToString()),
        };
        _back = (at, put.Length, _text.ToString(at, taken));
        return Change(at, taken, put);
    }

    /// <summary>Replaces a stretch.</summary>
    public byte[] Change(int at, int length, string text)
    {
        var (start, end) = (Place(at), Place(at + length));
        _text.Remove(at, length).Insert(at, text);
        if (length > 0 || text.Length > 0) Index();
        Version++;
        return ServerProcess.Notification("textDocument/didChange", json =>
        {
            json.WriteStartObject("textDocument");
            json.WriteString("uri", Uri);
            json.WriteNumber("version", Version);
            json.WriteEndObject();
            json.WriteStartArray("contentChanges");
            json.WriteStartObject();
            json.WriteStartObject("range");
            ServerProcess.Place(json, "start", start);
            ServerProcess.Place(json, "end", end);
            json.WriteEndObject();
            json.WriteString("text", text);
            json.WriteEndObject();
            json.WriteEndArray();
        });
    }

    /// <summary>Where a tag ends, at random.</summary>
    public int TagEnd(Random random)
    {
        var at = random.Next(_text.Length);
        while (at < _text.Length && _text[at] is not (',' or '\n')) at++;
        return at;
    }

    /// <summary>The line and column of an offset.</summary>
    public (int Line, int Character) Place(int offset)
    {
        var line = _lines.BinarySearch(offset);
        if (line < 0) line = ~line - 1;
        return (line, offset - _lines[line]);
    }

    private void Index()
    {
        _lines.Clear();
        _lines.Add(0);
        var at = 0;
        foreach (var chunk in _text.GetChunks())
        {
            var span = chunk.Span;
            for (var from = 0; span[from..].IndexOf('\n') is >= 0 and var next; from += next + 1) _lines.Add(at + from + next + 1);
            at += span.Length;
        }
    }
}
