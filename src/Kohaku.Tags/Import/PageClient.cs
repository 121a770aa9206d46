using System.Net;
using System.Text.Json;

namespace Kohaku.Tags;

/// <summary>Asks a site for one page at a time, waits between pages, and asks again after a passing fault.</summary>
internal sealed class PageClient : IDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(2);

    private readonly DanbooruOptions _options;
    private readonly TimeProvider _time;
    private readonly HttpClient _http;
    private bool _hasAsked;

    /// <summary>A client of a site.</summary>
    public PageClient(DanbooruOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        _http = new HttpClient(new SocketsHttpHandler { UseCookies = false, UseProxy = !options.BaseAddress.IsLoopback }) { Timeout = TimeSpan.FromSeconds(60) };
        _http.DefaultRequestHeaders.UserAgent.ParseAdd(options.UserAgent);
        _http.DefaultRequestHeaders.Accept.ParseAdd("application/json");
    }

    /// <summary>A page, which is a JSON array.</summary>
    /// <exception cref="TagDataException">The site does not answer, refuses, or answers something else.</exception>
    public async Task<JsonDocument> GetAsync(Uri address, CancellationToken cancellation)
    {
        if (_hasAsked)
        {
            await Task.Delay(_options.Pause, _time, cancellation).ConfigureAwait(false);
        }

        _hasAsked = true;
        for (var attempt = 1; ; attempt++)
        {
            var (page, fault, wait) = await TryGetAsync(address, cancellation).ConfigureAwait(false);
            if (page is not null)
            {
                return page;
            }

            if (attempt >= _options.Attempts)
            {
                throw new TagDataException($"{address}: {fault}, {attempt} times: what was fetched is kept; run the update again later");
            }

            var backOff = wait ?? _options.BackOff * Math.Pow(2, attempt - 1);
            await Task.Delay(backOff < LongestWait ? backOff : LongestWait, _time, cancellation).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task<(JsonDocument? Page, string Fault, TimeSpan? Wait)> TryGetAsync(Uri address, CancellationToken cancellation)
    {
        try
        {
            using var response = await _http.GetAsync(address, cancellation).ConfigureAwait(false);
            if (IsPassing(response.StatusCode))
            {
                return (null, $"the site answers {(int)response.StatusCode}", response.Headers.RetryAfter?.Delta);
            }

            if (!response.IsSuccessStatusCode)
            {
                throw new TagDataException($"{address}: the site answers {(int)response.StatusCode} {response.ReasonPhrase}");
            }

            return (await ReadAsync(address, response, cancellation).ConfigureAwait(false), "", null);
        }
        catch (HttpRequestException error)
        {
            return (null, $"no answer ({error.Message})", null);
        }
        catch (IOException error)
        {
            return (null, $"the answer breaks off ({error.Message})", null);
        }
        catch (TaskCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return (null, "no answer in time", null);
        }
    }

    private static async Task<JsonDocument> ReadAsync(Uri address, HttpResponseMessage response, CancellationToken cancellation)
    {
        JsonDocument? page = null;
        try
        {
            page = await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false), default, cancellation).ConfigureAwait(false);
        }
        catch (JsonException error)
        {
            throw new TagDataException($"{address}: the answer is not JSON: {error.Message}", error);
        }

        if (page.RootElement.ValueKind == JsonValueKind.Array)
        {
            return page;
        }

        page.Dispose();
        throw new TagDataException($"{address}: the answer is no list of records");
    }

    private static bool IsPassing(HttpStatusCode status) =>
        status is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout || (int)status >= 500;
}
