using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Kohaku.Tags;

namespace Kohaku.Benchmarks.Lsp;

/// <summary>The server's figures, each a row of a Markdown table: what docs/performance.md holds.</summary>
/// <param name="output">Takes the rows.</param>
/// <param name="program">The native <c>kohaku</c>.</param>
/// <param name="hello">The native program that prints a line.</param>
internal sealed class LspFigures(TextWriter output, string program, string hello)
{
    private const int Starts = 300;
    private const int Seed = 20261125;

    /// <summary>What can be measured.</summary>
    public static IReadOnlyList<string> All { get; } = ["start", "completion", "pull", "push", "memory", "edits", "keys", "workspace", "beside"];

    /// <summary>Measures.</summary>
    public void Run(IEnumerable<string> what)
    {
        Line($"| what | measured | goal |");
        Line($"|---|---|---|");
        foreach (var measure in what)
        {
            switch (measure)
            {
                case "start": Start(); break;
                case "completion": Completion(); break;
                case "pull": Changes(pulls: true); break;
                case "push": Changes(pulls: false); break;
                case "memory": Memory(); break;
                case "edits": Edits(); break;
                case "keys": Keys(); break;
                case "workspace": Workspace(); break;
                case "beside": Beside(); break;
                default: throw new ArgumentException($"unknown: {measure}; there are {string.Join(", ", All)}");
            }
        }
    }

    // Turn by turn, so that whatever else the machine does hits each the same.
    private void Start()
    {
        var (ours, findings, yardstick) = (new double[Starts], new double[Starts], new double[Starts]);
        for (var i = -10; i < Starts; i++)
        {
            var (line, answer, found) = (PrintsALine(), Answers(findings: false), Answers(findings: true));
            if (i >= 0) (yardstick[i], ours[i], findings[i]) = (line, answer, found);
        }

        var (o, f, y) = (Times.Of(ours), Times.Of(findings), Times.Of(yardstick));
        Line($"| process start → `initialize` answered, median of {Starts} | {o.Median:F2} ms; native program that prints a line {y.Median:F2} ms: **{o.Median - y.Median:+0.00} ms** | +8 ms |");
        Line($"| process start → findings of the first document, all tags loaded | {f.Median:F2} ms: {f.Median - y.Median:+0.00} ms | |");
    }

    private double PrintsALine()
    {
        var start = Stopwatch.GetTimestamp();
        using var process = Process.Start(new ProcessStartInfo(hello) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        var read = process.StandardOutput.BaseStream.ReadByte();
        var time = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        process.WaitForExit();
        return read == 'h' ? time : throw new InvalidOperationException($"{hello} printed no line");
    }

    private double Answers(bool findings)
    {
        var start = Stopwatch.GetTimestamp();
        using var server = ServerProcess.Launch(program);
        server.Send(server.Initialize(pulls: true));
        server.Answer();
        var initialized = Stopwatch.GetElapsedTime(start, server.Arrived).TotalMilliseconds;
        if (!findings) return initialized;

        server.Send(ServerProcess.Notification("initialized", _ => { }));
        server.Open(server.Uri("a.prompt"), "1girl, long_hair, smile\n");
        server.Send(server.Diagnostic(server.Uri("a.prompt")));
        return server.Answer().IndexOf("KHK001"u8) >= 0
            ? Stopwatch.GetElapsedTime(start, server.Arrived).TotalMilliseconds
            : throw new InvalidOperationException("the first document has no finding");
    }

    private void Changes(bool pulls)
    {
        Changes(pulls, "10 KB", 10_000, edits: 3000, goal: 10);
        Changes(pulls, "1 MB", 1_000_000, edits: 600, goal: 50);
    }

    private void Changes(bool pulls, string name, int bytes, int edits, int goal)
    {
        using var server = ServerProcess.Start(program, pulls);
        var typist = new Typist(server, "a.prompt", Library(bytes, Seed), Seed);
        if (pulls)
        {
            server.Send(server.Diagnostic(typist.Uri));
            server.Answer();
        }
        else
        {
            server.Told("publishDiagnostics"u8);
        }

        // How fast a pipe is changes from one second to the next: turn by turn, the same bytes from a program that has nothing to find.
        using var pipe = WritingProcess.Start(hello, server.Size);
        // The program is compiled already; what warms up is this client.
        const int warmUp = 50;
        var (times, bare) = (new double[edits], new double[edits]);
        for (var i = -warmUp; i < edits; i++)
        {
            var change = typist.Edit();
            var start = pulls ? server.Send(change, server.Diagnostic(typist.Uri)) : server.Send(change);
            if (pulls) server.Answer();
            else server.Told(Encoding.ASCII.GetBytes($"\"version\":{typist.Version}"));
            var time = Stopwatch.GetElapsedTime(start, server.Arrived).TotalMilliseconds;
            var written = pipe.Milliseconds();
            if (i >= 0) (times[i], bare[i]) = (time, written);
        }

        var findings = Count(server, typist.Uri, pulls);
        var only = Times.Of(bare);
        Line($"| didChange → findings {(pulls ? "asked for" : "sent")}, {name}, {edits} edits at random places, {findings} | {Times.Of(times)}; only writing as many bytes p50 {only.Median:F2}, p99 {only.P99:F2} | p99 {goal} ms |");
    }

    private static string Count(ServerProcess server, string uri, bool pulls)
    {
        var size = string.Create(CultureInfo.InvariantCulture, $"{server.Size / 1024.0:F0} KiB a time");
        if (!pulls) return size;

        server.Send(server.Diagnostic(uri));
        using var answer = JsonDocument.Parse(server.Answer().ToArray());
        return $"{answer.RootElement.GetProperty("result").GetProperty("items").GetArrayLength()} findings, {size}";
    }

    private void Completion()
    {
        using var server = ServerProcess.Start(program, pulls: true);
        if (!server.Offer.Contains("completionProvider", StringComparison.Ordinal))
        {
            Line($"| completion | not offered by this program | |");
            return;
        }

        const int bytes = 10_000;
        var typist = new Typist(server, "a.prompt", Library(bytes, Seed), Seed);
        var queries = Queries.Typed(new TagLookup(TagIndex.Open(ShippedData.IndexPath)), 10_000, Seed)[..8000];
        var random = new Random(Seed);
        var times = new List<double>();
        for (var i = -100; i < queries.Length; i++)
        {
            var query = queries[Math.Abs(i)];
            var (at, written) = (typist.TagEnd(random), ", " + query);
            var change = typist.Change(at, 0, written);
            var place = typist.Place(at + written.Length);
            var start = server.Send(change, server.Request("textDocument/completion", json =>
            {
                ServerProcess.Document(json, typist.Uri);
                ServerProcess.Place(json, "position", place);
            }));
            server.Answer();
            if (i >= 0) times.Add(Stopwatch.GetElapsedTime(start, server.Arrived).TotalMilliseconds);
            server.Send(typist.Change(at, written.Length, ""));
        }

        Line($"| didChange and completion, {queries.Length} different queries at random places of 10 KB | {Times.Of([.. times])} | p99 5 ms |");
    }

    private void Memory()
    {
        const int files = 100;
        using var server = ServerProcess.Start(program, pulls: true);
        var completes = server.Offer.Contains("completionProvider", StringComparison.Ordinal);
        for (var i = 0; i < files; i++)
        {
            var uri = server.Uri($"{i}.prompt");
            server.Open(uri, Library(10_000, Seed + i));
            server.Send(server.Diagnostic(uri));
            server.Answer();
            if (!completes) continue;

            server.Send(server.Request("textDocument/completion", json =>
            {
                ServerProcess.Document(json, uri);
                ServerProcess.Place(json, "position", (0, 3));
            }));
            server.Answer();
        }

        var busy = server.Memory("Pss");
        Thread.Sleep(TimeSpan.FromSeconds(2));
        Line($"| memory with all tags and {files} open files of 10 KB, all linted{(completes ? ", completion in each" : "")} | at once {busy:F1} MiB (proportional), after two seconds of quiet **{server.Memory("Pss"):F1}** (resident {server.Memory("Rss"):F1}, of its own {server.Memory("Anonymous"):F1}) | 60 MB |");
    }

    private void Edits()
    {
        const int edits = 10_000;
        const int documents = 10;
        using var server = ServerProcess.Start(program, pulls: true);
        var typists = Enumerable.Range(0, documents).Select(i => new Typist(server, $"{i}.prompt", Library(10_000, Seed + i), Seed + i)).ToArray();
        var samples = new List<double>();
        for (var i = 1; i <= edits; i++)
        {
            var typist = typists[i % documents];
            server.Send(typist.Edit(), server.Diagnostic(typist.Uri));
            server.Answer();
            if (i % (edits / 10) == 0) samples.Add(server.Memory("Pss"));
        }

        Line($"| {edits} random edits in {documents} files, findings asked for after each: proportional memory after each tenth | {string.Join(" ", samples.Select(s => s.ToString("F0", CultureInfo.InvariantCulture)))} MiB | flat |");
    }

    // Keys come by the clock, whether the one before has been answered or not: a server that falls behind shows it in the last answers.
    private void Keys()
    {
        const int keysASecond = 200;
        const int seconds = 60;
        using var server = ServerProcess.Start(program, pulls: true);
        var typist = new Typist(server, "a.prompt", Library(10_000, Seed), Seed);
        var text = string.Join(", ", Queries.Typed(new TagLookup(TagIndex.Open(ShippedData.IndexPath)), 10_000, Seed).Where(query => query.Length > 4));
        const int keys = keysASecond * seconds;
        var at = typist.TagEnd(new Random(Seed));
        var messages = new byte[keys][];
        for (var i = 0; i < keys; i++)
        {
            var change = typist.Change(at, 0, text[i % text.Length].ToString());
            var place = typist.Place(++at);
            messages[i] = [.. change, .. server.Request("textDocument/completion", json =>
            {
                ServerProcess.Document(json, typist.Uri);
                ServerProcess.Place(json, "position", place);
            })];
        }

        var sent = new long[keys];
        var times = new double[keys];
        var start = Stopwatch.GetTimestamp();
        var typing = new Thread(() =>
        {
            for (var i = 0; i < keys; i++)
            {
                var due = TimeSpan.FromSeconds((double)i / keysASecond) - Stopwatch.GetElapsedTime(start);
                if (due > TimeSpan.Zero) Thread.Sleep(due);
                Volatile.Write(ref sent[i], Stopwatch.GetTimestamp());
                server.Send(messages[i]);
            }
        });
        typing.Start();
        for (var i = 0; i < keys; i++)
        {
            server.Answer();
            times[i] = Stopwatch.GetElapsedTime(Volatile.Read(ref sent[i]), server.Arrived).TotalMilliseconds;
        }

        typing.Join();
        var last = Times.Of(times[^keysASecond..]);
        Line($"| {keysASecond} keys a second for {seconds} s, didChange and completion each, none left out: {keys} answers | {Times.Of(times)}; the last second {last} | |");
    }

    // As an editor asks: everything once, then everything again with the names of the results it has, while somebody types.
    private void Workspace()
    {
        const int files = 10_000;
        using var server = ServerProcess.Start(program, pulls: true);
        var source = new PromptSource(new TagLookup(TagIndex.Open(ShippedData.IndexPath)), Seed);
        for (var i = 0; i < files; i++) File.WriteAllText(server.PathOf($"{i}.prompt"), source.Next(25) + "\n");

        var (first, names) = Pull(server, []);
        var again = Pull(server, names).Milliseconds;
        File.WriteAllText(server.PathOf("77.prompt"), "1girl, long_hair\n");
        var changed = Pull(server, names).Milliseconds;
        var memory = server.Memory("Pss");

        // The workspace is linted anew while each key waits for its answer.
        var times = Typed(server, 300, i => i % 30 == 0 ? server.WorkspaceDiagnostic([]) : [], null);
        Line($"| a workspace of {files} files: all findings, first | {first:F0} ms | |");
        Line($"| the same again, nothing changed; one file changed | {again:F0} ms; {changed:F0} ms | |");
        Line($"| memory afterwards | {memory:F1} MiB (proportional) | |");
        Line($"| didChange and completion while the workspace is linted | {Times.Of(times)} | |");
    }

    // Ten questions about the whole workspace stand open at all times: no editor asks so much, and none may wait for it.
    private void Beside()
    {
        const int files = 10_000;
        const int open = 10;
        using var server = ServerProcess.Start(program, pulls: true);
        var source = new PromptSource(new TagLookup(TagIndex.Open(ShippedData.IndexPath)), Seed);
        for (var i = 0; i < files; i++) File.WriteAllText(server.PathOf($"{i}.prompt"), source.Next(25) + "\n");
        server.Open(server.Uri("asked.prompt"), "long hair\n");
        var alone = Times.Of(Typed(server, 300, _ => [], null));

        var (asked, answered) = (0, 0);
        var waiting = new List<byte[]>();
        byte[] Next() => (asked++ % 3) switch
        {
            0 => server.WorkspaceDiagnostic([], inPortions: true),
            1 => server.Request("workspace/symbol", json => json.WriteString("query", "hair")),
            _ => server.Request("textDocument/references", json =>
            {
                ServerProcess.Document(json, server.Uri("asked.prompt"));
                ServerProcess.Place(json, "position", (0, 1));
            }),
        };
        for (var i = 0; i < open; i++) server.Send(Next());
        var beside = Times.Of(Typed(
            server,
            1000,
            _ =>
            {
                byte[] again = [.. waiting.SelectMany(message => message)];
                waiting.Clear();
                return again;
            },
            _ =>
            {
                answered++;
                waiting.Add(Next());
            }));
        Line($"| didChange and completion while {open} requests over a workspace of {files} files stand open at all times (findings in portions, symbols, references in turn; {answered} were answered meanwhile) | {beside}; without them {alone} | |");
    }

    /// <summary>A large library as a workspace; prints rows without a goal.</summary>
    /// <param name="folder">It; one file is changed and changed back.</param>
    public void Library(string folder)
    {
        using var server = ServerProcess.Start(program, pulls: true, folder);
        var alone = Times.Of(Typed(server, 300, _ => [], null));
        var quiet = server.Memory("Pss");
        Line($"| in an editor, nothing asked of the workspace: didChange and completion; memory | {alone}; {quiet:F1} MiB (proportional) |");

        var known = new List<(string Uri, string Id)>();
        var (first, bytes) = Portions(server, [], known);
        Line($"| all findings, in portions | {first / 1000:F1} s, {bytes >> 20} MiB of messages for {known.Count} files; memory {server.Memory("Pss"):F1} MiB |");
        var again = Portions(server, known, []).Milliseconds;
        var file = Directory.EnumerateFiles(folder, "*.prompt", SearchOption.AllDirectories).First();
        var text = File.ReadAllText(file);
        File.WriteAllText(file, "1girl, long_hair\n");
        var changed = Portions(server, known, []).Milliseconds;
        File.WriteAllText(file, text);
        Line($"| the same again, nothing changed; one file changed | {again / 1000:F2} s; {changed / 1000:F2} s |");

        var symbol = server.Send(server.Request("workspace/symbol", json => json.WriteString("query", "hair")));
        server.Answer();
        var (symbols, found) = (Stopwatch.GetElapsedTime(symbol, server.Arrived).TotalSeconds, server.Memory("Pss"));
        symbol = server.Send(server.Request("workspace/symbol", json => json.WriteString("query", "eyes")));
        server.Answer();
        Line($"| prompts by their first line, first and again | {symbols:F1} s; {Stopwatch.GetElapsedTime(symbol, server.Arrived).TotalSeconds:F2} s; memory {found:F1} MiB |");

        var asked = server.WorkspaceDiagnostic([], inPortions: true);
        var id = server.LastId;
        var ended = false;
        server.Send(asked);
        var beside = Times.Of(Typed(server, 300, _ => [], answered => ended |= answered == id));
        if (!ended) server.AnswerTo(id);
        Line($"| didChange and completion while all findings are asked for{(ended ? " (they came before the last key)" : "")} | {beside} |");
        var busy = server.Memory("Pss");
        Thread.Sleep(TimeSpan.FromSeconds(2));
        Line($"| memory afterwards; after two seconds of quiet | {busy:F1} MiB; {server.Memory("Pss"):F1} MiB |");
    }

    private static (double Milliseconds, long Bytes) Portions(ServerProcess server, List<(string Uri, string Id)> known, List<(string Uri, string Id)> names)
    {
        var bytes = 0L;
        var start = server.Send(server.WorkspaceDiagnostic(known, inPortions: true));
        server.Answer(portion =>
        {
            bytes += portion.Length;
            using var told = JsonDocument.Parse(portion);
            if (told.RootElement.GetProperty("method").GetString() != "$/progress") return;

            foreach (var item in told.RootElement.GetProperty("params").GetProperty("value").GetProperty("items").EnumerateArray())
                names.Add((item.GetProperty("uri").GetString()!, item.GetProperty("resultId").GetString()!));
        });
        return (Stopwatch.GetElapsedTime(start, server.Arrived).TotalMilliseconds, bytes);
    }

    // Completions, each after an edit that is taken back.
    private static double[] Typed(ServerProcess server, int keys, Func<int, byte[]> before, Action<int>? other)
    {
        var typist = new Typist(server, "typed.prompt", Library(10_000, Seed), Seed);
        var random = new Random(Seed);
        var times = new double[keys];
        for (var i = 0; i < keys; i++)
        {
            var first = before(i);
            var at = typist.TagEnd(random);
            var change = typist.Change(at, 0, ", lo");
            var place = typist.Place(at + 4);
            var completion = server.Request("textDocument/completion", json =>
            {
                ServerProcess.Document(json, typist.Uri);
                ServerProcess.Place(json, "position", place);
            });
            var id = server.LastId;
            var start = server.Send(first, change, completion);
            server.AnswerTo(id, other);
            times[i] = Stopwatch.GetElapsedTime(start, server.Arrived).TotalMilliseconds;
            server.Send(typist.Change(at, 4, ""));
            Thread.Sleep(5);
        }

        return times;
    }

    private static (double Milliseconds, List<(string Uri, string Id)> Names) Pull(ServerProcess server, List<(string Uri, string Id)> known)
    {
        var start = server.Send(server.WorkspaceDiagnostic(known));
        using var answer = JsonDocument.Parse(server.Answer().ToArray());
        var time = Stopwatch.GetElapsedTime(start, server.Arrived).TotalMilliseconds;
        var names = new List<(string, string)>();
        foreach (var item in answer.RootElement.GetProperty("result").GetProperty("items").EnumerateArray())
            names.Add((item.GetProperty("uri").GetString()!, item.GetProperty("resultId").GetString()!));
        return (time, names);
    }

    /// <summary>Prompts divided by lines <c>---</c>, of some 600 bytes each, with the usual slips.</summary>
    private static string Library(int bytes, int seed)
    {
        var source = new PromptSource(new TagLookup(TagIndex.Open(ShippedData.IndexPath)), (ulong)seed);
        var text = new StringBuilder();
        while (text.Length < bytes) text.Append(text.Length == 0 ? "" : "\n---\n").Append(source.Next(25));
        return text.Append('\n').ToString();
    }

    private void Line(FormattableString line) => output.Write(line.ToString(CultureInfo.InvariantCulture) + "\n");
}
