using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Kohaku.LanguageServer.Protocol;
using StreamJsonRpc;

namespace Kohaku.LanguageServer.Transport;

/// <summary>What the server says to the client of itself. A client that is gone, or that cannot do what it is asked, is no failure of the server.</summary>
internal sealed class Client(Action<string> log)
{
    private readonly HashSet<string> _refused = new(StringComparer.Ordinal);
    private Connection? _connection;
    private int _lastToken;

    /// <summary>Begins to talk over a connection.</summary>
    public void Attach(Connection connection) => _connection = connection;

    /// <summary>Sends a notification.</summary>
    public async Task NotifyAsync(string method, Dictionary<string, object?> parameters)
    {
        if (_connection is not { IsDisposed: false } connection) return;

        try
        {
            await connection.NotifyWithParameterObjectAsync(method, parameters, Types(parameters)).ConfigureAwait(false);
        }
        catch (Exception gone) when (IsGone(gone))
        {
            log($"{method} was not sent: the client is gone");
        }
    }

    /// <summary>Asks for something; default where the client does not know the method, or fails.</summary>
    public async Task<JsonElement?> RequestAsync(string method, Dictionary<string, object?> parameters, CancellationToken cancel)
    {
        if (_connection is not { IsDisposed: false } connection || IsRefused(method)) return null;

        try
        {
            return await connection.InvokeWithParameterObjectAsync<JsonElement?>(method, parameters, Types(parameters), cancel).ConfigureAwait(false);
        }
        catch (RemoteMethodNotFoundException)
        {
            Refuse(method);
            return null;
        }
        catch (RemoteRpcException error)
        {
            log($"the client could not do {method}: {error.Message}");
            return null;
        }
        catch (Exception gone) when (IsGone(gone))
        {
            return null;
        }
    }

    /// <summary>Asks for something that is read as a record.</summary>
    public async Task<T?> RequestAsync<T>(string method, Dictionary<string, object?> parameters, JsonTypeInfo<T> type, CancellationToken cancel)
        where T : class
    {
        var answer = await RequestAsync(method, parameters, cancel).ConfigureAwait(false);
        return answer is { ValueKind: not JsonValueKind.Null and not JsonValueKind.Undefined } json ? json.Deserialize(type) : null;
    }

    /// <summary>Writes a line into the client's log.</summary>
    /// <param name="kind">1 error, 2 warning, 3 information, 4 log.</param>
    /// <param name="message">The line.</param>
    public Task LogAsync(int kind, string message) => NotifyAsync("window/logMessage", new() { ["type"] = kind, ["message"] = message });

    /// <summary>Shows a message to the person.</summary>
    /// <param name="kind">1 error, 2 warning, 3 information.</param>
    /// <param name="message">The fact, then the action.</param>
    public Task ShowAsync(int kind, string message) => NotifyAsync("window/showMessage", new() { ["type"] = kind, ["message"] = message });

    /// <summary>Reports progress under a token of the client's or of <see cref="NextToken"/>.</summary>
    public Task ProgressAsync(object token, object value) => NotifyAsync("$/progress", new() { ["token"] = token, ["value"] = value });

    /// <summary>The same, and waits until it is written: for threads of their own, whose work must not run ahead of a client that reads slowly.</summary>
    public void Progress(object token, object value) => ProgressAsync(token, value).GetAwaiter().GetResult();

    /// <summary>A token for progress that the server begins by itself.</summary>
    public string NextToken() => $"kohaku-{Interlocked.Increment(ref _lastToken)}";

    private bool IsRefused(string method)
    {
        lock (_refused) return _refused.Contains(method);
    }

    private void Refuse(string method)
    {
        lock (_refused) _refused.Add(method);
        log($"the client does not know {method}; it is not asked again");
    }

    private static bool IsGone(Exception error) => error is ConnectionLostException or ObjectDisposedException or IOException or InvalidOperationException;

    private static Dictionary<string, Type> Types(Dictionary<string, object?> parameters)
    {
        var types = new Dictionary<string, Type>(parameters.Count);
        foreach (var (name, value) in parameters) types[name] = value?.GetType() ?? typeof(string);
        return types;
    }
}
