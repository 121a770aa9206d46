using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;

namespace Kohaku.LanguageServer.Tests;

public sealed class NetworkHoverTests
{
    [Fact]
    public async Task A_network_tells_what_its_header_says()
    {
        var text = await HoverAsync(trusted: true);
        Assert.StartsWith("**amber\\_style** · lora · strength 0\\.8", text, StringComparison.Ordinal);
        Assert.Contains(@"LoHa · rank 16 · alpha 8 · for sdxl\_base\_v1\-0", text, StringComparison.Ordinal);
        Assert.Contains(@"Trained on: 1girl \(150\), amber eyes \(30\)", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_trust_no_file_is_read() => Assert.Equal(@"**amber\_style** · lora · strength 0\.8", await HoverAsync(trusted: false));

    [Fact]
    public async Task In_a_negative_prompt_it_is_text()
    {
        await using var client = await TestClient.StartAsync();
        var hover = await client.RequestAsync("textDocument/hover", await client.OpenAtCursorAsync("a.prompt", "1girl\nNegative prompt: <lora:a‸:1>"));
        Assert.Contains("text in a negative prompt", hover!["contents"]!["value"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    private static async Task<string> HoverAsync(bool trusted)
    {
        await using var client = await TestClient.StartAsync(options: new JsonObject { ["trusted"] = trusted }, prepare: client =>
        {
            Requests.WriteFile(client, "kohaku.json", """{"networks":["loras"]}""");
            Requests.WriteFile(client, "loras/amber_style.safetensors", Header());
        });
        var hover = await client.RequestAsync("textDocument/hover", await client.OpenAtCursorAsync("a.prompt", "1girl, <lora:amb‸er_style:0.8>"));
        return hover!["contents"]!["value"]!.GetValue<string>();
    }

    private static byte[] Header()
    {
        var metadata = new JsonObject
        {
            ["ss_base_model_version"] = "sdxl_base_v1-0",
            ["ss_network_module"] = "lycoris.kohya",
            ["ss_network_args"] = """{"algo":"loha","conv_dim":"8"}""",
            ["ss_network_dim"] = "16",
            ["ss_network_alpha"] = "8",
            ["ss_tag_frequency"] = """{"5_a":{"1girl":100,"amber eyes":30},"1_b":{" 1girl":50}}""",
        };
        var json = Encoding.UTF8.GetBytes(new JsonObject { ["__metadata__"] = metadata }.ToJsonString());
        var file = new byte[8 + json.Length];
        BinaryPrimitives.WriteInt64LittleEndian(file, json.Length);
        json.CopyTo(file, 8);
        return file;
    }
}
