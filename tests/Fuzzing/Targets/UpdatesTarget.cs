using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Kohaku.Fuzzing.Engine;
using Kohaku.Fuzzing.Texts;
using Kohaku.Tags;

namespace Kohaku.Fuzzing.Targets;

/// <summary>The import of JSON from a site, and the checkpoint that it goes on from: any answers and any checkpoint give tags or one error that says where.</summary>
/// <remarks>An input is the site's answers and the checkpoint, with a byte 0xFE between each; the site is this process, on 127.0.0.1.</remarks>
internal sealed class UpdatesTarget : Target
{
    private const byte Divider = 0xFE;

    private static readonly JsonTexts s_texts = new(
        ["id", "name", "category", "post_count", "is_deprecated", "antecedent_name", "consequent_name"], ["1", "5", "9", "\"1girl\"", "\"long_hair\"", "\"a\\tb\\nc\"", "\"x\\ry\"", "true", "2147483648", "\"3\""]);

    private readonly CaseFile _file = new();
    private readonly Site _site = new();

    /// <summary>What is tested.</summary>
    public Func<DanbooruOptions, string, TagList> Fetch { get; init; } = static (options, checkpoint) =>
    {
        using var update = new DanbooruUpdate(options, checkpoint);
        return update.FetchAsync().GetAwaiter().GetResult();
    };

    /// <inheritdoc/>
    public override string Name => "updates";

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Words => [.. s_texts.Words, [Divider], "page\ttags\t5\n"u8.ToArray(), "done\ttags\t9\n"u8.ToArray(), "tag\ta\t0\t5\t\n"u8.ToArray(), "alias\tb\ta\n"u8.ToArray(), "implies\ta\n"u8.ToArray(), "\t"u8.ToArray()];

    /// <inheritdoc/>
    public override byte[] Make(Dice dice)
    {
        var input = new List<byte>();
        for (var pages = dice.Length(5); pages > 0; pages--)
        {
            var page = dice.OneIn(6) ? s_texts.Object(dice) : $"[{string.Join(',', Enumerable.Range(0, dice.Length(4)).Select(_ => Record(dice)))}]";
            input.AddRange(WildText.Bytes(page));
            input.Add(Divider);
        }

        if (dice.OneIn(3)) return [.. input];
        var checkpoint = new StringBuilder();
        for (var lines = dice.Length(8); lines > 0; lines--)
            checkpoint.Append(dice.Pick("page\ttags\t5\n", "done\ttags\t9\n", "done\taliases\t9\n", "done\timplications\t1\n", "tag\t1girl\t0\t5\t\n", "tag\ta\t4\t7\tdeprecated\n", "alias\tb\ta\n", "implies\ta\tb\n", "page\n", "done\ttags\tx\n", "tag\n", "\n", "tag\ta\t0\tx\t\n", "page\ttags\t"));
        return [.. input, .. Encoding.UTF8.GetBytes(checkpoint.ToString())];
    }

    /// <inheritdoc/>
    public override void Check(byte[] input)
    {
        var pieces = Divided(input);
        var options = new DanbooruOptions { BaseAddress = _site.Address, Attempts = 1, Pause = TimeSpan.Zero, BackOff = TimeSpan.Zero };
        var checkpoint = Path.Combine(_file.Folder, "checkpoint");
        File.Delete(checkpoint);
        if (pieces[^1].Length > 0) _file.Write("checkpoint", [.. Encoding.UTF8.GetBytes($"kohaku-update 1 {options.BaseAddress} {options.LeastPosts}\n"), .. pieces[^1]]);

        _site.Serve(pieces[..^1]);
        TagList list;
        try
        {
            list = Fetch(options, checkpoint);
        }
        catch (TagDataException error)
        {
            Must.Hold(error.Message.StartsWith(_site.Address.ToString(), StringComparison.Ordinal) || error.Message.StartsWith(checkpoint, StringComparison.Ordinal), "an error says where", () => error.Message);
            return;
        }

        foreach (var row in list.Rows) Must.Hold(row.Name.Length >= 0 && row.Posts >= 0, "a tag has a name and a number of posts");
        using var index = TagIndex.FromBytes(list.ToIndex().Build());
        index.Verify();
    }

    /// <inheritdoc/>
    public override string Show(byte[] input) => string.Join(" then ", Divided(input).Select(piece => Shown.Of(WildText.Of(piece))));

    /// <inheritdoc/>
    public override void Dispose()
    {
        _site.Dispose();
        _file.Dispose();
        base.Dispose();
    }

    private static string Record(Dice dice) => dice.OneIn(4) ? s_texts.Object(dice) : string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"id":{{dice.Below(100)}},"name":{{JsonTexts.Quoted(PromptTexts.Tag(dice), dice)}},"category":{{dice.Below(7)}},"post_count":{{dice.Below(9999)}},"is_deprecated":{{dice.Pick("true", "false", "null")}},"antecedent_name":"a","consequent_name":"b"}""");

    private static List<byte[]> Divided(byte[] input)
    {
        var pieces = new List<byte[]>();
        var rest = input.AsSpan();
        for (var end = rest.IndexOf(Divider); end >= 0; end = rest.IndexOf(Divider))
        {
            pieces.Add(rest[..end].ToArray());
            rest = rest[(end + 1)..];
        }

        pieces.Add(rest.ToArray());
        return pieces;
    }

    /// <summary>A site that gives the pages it is told to, one an answer, then empty ones.</summary>
    private sealed class Site : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly CancellationTokenSource _end = new();
        private readonly Task _serving;
        private Queue<byte[]> _pages = [];

        public Site()
        {
            _listener.Start();
            Address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/"));
            _serving = Task.Run(ServeAsync);
        }

        public Uri Address { get; }

        public void Serve(IEnumerable<byte[]> pages)
        {
            lock (_listener) _pages = new Queue<byte[]>(pages);
        }

        public void Dispose()
        {
            _end.Cancel();
            _serving.GetAwaiter().GetResult();
            _end.Dispose();
            _listener.Dispose();
        }

        private async Task ServeAsync()
        {
            while (true)
            {
                try
                {
                    using var client = await _listener.AcceptTcpClientAsync(_end.Token).ConfigureAwait(false);
                    await AnswerAsync(client.GetStream()).ConfigureAwait(false);
                }
                catch (OperationCanceledException)
                {
                    return;
                }
                catch (IOException)
                {
                    // The client went in the middle of an answer.
                }
            }
        }

        private async Task AnswerAsync(NetworkStream stream)
        {
            var buffer = new byte[4096];
            var head = new StringBuilder();
            while (await stream.ReadAsync(buffer).ConfigureAwait(false) is > 0 and var read)
            {
                head.Append(Encoding.Latin1.GetString(buffer, 0, read));
                if (!head.ToString().Contains("\r\n\r\n", StringComparison.Ordinal)) continue;

                byte[] page;
                lock (_listener) page = _pages.TryDequeue(out var next) ? next : [.. "[]"u8];
                var answer = string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {page.Length}\r\nConnection: close\r\n\r\n");
                await stream.WriteAsync((byte[])[.. Encoding.ASCII.GetBytes(answer), .. page]).ConfigureAwait(false);
                return;
            }
        }
    }
}
