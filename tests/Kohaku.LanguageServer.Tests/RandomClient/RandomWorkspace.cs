using System.Text;
using System.Text.Json.Nodes;
using Kohaku.Files;

namespace Kohaku.LanguageServer.Tests.RandomClient;

/// <summary>What changes around the documents: files, configurations, the editor's settings, trust and folders.</summary>
internal sealed class RandomWorkspace
{
    private const int Files = 12;

    // The first is what holds at the start, and for the command line.
    private static readonly string[] s_settings =
    [
        "{}", """{"rules":{"KHK001":"none","KHK102":"error"}}""", """{"dialect":"comfyui"}""", """{"tokenLimit":150}""", """{"diagnostics":{"workspace":false},"codeLens":{"enabled":false}}""",
        """{"inlayHints":{"posts":false,"tokens":false}}""", """{"rules":7,"no such key":[]}""",
    ];

    private static readonly string?[] s_configurations =
    [
        null, null, """{"rules":{"KHK001":"error"}}""", """{"dialect":"comfyui","exclude":["disk/1*.prompt"]}""", """{"rules":{"KHK102":"none"},"tokenLimit":225}""", "{\"broken", """{"dialect":"none such"}""", "",
    ];

    private static readonly string?[] s_ignored = [null, null, "disk/2.prompt\n", "*.prompt\n!disk/3.prompt\n", "[\n"];

    private readonly TestClient _client;
    private readonly Random _random;
    private readonly RandomEdits _edits;
    private readonly Func<string, JsonNode, Task> _notify;
    private int _setting;

    /// <summary>A workspace of a client's.</summary>
    /// <param name="client">Whose folder it is.</param>
    /// <param name="random">Chooses.</param>
    /// <param name="edits">Writes texts.</param>
    /// <param name="notify">Tells the server.</param>
    public RandomWorkspace(TestClient client, Random random, RandomEdits edits, Func<string, JsonNode, Task> notify)
    {
        (_client, _random, _edits, _notify) = (client, random, edits, notify);
        Folders = [client.FolderUri];
    }

    /// <summary>The editor's settings, as <c>workspace/configuration</c> has them.</summary>
    public JsonNode Settings => JsonNode.Parse(s_settings[Volatile.Read(ref _setting)])!;

    /// <summary>Whether the workspace is trusted.</summary>
    public bool IsTrusted { get; private set; } = true;

    /// <summary>The workspace's folders by URI.</summary>
    public List<string> Folders { get; }

    /// <summary>Whether nothing changed that the server takes note of by and by: settings and configurations are read on other threads.</summary>
    public bool IsSettled { get; set; } = true;

    /// <summary>Changes something, and tells the server most of the time.</summary>
    public Task ChangeAsync() => _random.Next(12) switch
    {
        0 => ConfigureAsync(_random.Next(s_settings.Length)),
        1 => WriteAsync(Any("", "disk/") + "kohaku.json", Any(s_configurations), settles: false),
        2 => WriteAsync(Any(".gitignore", ".kohakuignore"), Any(s_ignored), settles: false),
        3 => TrustAsync(_random.Next(4) > 0),
        4 => FoldersAsync(),
        _ => PromptAsync(),
    };

    /// <summary>One change of each kind.</summary>
    public async Task ChangeAllAsync()
    {
        await ConfigureAsync(1);
        await PromptAsync();
        await WriteAsync("kohaku.json", s_configurations[2], settles: false);
        await TrustAsync(false);
        await FoldersAsync();
    }

    /// <summary>Everything as it was at the start but the prompts on disk.</summary>
    public async Task RestoreAsync()
    {
        foreach (var name in (string[])["kohaku.json", "disk/kohaku.json", ".gitignore", ".kohakuignore"]) await WriteAsync(name, null, settles: false);
        await ConfigureAsync(0);
        await TrustAsync(true);
    }

    private T Any<T>(params ReadOnlySpan<T> things) => things[_random.Next(things.Length)];

    private Task PromptAsync() => WriteAsync($"disk/{_random.Next(Files)}.prompt", _random.Next(4) == 0 ? null : _edits.Text(), settles: true);

    private Task ConfigureAsync(int setting)
    {
        Volatile.Write(ref _setting, setting);
        IsSettled = false;
        return _notify("workspace/didChangeConfiguration", new JsonObject { ["settings"] = new JsonObject { ["kohaku"] = Settings } });
    }

    private Task TrustAsync(bool isTrusted)
    {
        IsTrusted = isTrusted;
        return _notify("kohaku/trustChanged", new JsonObject { ["trusted"] = isTrusted });
    }

    private Task FoldersAsync()
    {
        var uri = _client.FolderUri + Any("", "/disk", "/not there");
        var isAdded = !Folders.Remove(uri);
        if (isAdded) Folders.Add(uri);
        var folder = new JsonArray(new JsonObject { ["uri"] = uri, ["name"] = "a folder" });
        return _notify("workspace/didChangeWorkspaceFolders", new JsonObject
        {
            ["event"] = new JsonObject { ["added"] = isAdded ? folder : new JsonArray(), ["removed"] = isAdded ? new JsonArray() : folder },
        });
    }

    private async Task WriteAsync(string name, string? text, bool settles)
    {
        var path = Path.Combine(_client.Folder, name);
        var existed = File.Exists(path);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        if (text is null) File.Delete(path);
        else Requests.WriteFile(_client, name, Encoding.UTF8.GetBytes(text));
        if (!settles) IsSettled = false;
        if (_random.Next(5) == 0) return;

        var type = text is null ? 3 : existed ? 2 : 1;
        await _notify("workspace/didChangeWatchedFiles", new JsonObject { ["changes"] = new JsonArray(new JsonObject { ["uri"] = _client.Uri(name), ["type"] = type }) });
    }
}
