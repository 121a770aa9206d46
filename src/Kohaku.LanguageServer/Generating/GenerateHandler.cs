using Kohaku.Jobs;
using Kohaku.Jobs.Workers;
using Kohaku.LanguageServer.Dispatch;
using Kohaku.LanguageServer.Documents;
using Kohaku.LanguageServer.Protocol;
using Kohaku.LanguageServer.Session;
using Kohaku.LanguageServer.Transport;
using Kohaku.Workspace;

namespace Kohaku.LanguageServer.Generating;

/// <summary><c>kohaku/generate</c>: makes images, and answers when all of them lie in their files.</summary>
internal sealed class GenerateHandler(Client client, GenerationWorker? worker) : IConversationHandler<GenerateParams, GenerateResult>
{
    /// <inheritdoc/>
    public async Task<GenerateResult?> HandleAsync(Snapshot snapshot, GenerateParams request, CancellationToken cancel)
    {
        if (!snapshot.Setup.IsTrusted) throw Failure.Generation("the workspace is not trusted, so that nothing is generated in it", "Trust the workspace");
        if (worker is null) throw Failure.Generation("this program was built without the part that makes images", "Install a complete one");

        try
        {
            var order = GenerationOrder.Of(snapshot, request);
            var size = order.StartImage is { } start ? await worker.SizeOfAsync(start, cancel).ConfigureAwait(false) : ((int, int)?)null;
            var (job, notes) = order.Resolve(size);
            await using var feed = new GenerationFeed(client, snapshot.Client.Generates, request.Job, request.WorkDoneToken, job.Requests.Sum(made => made.Count), TimeProvider.System);
            foreach (var note in notes) feed.Report(new GenerationWarning(note));
            var images = await worker.RunAsync(job, feed, cancel).ConfigureAwait(false);
            return new GenerateResult([.. images.Select(FileOf)]);
        }
        catch (GenerationException failure)
        {
            throw Failure.Generation(failure.Message, failure.Help);
        }
        catch (UserException failure)
        {
            throw Failure.Generation(failure.Message, failure.Action);
        }
        catch (ObjectDisposedException)
        {
            throw Failure.Generation("the server is ending", null);
        }
    }

    /// <summary>An image as the protocol has it.</summary>
    internal static GeneratedFile FileOf(WrittenImage image) => new()
    {
        Path = image.Path,
        Uri = DocumentPath.ToUri(image.Path),
        Seed = image.Seed.ToString(System.Globalization.CultureInfo.InvariantCulture),
        Width = image.Width,
        Height = image.Height,
        Parameters = image.Parameters,
        Seconds = image.Seconds,
        Prompt = image.Prompt,
    };
}
