using Kohaku.Files;
using Kohaku.Jobs;
using Kohaku.LanguageServer.Dispatch;
using Kohaku.LanguageServer.Documents;
using Kohaku.LanguageServer.Protocol;
using Kohaku.LanguageServer.Session;
using Kohaku.LanguageServer.Transport;
using Kohaku.Syntax;

namespace Kohaku.LanguageServer.Generating;

/// <summary><c>kohaku/imagePrompt</c>: what an image was made of, as <c>.prompt</c> text: the source that kohaku kept in it, with the image's parameters where it names none, else what its parameters or workflow say.</summary>
internal sealed class ImagePromptHandler : IBackgroundHandler<ImagePromptParams, ImagePromptResult>
{
    /// <inheritdoc/>
    public ImagePromptResult Handle(Snapshot snapshot, ImagePromptParams request, CancellationToken cancel)
    {
        var path = DocumentPath.Of(request.Uri);
        if (!DocumentPath.IsFile(path)) throw Failure.Generation($"{request.Uri} is no file", "Save the image first");
        if (!PngTexts.TryRead(path, out var texts, out var problem)) throw Failure.Generation(problem.ToString(), null);
        if (texts.FirstOrDefault(text => text.Keyword == PngTexts.SourceKeyword) is { } source) return new ImagePromptResult(WithParameters(source.Text, texts));
        if (!HostDocument.TryRead(path, InputKind.Png, HostOptions.Default, out var document, out problem)) throw Failure.Generation(problem.ToString(), null);

        var prompts = PromptSource.Of(document, snapshot.Setup.SettingsFor(path));
        if (prompts.Count == 0) throw Failure.Generation($"{path}: the image carries no prompt", "Take the file that the generator wrote: copies from web pages lose it");

        return new ImagePromptResult(string.Join("\n---\n", prompts.Select(prompt => prompt.Source)));
    }

    // Without its seed and size an image could not be made again.
    private static string WithParameters(string source, IReadOnlyList<PngText> texts)
    {
        if (SyntaxTree.Parse(source).Parameters.Length > 0 || texts.FirstOrDefault(text => text.Keyword == PngTexts.ParametersKeyword) is not { } parameters) return source;

        var line = new Infotext("", "", Infotext.Read(parameters.Text).Fields).Write().Trim();
        return line.Length == 0 ? source : $"{source.TrimEnd()}\n{line}";
    }
}
