using System.Diagnostics;
using System.Text.Json;
using Kohaku.LanguageServer.Protocol;
using Kohaku.LanguageServer.Transport;

namespace Kohaku.LanguageServer.Handlers;

/// <summary>Work-done progress under the client's token: begun only once the work lasts, so that quick work does not flicker.</summary>
internal sealed class Progress(Client client, JsonElement? token, string title) : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(100);

    private readonly long _start = Stopwatch.GetTimestamp();
    private long _last;
    private bool _begun;

    /// <summary>Says how far the work is.</summary>
    public void Report(string message)
    {
        if (token is not { } given || Stopwatch.GetElapsedTime(_start) < s_patience) return;
        if (_begun && Stopwatch.GetElapsedTime(_last) < s_interval) return;

        _last = Stopwatch.GetTimestamp();
        var value = _begun ? new WorkDoneProgress("report") { Message = message } : new WorkDoneProgress("begin") { Title = title, Message = message, Cancellable = false };
        _begun = true;
        client.Progress(given, value);
    }

    /// <summary>Ends it, where it was begun.</summary>
    public void Dispose()
    {
        if (_begun) client.Progress(token!.Value, new WorkDoneProgress("end"));
    }
}
