using System.Text.Json;
using Kohaku.LanguageServer.Dispatch;
using Kohaku.LanguageServer.Documents;
using Kohaku.LanguageServer.Protocol;
using Kohaku.LanguageServer.Session;

namespace Kohaku.LanguageServer.Handlers;

/// <summary><c>initialize</c>: notes what the client can do and says what the server offers. Reads no file.</summary>
internal sealed class InitializeHandler(ServerState state, string version, Action<int> watchParent) : IOrderedHandler<InitializeParams>
{
    /// <inheritdoc/>
    public object? Handle(InitializeParams message)
    {
        if (state.Phase != ServerPhase.Started) throw Transport.Failure.Of(Transport.Failure.InvalidRequest, "initialize came twice");

        var options = Options(message.InitializationOptions);
        var encoding = EncodingOf(message.Capabilities?.General?.PositionEncodings);
        var client = new ClientFacts(message.Capabilities ?? new ClientCapabilities(), encoding, FoldersOf(message), options.StoragePath)
        {
            IsOurs = options.Client is not null,
            AppliesFixes = options.Client?.ApplyFix == true,
            Generates = options.Generation == true,
        };
        var editor = options.Settings is { } settings ? EditorSettings.Read(settings, client.FirstFolder) : EditorSettings.Default;
        state.Change(snapshot => snapshot with { Client = client });
        if (options.Settings is not null || options.Trusted == false) state.Reload(editor, options.Trusted ?? true);
        state.Phase = ServerPhase.Running;
        if (message.ProcessId is { } parent) watchParent(parent);
        return new InitializeResult(Offer.Of(client), new ServerInfo("kohaku", version));
    }

    private static ServerOptions Options(JsonElement? options)
    {
        if (options is not { ValueKind: JsonValueKind.Object } given) return new ServerOptions();

        try
        {
            return given.Deserialize(ProtocolJson.Default.ServerOptions) ?? new ServerOptions();
        }
        catch (JsonException error)
        {
            throw Transport.Failure.Of(Transport.Failure.InvalidParams, $"initializationOptions: {error.Message}");
        }
    }

    // UTF-16 is what every client knows; another one is taken only where the client lists no UTF-16.
    private static PositionEncoding EncodingOf(string[]? offered) =>
        offered is { Length: > 0 } && !offered.Contains("utf-16") && offered.Contains("utf-8") ? PositionEncoding.Utf8 : PositionEncoding.Utf16;

    private static List<string> FoldersOf(InitializeParams message)
    {
        var uris = message.WorkspaceFolders is { Length: > 0 } folders ? folders.Select(folder => folder.Uri) : message.RootUri is { } root ? [root] : [];
        return [.. uris.Select(DocumentPath.Of).Where(DocumentPath.IsFile)];
    }
}

/// <summary><c>shutdown</c>: nothing but <c>exit</c> is taken from here on.</summary>
internal sealed class ShutdownHandler(ServerState state) : IOrderedHandler<EmptyParams>
{
    /// <inheritdoc/>
    public object? Handle(EmptyParams message)
    {
        state.Phase = ServerPhase.ShutDown;
        return null;
    }
}

/// <summary><c>exit</c>: ends the process, with 0 only after <c>shutdown</c>.</summary>
internal sealed class ExitHandler(ServerState state, Action<int> exit) : IOrderedHandler<EmptyParams>
{
    /// <inheritdoc/>
    public object? Handle(EmptyParams message)
    {
        exit(state.Phase == ServerPhase.ShutDown ? 0 : 1);
        return null;
    }
}
