using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Kohaku.Security.Tests;

/// <summary>A plain client of the language server: one request after the other.</summary>
internal sealed class Editor : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _log;
    private int _lastId;

    /// <summary>Starts the server; <see cref="Initialize"/> is next.</summary>
    public Editor(ProcessStartInfo start)
    {
        _process = Process.Start(start)!;
        _log = _process.StandardError.ReadToEndAsync();
    }

    /// <summary>Opens a workspace.</summary>
    public JsonNode? Initialize(string folder, JsonObject? options = null)
    {
        var answer = Request("initialize", new JsonObject
        {
            ["processId"] = null,
            ["capabilities"] = new JsonObject { ["textDocument"] = new JsonObject { ["diagnostic"] = new JsonObject() } },
            ["initializationOptions"] = options,
            ["workspaceFolders"] = new JsonArray(new JsonObject { ["uri"] = UriOf(folder), ["name"] = "test" }),
        });
        Notify("initialized", []);
        return answer;
    }

    /// <summary>A path as VS Code names it: all but letters, digits and slashes escaped.</summary>
    public static string UriOf(string path) => "file://" + string.Join('/', path.Split('/').Select(Uri.EscapeDataString));

    /// <summary>Opens a document.</summary>
    public void Open(string uri, string text) => Notify("textDocument/didOpen", new JsonObject
    {
        ["textDocument"] = new JsonObject { ["uri"] = uri, ["languageId"] = "kohaku-prompt", ["version"] = 1, ["text"] = text },
    });

    /// <summary>Asks about a place.</summary>
    public JsonNode? At(string method, string uri, int line, int character) => Request(method, new JsonObject
    {
        ["textDocument"] = new JsonObject { ["uri"] = uri },
        ["position"] = new JsonObject { ["line"] = line, ["character"] = character },
    });

    /// <summary>Asks about a document.</summary>
    public JsonNode? About(string method, string uri) => Request(method, new JsonObject { ["textDocument"] = new JsonObject { ["uri"] = uri } });

    /// <summary>The findings of a document.</summary>
    public JsonArray Findings(string uri) => About("textDocument/diagnostic", uri)!["items"]!.AsArray();

    /// <summary>Asks, and waits for the answer; an error is one as well.</summary>
    public JsonNode? Request(string method, JsonNode? parameters)
    {
        var id = ++_lastId;
        Send(new JsonObject { ["jsonrpc"] = "2.0", ["id"] = id, ["method"] = method, ["params"] = parameters });
        while (true)
        {
            var message = Receive() ?? throw new InvalidOperationException($"the server ended at {method}: {_log.GetAwaiter().GetResult()}");
            if (message["method"] is not null)
            {
                if (message["id"] is { } asked) Send(new JsonObject { ["jsonrpc"] = "2.0", ["id"] = asked.DeepClone(), ["result"] = null });
            }
            else if (message["id"]!.GetValue<int>() == id)
            {
                return (message["result"] ?? message["error"])?.DeepClone();
            }
        }
    }

    /// <summary>Tells.</summary>
    public void Notify(string method, JsonObject parameters) => Send(new JsonObject { ["jsonrpc"] = "2.0", ["method"] = method, ["params"] = parameters });

    /// <summary>Ends the server as an editor does.</summary>
    /// <returns>Its exit code and its log.</returns>
    public (int Code, string Log) Close()
    {
        Request("shutdown", null);
        Send(new JsonObject { ["jsonrpc"] = "2.0", ["method"] = "exit" });
        _process.StandardInput.Close();
        _process.WaitForExit();
        return (_process.ExitCode, _log.GetAwaiter().GetResult());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private void Send(JsonObject message)
    {
        var body = Encoding.UTF8.GetBytes(message.ToJsonString());
        var stream = _process.StandardInput.BaseStream;
        stream.Write(Encoding.ASCII.GetBytes($"Content-Length: {body.Length}\r\n\r\n"));
        stream.Write(body);
        stream.Flush();
    }

    private JsonNode? Receive()
    {
        var stream = _process.StandardOutput.BaseStream;
        var header = new StringBuilder();
        while (!header.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            var next = stream.ReadByte();
            if (next < 0) return null;
            header.Append((char)next);
        }

        var length = int.Parse(header.ToString().Split(':', '\r')[1], CultureInfo.InvariantCulture);
        var body = new byte[length];
        stream.ReadExactly(body);
        return JsonNode.Parse(body);
    }
}
