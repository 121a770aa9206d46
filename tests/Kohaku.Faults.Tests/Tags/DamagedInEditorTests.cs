using System.Text.Json.Nodes;
using Kohaku.Faults.Tests.Harness;
using Kohaku.LanguageServer.Tests;
using Kohaku.Tags;

namespace Kohaku.Faults.Tests.Tags;

/// <summary>Damaged tags under an editor: it goes on with what is left, and says so.</summary>
public sealed class DamagedInEditorTests
{
    [Theory]
    [InlineData(true, "the index was made again from the database")]
    [InlineData(false, "the tags that ship are used: import your lists again")]
    public async Task An_index_damaged_behind_the_systems_back_is_found_and_said(bool hasDatabase, string said)
    {
        await using var client = await TestClient.StartAsync(
            options: new JsonObject { ["client"] = new JsonObject { ["showDocument"] = true } }, prepare: client =>
            {
                client.Expect("window/showMessage");
                Damage(client.Data, hasDatabase);
            });
        await client.OpenAsync("a.prompt", "1girl");
        var status = await client.ReceivedAsync("kohaku/serverStatusChanged", status => status!["message"]?.GetValue<string>().Contains("the tag index is damaged", StringComparison.Ordinal) == true);

        Assert.Equal("degraded", status!["state"]!.GetValue<string>());
        await client.Server.LoggedAsync(said);
    }

    private static void Damage(string folder, bool hasDatabase)
    {
        var list = new TagList();
        list.Rows.Add(new TagRow("imported tag", TagCategory.General, 9, []));
        var imported = new TagStore(folder).Import(list, ImportMode.Merge);
        var written = File.GetLastWriteTimeUtc(imported.IndexPath);
        var bytes = File.ReadAllBytes(imported.IndexPath);
        bytes[^100] ^= 1;
        Scratch.Put(imported.IndexPath, bytes);
        File.SetLastWriteTimeUtc(imported.IndexPath, written);
        if (!hasDatabase) File.Delete(imported.DatabasePath);
    }
}
