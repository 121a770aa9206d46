using System.Globalization;
using System.Net;
using System.Text;

namespace Kohaku.Tags.Tests;

public sealed class UpdateTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeDanbooru _site = new();

    public void Dispose()
    {
        _site.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task All_pages_are_fetched()
    {
        var list = await Fetch();
        Assert.Equal(25, list.Rows.Count);
        Assert.Equal(["alias_3"], list.Rows.Single(row => row.Name == "tag_3").Aliases);
        Assert.Equal(TagFlags.Deprecated, list.Rows.Single(row => row.Name == "tag_4").Flags);
        Assert.Equal(TagCategory.Artist, list.Rows.Single(row => row.Name == "tag_1").Category);
        Assert.Contains(("tag_2", "tag_1"), list.Implications);
        Assert.Equal(20260501, list.AsOf);
    }

    [Fact]
    public async Task Each_request_says_who_asks_and_for_how_much()
    {
        await Fetch();
        Assert.All(_site.Requests, request => Assert.Equal("kohaku-test/1", request.Agent));
        Assert.All(_site.Requests, request => Assert.Contains("limit=10", request.Query, StringComparison.Ordinal));
        Assert.Contains(_site.Requests, request => request.Query.Contains("search[post_count]=%3E%3D50", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_passing_fault_is_asked_again()
    {
        _site.Faults.Enqueue(HttpStatusCode.TooManyRequests);
        _site.Faults.Enqueue(HttpStatusCode.BadGateway);
        Assert.Equal(25, (await Fetch()).Rows.Count);
    }

    [Fact]
    public async Task A_site_that_stays_down_is_one_clear_error_and_the_next_run_goes_on()
    {
        _site.FailFrom = 3;
        var error = await Assert.ThrowsAsync<TagDataException>(Fetch);
        Assert.Contains("the site answers 503, 3 times: what was fetched is kept", error.Message, StringComparison.Ordinal);
        _site.FailFrom = int.MaxValue;
        var before = _site.Requests.Count;
        Assert.Equal(25, (await Fetch()).Rows.Count);
        Assert.Contains("page=a20", _site.Requests[before].Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_checkpoint_cut_off_in_the_middle_of_a_page_goes_on_from_the_page_before()
    {
        _site.FailFrom = 3;
        await Assert.ThrowsAsync<TagDataException>(Fetch);
        await File.AppendAllTextAsync(_folder.File("update.part"), "tag\ttag_21\t0\t1");
        _site.FailFrom = int.MaxValue;
        var list = await Fetch();
        Assert.Equal(25, list.Rows.Select(row => row.Name).Distinct().Count());
        Assert.Equal(25, list.Rows.Count);
    }

    [Fact]
    public async Task A_finished_update_is_not_fetched_again()
    {
        await Fetch();
        var before = _site.Requests.Count;
        Assert.Equal(25, (await Fetch()).Rows.Count);
        Assert.Equal(before, _site.Requests.Count);
    }

    [Theory]
    [InlineData("<html>", "the answer is not JSON")]
    [InlineData("{\"success\":false}", "the answer is no list of records")]
    [InlineData("[{\"id\":1}]", "not a record as danbooru gives it")]
    [InlineData("[{\"id\":\"x\",\"name\":1}]", "not a record as danbooru gives it")]
    public async Task An_answer_that_is_no_list_of_tags_is_one_clear_error(string answer, string expected)
    {
        _site.Answer = answer;
        Assert.Contains(expected, (await Assert.ThrowsAsync<TagDataException>(Fetch)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_is_said_at_once()
    {
        _site.Faults.Enqueue(HttpStatusCode.Forbidden);
        Assert.Contains("the site answers 403", (await Assert.ThrowsAsync<TagDataException>(Fetch)).Message, StringComparison.Ordinal);
        Assert.Single(_site.Requests);
    }

    [Fact]
    public async Task An_update_stops_when_asked()
    {
        using var stop = new CancellationTokenSource();
        var told = new Told(_ => stop.Cancel());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Fetch(told, stop.Token));
        Assert.Single(_site.Requests);
    }

    private Task<TagList> Fetch() => Fetch(null, CancellationToken.None);

    private async Task<TagList> Fetch(IProgress<ImportProgress>? progress, CancellationToken cancellation)
    {
        var options = new DanbooruOptions
        {
            BaseAddress = _site.Address, PageSize = 10, Pause = TimeSpan.Zero, BackOff = TimeSpan.Zero, Attempts = 3, UserAgent = "kohaku-test/1",
        };
        using var update = new DanbooruUpdate(options, _folder.File("update.part"), new Calendar());
        return await update.FetchAsync(progress, cancellation);
    }

    private sealed class Calendar : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 5, 1, 0, 0, 0, TimeSpan.Zero);
    }

    /// <summary>A site of 25 tags on the loopback interface.</summary>
    private sealed class FakeDanbooru : IDisposable
    {
        private readonly HttpListener _listener;

        public FakeDanbooru()
        {
            (_listener, Address) = Listen();
            _ = ServeAsync();
        }

        public Uri Address { get; }

        public Queue<HttpStatusCode> Faults { get; } = [];

        public List<(string Query, string? Agent)> Requests { get; } = [];

        public int FailFrom { get; set; } = int.MaxValue;

        public string? Answer { get; set; }

        public void Dispose() => _listener.Close();

        private static (HttpListener Listener, Uri Address) Listen()
        {
            for (var attempt = 0; ; attempt++)
            {
                var address = $"http://127.0.0.1:{Random.Shared.Next(20_000, 60_000).ToString(CultureInfo.InvariantCulture)}/";
                var listener = new HttpListener();
                listener.Prefixes.Add(address);
                try
                {
                    listener.Start();
                    return (listener, new Uri(address));
                }
                catch (HttpListenerException) when (attempt < 20)
                {
                    listener.Close();
                }
            }
        }

        private async Task ServeAsync()
        {
            while (_listener.IsListening)
            {
                HttpListenerContext context;
                try
                {
                    context = await _listener.GetContextAsync();
                }
                catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
                {
                    return;
                }

                Requests.Add((context.Request.RawUrl!, context.Request.UserAgent));
                var status = Faults.TryDequeue(out var fault) ? fault : Requests.Count >= FailFrom ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.OK;
                context.Response.StatusCode = (int)status;
                await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(Answer ?? Page(context.Request)));
                context.Response.Close();
            }
        }

        private static string Page(HttpListenerRequest request)
        {
            var after = int.Parse(request.QueryString["page"]![1..], CultureInfo.InvariantCulture);
            var all = request.Url!.AbsolutePath switch
            {
                "/tags.json" => Enumerable.Range(1, 25).Select(id =>
                    (id, $$"""{"id":{{id}},"name":"tag_{{id}}","category":{{(id == 1 ? 1 : 0)}},"post_count":{{id * 100}},"is_deprecated":{{(id == 4 ? "true" : "false")}}}""")),
                "/tag_aliases.json" => [(7, """{"id":7,"antecedent_name":"alias_3","consequent_name":"tag_3"}""")],
                _ => [(9, """{"id":9,"antecedent_name":"tag_2","consequent_name":"tag_1"}""")],
            };

            // As danbooru does: the records behind a number, the highest first.
            return $"[{string.Join(',', all.Where(record => record.Item1 > after).Take(10).Reverse().Select(record => record.Item2))}]";
        }
    }
}
