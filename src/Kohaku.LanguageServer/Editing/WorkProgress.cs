using System.Text.Json;
using Kohaku.LanguageServer.Protocol;
using Kohaku.LanguageServer.Transport;

namespace Kohaku.LanguageServer.Editing;

/// <summary>Shows the person that work over the workspace lasts, under the token that the client gave with its request.</summary>
internal static class WorkProgress
{
    /// <summary>Does the work between a begin and an end.</summary>
    public static T Show<T>(Client client, JsonElement? token, string title, Func<T> work)
    {
        if (token is not { } given) return work();

        client.Progress(given, new WorkDoneProgress("begin") { Title = title, Cancellable = true });
        try
        {
            return work();
        }
        finally
        {
            client.Progress(given, new WorkDoneProgress("end"));
        }
    }
}
