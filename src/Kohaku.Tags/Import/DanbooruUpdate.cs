using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text;

namespace Kohaku.Tags;

/// <summary>
/// Fetches tags, aliases and implications from a danbooru site, page by page by record number (<c>page=a123</c>: the records behind 123),
/// and goes on where it was stopped.
/// </summary>
/// <remarks>Only an explicit command of the user makes one of these: nothing else here touches the network.</remarks>
public sealed class DanbooruUpdate : IDisposable
{
    private readonly DanbooruOptions _options;
    private readonly string _checkpointPath;
    private readonly TimeProvider _time;
    private readonly PageClient _client;

    /// <summary>An update from a site.</summary>
    /// <param name="options">Whom to ask, and for what.</param>
    /// <param name="checkpoint">The file that keeps what was fetched, so that a stopped update goes on. It is removed by <see cref="Forget"/>.</param>
    /// <param name="time">The clock for waits and for the day of the facts.</param>
    public DanbooruUpdate(DanbooruOptions options, string checkpoint, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(checkpoint);
        _options = options;
        _checkpointPath = checkpoint;
        _time = time ?? TimeProvider.System;
        _client = new PageClient(options, _time);
    }

    /// <summary>Fetches everything that the checkpoint lacks.</summary>
    /// <exception cref="TagDataException">The site does not answer, or not as danbooru does. What was fetched is kept for the next time.</exception>
    public async Task<TagList> FetchAsync(IProgress<ImportProgress>? progress = null, CancellationToken cancellation = default)
    {
        using var checkpoint = UpdateCheckpoint.Open(_checkpointPath, $"{_options.BaseAddress} {_options.LeastPosts.ToString(CultureInfo.InvariantCulture)}");
        var least = _options.LeastPosts.ToString(CultureInfo.InvariantCulture);
        await FetchStageAsync(
            checkpoint, "tags", $"tags.json?search[post_count]=%3E%3D{least}&only=id,name,category,post_count,is_deprecated", AddTag, progress, cancellation).ConfigureAwait(false);
        await FetchStageAsync(
            checkpoint, "aliases", "tag_aliases.json?search[status]=active&only=id,antecedent_name,consequent_name", AddPair("alias"), progress, cancellation).ConfigureAwait(false);
        await FetchStageAsync(
            checkpoint, "implications", "tag_implications.json?search[status]=active&only=id,antecedent_name,consequent_name", AddPair("implies"), progress, cancellation).ConfigureAwait(false);
        return Gather(checkpoint.Records);
    }

    /// <summary>Removes the checkpoint, once what was fetched has been imported.</summary>
    public void Forget() => AtomicReplace.Remove(_checkpointPath);

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private async Task FetchStageAsync(
        UpdateCheckpoint checkpoint, string stage, string query, Action<UpdateCheckpoint, JsonElement> add, IProgress<ImportProgress>? progress, CancellationToken cancellation)
    {
        long fetched = 0;
        while (!checkpoint.IsDone(stage))
        {
            var last = checkpoint.Last(stage);
            var address = new Uri(_options.BaseAddress, string.Create(CultureInfo.InvariantCulture, $"{query}&limit={_options.PageSize}&page=a{last}"));
            using var page = await _client.GetAsync(address, cancellation).ConfigureAwait(false);
            var count = 0;
            var next = last;
            foreach (var record in page.RootElement.EnumerateArray())
            {
                count++;
                next = Math.Max(next, Read(address, record, static record => record.GetProperty("id").GetInt64()));
                Read(address, record, record =>
                {
                    add(checkpoint, record);
                    return 0;
                });
            }

            // A page that brings no higher number would be asked for again for ever.
            checkpoint.EndPage(stage, next, done: count == 0 || next == last);
            fetched += count;
            progress?.Report(new ImportProgress($"fetching {stage}", fetched, null));
        }
    }

    private static T Read<T>(Uri address, JsonElement record, Func<JsonElement, T> read)
    {
        try
        {
            return read(record);
        }
        catch (Exception error) when (error is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new TagDataException($"{address}: not a record as danbooru gives it: {Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(record))}", error);
        }
    }

    private static void AddTag(UpdateCheckpoint checkpoint, JsonElement record)
    {
        var name = record.GetProperty("name").GetString() ?? throw new FormatException("a tag has no name");
        var category = record.GetProperty("category").GetInt32();
        var posts = record.GetProperty("post_count").GetInt32();
        var deprecated = record.TryGetProperty("is_deprecated", out var value) && value.ValueKind == JsonValueKind.True;
        if (TagText.Fits(name))
        {
            checkpoint.Add(
                "tag", OneLine(name), category.ToString(CultureInfo.InvariantCulture), posts.ToString(CultureInfo.InvariantCulture), deprecated ? "deprecated" : "");
        }
    }

    private static Action<UpdateCheckpoint, JsonElement> AddPair(string kind) => (checkpoint, record) =>
    {
        var from = record.GetProperty("antecedent_name").GetString() ?? throw new FormatException("no antecedent");
        var to = record.GetProperty("consequent_name").GetString() ?? throw new FormatException("no consequent");
        if (TagText.Fits(from) && TagText.Fits(to))
        {
            checkpoint.Add(kind, OneLine(from), OneLine(to));
        }
    };

    private static string OneLine(string name) => name.Replace('\t', '_').Replace('\n', '_');

    private TagList Gather(List<string[]> records)
    {
        var day = _time.GetUtcNow();
        var list = new TagList { AsOf = (day.Year * 10000) + (day.Month * 100) + day.Day };
        var aliases = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var record in records.Where(static record => record[0] == "alias"))
        {
            if (!aliases.TryGetValue(record[2], out var own))
            {
                aliases[record[2]] = own = [];
            }

            own.Add(record[1]);
        }

        foreach (var record in records)
        {
            if (record[0] == "tag" && TagCategories.TryRead(record[2], out var category))
            {
                var flags = record[4].Length > 0 ? TagFlags.Deprecated : TagFlags.None;
                list.Rows.Add(new TagRow(record[1], category, int.Parse(record[3], CultureInfo.InvariantCulture), aliases.GetValueOrDefault(record[1]) ?? [], flags));
            }
            else if (record[0] == "implies")
            {
                list.Implications.Add((record[1], record[2]));
            }
        }

        return list;
    }
}
