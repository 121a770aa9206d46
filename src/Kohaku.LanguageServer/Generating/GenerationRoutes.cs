using Kohaku.Jobs.Workers;
using Kohaku.LanguageServer.Dispatch;
using Kohaku.LanguageServer.Protocol;
using Kohaku.LanguageServer.Transport;

namespace Kohaku.LanguageServer.Generating;

/// <summary>The methods that make images.</summary>
internal static class GenerationRoutes
{
    /// <summary>All of them.</summary>
    /// <param name="client">Who is told how far the images are.</param>
    /// <param name="worker">Makes them; null where this program makes none.</param>
    public static IEnumerable<Route> All(Client client, GenerationWorker? worker)
    {
        var json = GenerationJson.Default;
        yield return Route.Conversation("kohaku/generate", json.GenerateParams, new GenerateHandler(client, worker));
        yield return Route.Lasting("kohaku/generationOptions", json.GenerationOptionsParams, new GenerationOptionsHandler());
        yield return Route.Background("kohaku/imagePrompt", json.ImagePromptParams, new ImagePromptHandler());
    }
}
