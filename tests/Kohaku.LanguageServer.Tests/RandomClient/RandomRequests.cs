using System.Text.Json.Nodes;
using Kohaku.LanguageServer.Editing;

namespace Kohaku.LanguageServer.Tests.RandomClient;

/// <summary>What a request may be about.</summary>
/// <param name="Uri">An open document.</param>
/// <param name="Version">Its version.</param>
/// <param name="Start">A place.</param>
/// <param name="End">Another, not before it.</param>
/// <param name="Number">A random number.</param>
/// <param name="Kept">What earlier answers held.</param>
internal sealed record Subject(string Uri, int Version, JsonObject Start, JsonObject End, int Number, Kept Kept)
{
    /// <summary>One of some things.</summary>
    public T Of<T>(params ReadOnlySpan<T> things) => things[Number % things.Length];
}

/// <summary>A kind of request and how one is made.</summary>
/// <param name="Method">Its name.</param>
/// <param name="Parameters">Makes its parameters.</param>
/// <param name="Refusals">Errors that are right answers: <c>rename</c> where there is no tag.</param>
internal sealed record RequestKind(string Method, Func<Subject, JsonObject> Parameters, params int[] Refusals)
{
    /// <summary>Whether every place in its answer is one of the document asked about.</summary>
    public bool IsAboutDocument { get; init; } = true;
}

/// <summary>Every request of the server's.</summary>
internal static class RandomRequests
{
    private const int InvalidParams = -32602;
    private const int RequestFailed = -32803;
    private const int ContentModified = -32801;

    private static readonly string[] s_tags = ["1girl", "long_hair", "long hair", "blue_eye", "hatsune_miku", "", "no such tag", "\u0000", "(", "長い髪", "solo\n"];
    private static readonly string[] s_queries = ["girl", "", "s", "long_h", "eyes blue", "hatsu", "\uD83D", "%", "a very long query that no tag has and that is longer than any", "lh"];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<RequestKind> All { get; } =
    [
        new("textDocument/diagnostic", about => WithPrevious(Of(about), about, "textDocument/diagnostic")),
        new("workspace/diagnostic", about => WithProgress(new JsonObject { ["previousResultIds"] = about.Kept.All("workspace/diagnostic") }, about, "partialResultToken")) { IsAboutDocument = false },
        new("textDocument/completion", At),
        new("completionItem/resolve", about => about.Kept.Any("textDocument/completion", about.Number)?.AsObject() ?? new JsonObject { ["label"] = "solo" }) { IsAboutDocument = false },
        new("textDocument/hover", At),
        new("textDocument/codeAction", about => With(InRange(about), "context", new JsonObject { ["diagnostics"] = new JsonArray(), ["triggerKind"] = about.Of(1, 2) })),
        new("codeAction/resolve", about => about.Kept.Any("textDocument/codeAction", about.Number)?.AsObject() ?? new JsonObject { ["title"] = "Fix" }, InvalidParams, RequestFailed, ContentModified) { IsAboutDocument = false },
        new("workspace/executeCommand", Command, InvalidParams, RequestFailed) { IsAboutDocument = false },
        new("textDocument/semanticTokens/full", Of),
        new("textDocument/semanticTokens/full/delta", about => With(Of(about), "previousResultId", about.Kept.Any("textDocument/semanticTokens/full", about.Number) ?? "1")),
        new("textDocument/semanticTokens/range", InRange),
        new("textDocument/inlayHint", InRange),
        new("textDocument/documentSymbol", Of),
        new("workspace/symbol", about => new JsonObject { ["query"] = about.Of(s_queries) }) { IsAboutDocument = false },
        new("textDocument/foldingRange", Of),
        new("textDocument/selectionRange", about => With(Of(about), "positions", new JsonArray(about.Start.DeepClone(), about.End.DeepClone()))),
        new("textDocument/documentHighlight", At),
        new("textDocument/linkedEditingRange", At),
        new("textDocument/references", about => WithProgress(With(At(about), "context", new JsonObject { ["includeDeclaration"] = true }), about, "workDoneToken")) { IsAboutDocument = false },
        new("textDocument/prepareRename", At, RequestFailed),
        new("textDocument/rename", about => WithProgress(With(At(about), "newName", about.Of("red eyes", "x", " ", "a,b", "a<b", "(y)")), about, "workDoneToken"), RequestFailed, InvalidParams) { IsAboutDocument = false },
        new("textDocument/documentLink", Of),
        new("documentLink/resolve", about => about.Kept.Any("textDocument/documentLink", about.Number)?.AsObject() ?? new JsonObject { ["range"] = TestClient.Range((0, 0), (0, 1)) }) { IsAboutDocument = false },
        new("textDocument/codeLens", Of),
        new("textDocument/formatting", about => With(Of(about), "options", Options())),
        new("textDocument/rangeFormatting", about => With(InRange(about), "options", Options())),
        new("textDocument/rangesFormatting", about => With(With(Of(about), "ranges", new JsonArray(Range(about), Range(about))), "options", Options())),
        new("textDocument/onTypeFormatting", about => With(With(At(about), "options", Options()), "ch", about.Of(",", " ", "x"))),
        new("kohaku/promptStatus", At),
        new("kohaku/serverStatus", _ => []) { IsAboutDocument = false },
        new("kohaku/explainRule", about => new JsonObject { ["rule"] = about.Of("KHK001", " khk102", "underscore-in-tag", "", "KHK999") }) { IsAboutDocument = false },
        new("kohaku/searchTags", about => new JsonObject { ["query"] = about.Of(s_queries), ["limit"] = about.Of(-1, 0, 1, 50, 2_000_000_000), ["category"] = about.Of(null, "artist", "general", "none such") }, InvalidParams) { IsAboutDocument = false },
        new("kohaku/tagInfo", about => new JsonObject { ["tag"] = about.Of(s_tags) }) { IsAboutDocument = false },

        // The selections they answer with are places of the text to come.
        new("kohaku/insertTag", about => With(With(Versioned(about), "position", about.Start), "tag", about.Of(s_tags))) { IsAboutDocument = false },
        new("kohaku/edit", about => With(With(Versioned(about), "selections", new JsonArray(Range(about), Range(about))), "action", about.Of([.. ServerCommands.All, "none such"])), InvalidParams, ContentModified) { IsAboutDocument = false },
        new("kohaku/clearUsage", _ => []) { IsAboutDocument = false },

        // No model is named: nothing is ever loaded.
        new("kohaku/generate", about => With(With(new JsonObject { ["job"] = "job", ["uri"] = about.Uri }, "position", about.Start), "options", about.Of<JsonObject>([], new() { ["steps"] = -1 }, new() { ["sampler"] = "x", ["size"] = "7" })), InvalidParams, RequestFailed) { IsAboutDocument = false },
        new("kohaku/generationOptions", about => about.Number % 2 == 0 ? [] : new JsonObject { ["uri"] = about.Uri }) { IsAboutDocument = false },
        new("kohaku/imagePrompt", about => new JsonObject { ["uri"] = about.Uri }, RequestFailed) { IsAboutDocument = false },
    ];

    private static JsonObject Of(Subject about) => Requests.Document(about.Uri);

    private static JsonObject At(Subject about) => With(Of(about), "position", about.Start);

    private static JsonObject InRange(Subject about) => With(Of(about), "range", Range(about));

    private static JsonObject Range(Subject about) => new() { ["start"] = about.Start.DeepClone(), ["end"] = about.End.DeepClone() };

    // Most know the version, some do not, and some are wrong.
    private static JsonObject Versioned(Subject about)
    {
        var request = Of(about);
        if (about.Number % 5 > 0) request["textDocument"]!["version"] = about.Number % 17 == 0 ? about.Version - 1 : about.Version;
        return request;
    }

    private static JsonObject Options() => new() { ["tabSize"] = 4, ["insertSpaces"] = true };

    private static JsonObject Command(Subject about)
    {
        var arguments = new JsonArray(about.Uri, Range(about));
        var command = about.Of([.. ServerCommands.All, "kohaku.server.none"]);
        if (command == ServerCommands.ApplyFix)
        {
            arguments.Add("KHK001");
            arguments.Add("Write it with blanks");
        }

        return new JsonObject { ["command"] = command, ["arguments"] = arguments };
    }

    private static JsonObject WithPrevious(JsonObject parameters, Subject about, string kind)
    {
        if (about.Number % 3 == 0 && about.Kept.Any(kind, about.Number) is { } previous) parameters["previousResultId"] = previous;
        return parameters;
    }

    private static JsonObject WithProgress(JsonObject parameters, Subject about, string name)
    {
        if (about.Number % 2 == 0) parameters[name] = about.Number % 4 == 0 ? "a token" : JsonValue.Create(about.Number);
        return parameters;
    }

    private static JsonObject With(JsonObject parameters, string name, JsonNode value)
    {
        parameters[name] = value.Parent is null ? value : value.DeepClone();
        return parameters;
    }
}
