using System.Text.Json.Nodes;

namespace Kohaku.LanguageServer.Tests;

/// <summary>Which tags were used: noticed, kept, forgotten.</summary>
public sealed class UsageTests
{
    // Two tags of one tier, of which the rarer has more than half of the other's posts.
    private const string Query = "hair_";
    private const string Text = "1girl, " + Query;

    [Fact]
    public async Task A_tag_that_was_taken_rises_in_its_tier()
    {
        await using var client = await TestClient.StartAsync();
        var (first, second) = await NeighboursAsync(client);
        await TakeAsync(client, "a.prompt", second);
        var labels = await Completing.UntilAsync(() => client.LabelsAsync(Text + "‸"), labels => labels[0] == second);
        Assert.Equal(first, labels[1]);
    }

    [Fact]
    public async Task What_was_used_is_known_to_the_next_session()
    {
        var storage = Directory.CreateTempSubdirectory("kohaku-usage-").FullName;
        var folder = "";
        string second;
        await using (var client = await TestClient.StartAsync(options: new() { ["storagePath"] = storage }))
        {
            (_, second) = await NeighboursAsync(client);
            await TakeAsync(client, "a.prompt", second);
            folder = client.Folder;
        }

        Assert.True(File.Exists(Path.Combine(storage, "usage.db")));
        await using (var next = await TestClient.StartAsync(options: new() { ["storagePath"] = storage }))
        {
            // Another workspace: nothing was used there.
            Assert.NotEqual(folder, next.Folder);
            Assert.NotEqual(second, (await next.LabelsAsync(Text + "‸"))[0]);
        }

        var counted = new Kohaku.Tags.TagUsage(Path.Combine(storage, "usage.db"), _ => { }).Read(folder);
        Assert.Equal([second.Replace(' ', '_')], counted.Tags);
        Assert.Equal([("1girl", second.Replace(' ', '_'), 1)], counted.Pairs.Select(pair => (pair.First, pair.Second, pair.Count)));
        Directory.Delete(storage, recursive: true);
    }

    [Fact]
    public async Task Tags_that_were_used_together_rise_together()
    {
        var storage = Directory.CreateTempSubdirectory("kohaku-usage-").FullName;
        await using (var client = await TestClient.StartAsync(options: new() { ["storagePath"] = storage }))
        {
            var (_, second) = await NeighboursAsync(client);
            new Kohaku.Tags.TagUsage(Path.Combine(storage, "usage.db"), _ => { }).Add("elsewhere", [new(second, ["smile"]), new(second, ["smile"])]);
        }

        await using (var client = await TestClient.StartAsync(options: new() { ["storagePath"] = storage }))
        {
            var (_, second) = await NeighboursAsync(client);
            await Completing.UntilAsync(() => client.LabelsAsync("1girl, smile, " + Query + "‸"), labels => labels[0] == second);
            Assert.NotEqual(second, (await client.LabelsAsync(Text + "‸"))[0]);
        }

        Directory.Delete(storage, recursive: true);
    }

    [Fact]
    public async Task A_tag_written_by_hand_is_not_counted_and_one_sent_as_the_smallest_difference_is()
    {
        var storage = Directory.CreateTempSubdirectory("kohaku-usage-").FullName;
        var folder = "";
        await using (var client = await TestClient.StartAsync(options: new() { ["storagePath"] = storage }))
        {
            folder = client.Folder;
            var uri = await client.OpenAsync("a.prompt", "1girl, smil");
            await client.RequestAsync("textDocument/completion", TestClient.At(uri, 0, 11));
            await client.ChangeAsync(uri, 2, (0, 11), (0, 11), "e");
            await client.ChangeAsync(uri, 3, (0, 12), (0, 12), ", lon");
            await client.RequestAsync("textDocument/completion", TestClient.At(uri, 0, 17));
            await client.ChangeAsync(uri, 4, (0, 17), (0, 17), "g hair");
            Assert.NotNull(await client.RequestAsync("textDocument/completion", TestClient.At(uri, 0, 23)));
        }

        Assert.Equal(["long_hair"], new Kohaku.Tags.TagUsage(Path.Combine(storage, "usage.db"), _ => { }).Read(folder).Tags);
        Directory.Delete(storage, recursive: true);
    }

    [Fact]
    public async Task Nothing_is_counted_where_the_user_does_not_want_it()
    {
        var storage = Directory.CreateTempSubdirectory("kohaku-usage-").FullName;
        await using (var client = await TestClient.StartAsync(options: new()
        {
            ["storagePath"] = storage,
            ["settings"] = new JsonObject { ["completion"] = new JsonObject { ["usage"] = false } },
        }))
        {
            await TakeAsync(client, "a.prompt", (await NeighboursAsync(client)).Second);
        }

        Assert.Empty(Directory.GetFiles(storage));
        Directory.Delete(storage);
    }

    [Fact]
    public async Task Everything_is_forgotten_on_request()
    {
        var storage = Directory.CreateTempSubdirectory("kohaku-usage-").FullName;
        await using (var client = await TestClient.StartAsync(options: new() { ["storagePath"] = storage }))
        {
            var (first, second) = await NeighboursAsync(client);
            await TakeAsync(client, "a.prompt", second);
            await Completing.UntilAsync(() => client.LabelsAsync(Text + "‸"), labels => labels[0] == second);
            Assert.True((await client.RequestAsync("kohaku/clearUsage", new JsonObject()))!["cleared"]!.GetValue<bool>());
            await Completing.UntilAsync(() => client.LabelsAsync(Text + "‸"), labels => labels[0] == first);
        }

        Assert.Empty(Directory.GetFiles(storage));
        Directory.Delete(storage);
    }

    private static async Task<(string First, string Second)> NeighboursAsync(TestClient client)
    {
        var labels = await client.LabelsAsync(Text + "‸");
        return (labels[0], labels[1]);
    }

    private static async Task TakeAsync(TestClient client, string name, string label)
    {
        var uri = await client.OpenAsync(name, Text);
        var list = (await client.RequestAsync("textDocument/completion", TestClient.At(uri, 0, Text.Length)))!;
        var (range, text) = Completing.Edit(list, list["items"]!.AsArray().First(item => Completing.Label(item) == label)!);
        await client.NotifyAsync("textDocument/didChange", new JsonObject
        {
            ["textDocument"] = new JsonObject { ["uri"] = uri, ["version"] = 2 },
            ["contentChanges"] = new JsonArray(new JsonObject { ["range"] = range.DeepClone(), ["text"] = text }),
        });
    }
}
