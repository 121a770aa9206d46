using System.Diagnostics.CodeAnalysis;

namespace Kohaku.Files;

/// <summary>An image with its prompt: A1111's <c>parameters</c>, or else ComfyUI's <c>prompt</c>. One without either holds no prompts.</summary>
internal static class PngHost
{
    public static bool TryRead(string path, [NotNullWhen(true)] out HostDocument? document, [NotNullWhen(false)] out FileProblem? problem)
    {
        document = null;
        if (!PngTexts.TryRead(path, out var texts, out problem)) return false;

        if (Find(texts, "parameters") is { } parameters)
        {
            var file = TextFile.FromText($"{path}#parameters", parameters);
            document = new HostDocument(file, InputKind.Png, [new HostPrompt(PromptForm.Infotext, HostText.Whole(parameters))]);
            return true;
        }

        document = Find(texts, "prompt") is { } workflow
            ? ComfyHost.Open(TextFile.FromText($"{path}#prompt", workflow), InputKind.Png, out problem)
            : new HostDocument(TextFile.FromText(path, ""), InputKind.Png, []);
        return document is not null;
    }

    private static string? Find(IReadOnlyList<PngText> texts, string keyword)
    {
        foreach (var text in texts)
        {
            if (text.Keyword == keyword) return text.Text;
        }

        return null;
    }
}
