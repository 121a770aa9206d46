using System.Text.Json.Nodes;

namespace Kohaku.Security.Tests;

/// <summary>What a workspace names is not so much as looked for until someone trusts it: no system call has its path.</summary>
public sealed class TrustTests : IDisposable
{
    // Each is named by the configuration of the workspace, by its settings, or by both.
    private static readonly string[] s_named =
        ["extended.json", "profile.json", "extra.csv", "translations.csv", "tags.db", "networks", "embeddings", "wildcards", "model.safetensors", "vae.safetensors", "modelFolder", "loraFolder", "embeddingFolder", "gpuLibrary"];

    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Without_trust_nothing_that_the_workspace_names_is_touched_and_no_image_is_made()
    {
        var (touched, refusal) = Work(trusted: false);

        Assert.Empty(touched);
        Assert.Equal("the workspace is not trusted, so that nothing is generated in it", refusal);
    }

    [Fact]
    public void With_trust_all_of_it_is_read()
    {
        var (touched, refusal) = Work(trusted: true);

        Assert.Equal(s_named.Order(StringComparer.Ordinal), touched.Order(StringComparer.Ordinal));
        Assert.DoesNotContain("trusted", refusal, StringComparison.Ordinal);
    }

    private (IReadOnlyList<string> Touched, string Refusal) Work(bool trusted)
    {
        string At(string name) => _folder[$"elsewhere/{name}"];

        foreach (var name in s_named)
        {
            if (name.Contains('.', StringComparison.Ordinal)) _folder.Write($"elsewhere/{name}", name.EndsWith(".json", StringComparison.Ordinal) ? "{}" : "");
            else Directory.CreateDirectory(At(name));
        }

        _folder.Write("elsewhere/wildcards/b.txt", "solo");
        _folder.Write("workspace/kohaku.json", new JsonObject
        {
            ["extends"] = At("extended.json"),
            ["profile"] = At("profile.json"),
            ["dynamicPrompts"] = true,
            ["tags"] = new JsonObject { ["extra"] = At("extra.csv"), ["translations"] = At("translations.csv") },
            ["networks"] = new JsonArray(At("networks")),
            ["embeddings"] = new JsonArray(At("embeddings")),
            ["wildcards"] = new JsonArray(At("wildcards")),
        }.ToJsonString());
        var settings = new JsonObject
        {
            ["tags"] = new JsonObject { ["databases"] = new JsonArray(At("tags.db")) },
            ["generate"] = new JsonObject
            {
                ["model"] = At("model.safetensors"), ["vae"] = At("vae.safetensors"), ["modelFolders"] = new JsonArray(At("modelFolder")), ["loraFolders"] = new JsonArray(At("loraFolder")), ["embeddingFolders"] = new JsonArray(At("embeddingFolder")),
                ["gpuLibrary"] = At("gpuLibrary"),
            },
        };

        var trace = _folder["trace"];
        using var editor = new Editor(Program.Start(_folder.Root, ["strace", "-f", "-qq", "-s", "4096", "-o", trace, "-e", "trace=%file"], [], "lsp", "--stdio"));
        editor.Initialize(_folder["workspace"], new JsonObject { ["trusted"] = trusted, ["settings"] = settings, ["generation"] = true });
        var uri = Editor.UriOf(_folder["workspace/a.prompt"]);
        editor.Open(uri, "1girl, <lora:a:1>, __b__, <lora:\nSteps: 1");
        editor.Findings(uri);
        editor.At("textDocument/completion", uri, 0, 32);
        editor.At("textDocument/completion", uri, 0, 22);
        editor.At("textDocument/hover", uri, 0, 12);
        editor.At("textDocument/hover", uri, 0, 21);
        editor.About("textDocument/documentLink", uri);
        editor.Request("kohaku/searchTags", new JsonObject { ["query"] = "a", ["limit"] = 5 });
        editor.Request("kohaku/generationOptions", new JsonObject { ["uri"] = uri });
        var refusal = editor.Request("kohaku/generate", new JsonObject { ["job"] = "one", ["uri"] = uri, ["position"] = new JsonObject { ["line"] = 0, ["character"] = 0 } });
        editor.Close();

        var calls = File.ReadAllText(trace);
        return ([.. s_named.Where(name => calls.Contains($"elsewhere/{name}\"", StringComparison.Ordinal))], refusal!["message"]!.GetValue<string>());
    }
}
