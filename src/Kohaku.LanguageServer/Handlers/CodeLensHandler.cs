using System.Text.Json;
using Kohaku.LanguageServer.Counting;
using Kohaku.LanguageServer.Dispatch;
using Kohaku.LanguageServer.Documents;
using Kohaku.LanguageServer.Protocol;
using Kohaku.LanguageServer.Session;
using Kohaku.Syntax;

namespace Kohaku.LanguageServer.Handlers;

/// <summary><c>textDocument/codeLens</c>: above each prompt what generates it, and its tokens and findings.</summary>
internal sealed class CodeLensHandler : IBackgroundHandler<TextDocumentParams, CodeLens[]>
{
    // VS Code's own: only kohaku's extension is known to run in it. A lens without a command is text.
    private const string ShowProblems = "workbench.actions.view.problems";
    private const string Generate = "kohaku.generate";

    /// <inheritdoc/>
    public CodeLens[] Handle(Snapshot snapshot, TextDocumentParams request, CancellationToken cancel)
    {
        var document = snapshot.Document(request.TextDocument);
        if (!snapshot.Setup.Editor.CodeLenses) return [];

        var lenses = new List<CodeLens>();
        foreach (var prompt in DocumentPrompts.Of(snapshot, document, cancel))
        {
            if (FirstText(document, prompt.Span) is not { } at) continue;

            var place = document.Lines.Position(at);
            foreach (var command in CommandsOf(prompt, snapshot.Client, document.Uri, place)) lenses.Add(new CodeLens(new Protocol.Range(place, place), command));
        }

        return [.. lenses];
    }

    /// <summary>A prompt's lenses, left to right; what generates goes first.</summary>
    private static IEnumerable<Command> CommandsOf(DocumentPrompt prompt, ClientFacts client, string uri, Position place)
    {
        if (client.Generates)
            yield return new Command("▷ Generate", Generate) { Arguments = [JsonSerializer.SerializeToElement(new PromptPlace(uri, place), GenerationJson.Default.PromptPlace)] };

        var tokens = prompt.Counted.Positive.Longest;
        var title = $"{tokens.Count}/{tokens.Capacity} tokens";
        if (prompt.Findings > 0) title += prompt.Findings == 1 ? " · 1 finding" : $" · {prompt.Findings} findings";
        yield return new Command(title, client.IsOurs && prompt.Findings > 0 ? ShowProblems : "");
    }

    private static int? FirstText(Document document, TextSpan prompt)
    {
        var text = document.Text.AsSpan(prompt.Start, prompt.Length);
        var at = text.IndexOfAnyExcept(" \t\r\n\uFEFF");
        return at < 0 ? null : prompt.Start + at;
    }
}
