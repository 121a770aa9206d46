using System.Text.Json;
using System.Text.Json.Nodes;
using Kohaku.LanguageServer.Dispatch;
using Kohaku.LanguageServer.Protocol;
using Kohaku.LanguageServer.Session;
using Kohaku.Workspace;
using StreamJsonRpc;

namespace Kohaku.LanguageServer.Tests;

/// <summary>Requests over a whole workspace beside those that somebody waits for with every key. All waits are for states: a gate holds what lasts.</summary>
public sealed class LastingRequestTests
{
    private static readonly string[] s_lasting = ["kohaku/generationOptions", "textDocument/references", "textDocument/rename", "workspace/diagnostic", "workspace/symbol"];
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task What_looks_at_whole_folders_is_lasting()
    {
        var folder = Directory.CreateTempSubdirectory("kohaku-data-").FullName;
        var server = new Server(new Surroundings(_ => null, folder, _ => { }), "0.0.0-test", _ => { });
        await server.RunAsync(Stream.Null, Stream.Null);
        Directory.Delete(folder, recursive: true);
        Assert.Equal(s_lasting, server.Routes.Where(route => route.IsLasting).Select(route => route.Method).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Nothing_waits_for_any_number_of_lasting_requests()
    {
        using var gate = new Gate();
        var (state, held) = (State(), Route.Lasting("test/held", ProtocolJson.Default.EmptyParams, gate));
        var asked = Enumerable.Range(0, 1000).Select(_ => Start(held, state)).ToList();
        await gate.Entered.Task.WaitAsync(s_patience);

        var quick = await Start(Route.Background("test/quick", ProtocolJson.Default.EmptyParams, new Quick()), state).WaitAsync(s_patience);

        Assert.Equal("quick", quick);
        Assert.DoesNotContain(asked, answer => answer.IsCompleted);
        gate.Open();
        var answers = await Task.WhenAll(asked).WaitAsync(s_patience);
        Assert.Equal(Enumerable.Range(1, 1000), answers.Select(answer => (int)answer!));
        Assert.Equal(1, gate.MostAtOnce);
        Assert.False(gate.UsedThePool);
    }

    [Fact]
    public async Task A_lasting_request_does_not_wait_for_one_of_another_method()
    {
        using var gate = new Gate();
        using var open = new Gate();
        open.Open();
        var state = State();
        var asked = Start(Route.Lasting("test/held", ProtocolJson.Default.EmptyParams, gate), state);
        await gate.Entered.Task.WaitAsync(s_patience);

        Assert.Equal(1, await Start(Route.Lasting("test/other", ProtocolJson.Default.EmptyParams, open), state).WaitAsync(s_patience));

        Assert.False(asked.IsCompleted);
        gate.Open();
        Assert.Equal(1, await asked.WaitAsync(s_patience));
    }

    [Fact]
    public async Task One_that_waits_is_cancelled_at_once_and_never_begun()
    {
        using var gate = new Gate();
        using var cancel = new CancellationTokenSource();
        var (state, held) = (State(), Route.Lasting("test/held", ProtocolJson.Default.EmptyParams, gate));
        var first = Start(held, state);
        var waiting = Start(held, state, cancel.Token);
        var last = Start(held, state);
        await gate.Entered.Task.WaitAsync(s_patience);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(s_patience));
        Assert.False(first.IsCompleted);
        gate.Open();
        Assert.Equal([1, 2], (await Task.WhenAll(first, last).WaitAsync(s_patience)).Select(answer => (int)answer!));
    }

    [Fact]
    public async Task One_that_fails_or_is_stopped_ends_alone()
    {
        using var gate = new Gate();
        gate.Open();
        using var cancel = new CancellationTokenSource();
        await cancel.CancelAsync();
        var (state, held) = (State(), Route.Lasting("test/held", ProtocolJson.Default.EmptyParams, gate));
        gate.Fails = true;
        await Assert.ThrowsAsync<LocalRpcException>(() => Start(held, state).WaitAsync(s_patience));
        gate.Fails = false;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Start(held, state, cancel.Token).WaitAsync(s_patience));
        Assert.NotNull(await Start(held, state).WaitAsync(s_patience));
    }

    [Fact]
    public async Task Over_the_protocol_each_of_many_is_answered_once()
    {
        await using var client = await TestClient.StartAsync(prepare: client =>
        {
            for (var i = 0; i < 20; i++) Requests.WriteFile(client, $"{i}.prompt", "1girl, long_hair\n---\nlong hair, solo, solo\n");
        });
        var uri = await client.OpenAsync("open.prompt", "long hair");
        var asked = new List<(string Method, Task<JsonObject> Answer)>();
        for (var i = 0; i < 40; i++)
        {
            Ask("workspace/diagnostic", new JsonObject { ["previousResultIds"] = new JsonArray() }, i);
            Ask("workspace/symbol", new JsonObject { ["query"] = "1girl" }, i);
            Ask("textDocument/references", TestClient.At(uri, 0, 1), i);
        }

        Assert.NotNull(await client.RequestAsync("textDocument/completion", TestClient.At(uri, 0, 4)));
        foreach (var (method, pending) in asked)
        {
            var answer = await pending.WaitAsync(s_patience);
            if (answer["error"] is { } error) Assert.Equal(-32800, error["code"]!.GetValue<int>());
            else Assert.Equal(method switch { "workspace/diagnostic" => 21, "workspace/symbol" => 20, _ => 41 }, (answer["result"] as JsonArray ?? answer["result"]!["items"]!.AsArray()).Count);
        }

        void Ask(string method, JsonObject parameters, int number)
        {
            asked.Add((method, client.BeginAsync(method, parameters, out var id)));
            if (number % 4 == 3) _ = client.NotifyAsync("$/cancelRequest", new JsonObject { ["id"] = id });
        }
    }

    private static ServerState State() => new(new Surroundings(_ => null, Path.GetTempPath(), _ => { }));

    private static Task<object?> Start(Route route, ServerState state, CancellationToken cancel = default)
    {
        using var nothing = JsonDocument.Parse("{}");
        return route.Start(state, nothing.RootElement.Clone(), cancel);
    }

    private sealed class Quick : IBackgroundHandler<EmptyParams, string>
    {
        public string Handle(Snapshot snapshot, EmptyParams request, CancellationToken cancel) => "quick";
    }

    // Answers with how many came so far, once it is open.
    private sealed class Gate : ILastingHandler<EmptyParams, object>, IDisposable
    {
        private readonly ManualResetEventSlim _open = new();
        private int _inside;
        private int _count;

        public TaskCompletionSource Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int MostAtOnce { get; private set; }

        public bool UsedThePool { get; private set; }

        public bool Fails { get; set; }

        public void Open() => _open.Set();

        public object Handle(Snapshot snapshot, EmptyParams request, CancellationToken cancel)
        {
            MostAtOnce = Math.Max(MostAtOnce, Interlocked.Increment(ref _inside));
            UsedThePool |= Thread.CurrentThread.IsThreadPoolThread;
            Entered.TrySetResult();
            _open.Wait(cancel);
            Interlocked.Decrement(ref _inside);
            return Fails ? throw new LocalRpcException("the gate fails") : Interlocked.Increment(ref _count);
        }

        public void Dispose() => _open.Dispose();
    }
}
