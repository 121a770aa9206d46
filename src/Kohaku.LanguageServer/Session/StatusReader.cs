using Kohaku.Files.Configuration;
using Kohaku.LanguageServer.Protocol;
using Kohaku.LanguageServer.Transport;
using Kohaku.Syntax;
using Kohaku.Tags;
using Kohaku.Workspace;

namespace Kohaku.LanguageServer.Session;

/// <summary>What the server works with, as its client is told.</summary>
internal static class StatusReader
{
    /// <summary>The state under a snapshot.</summary>
    public static ServerStatus Of(Snapshot snapshot, string version)
    {
        var setup = snapshot.Setup;
        var folder = snapshot.Client.FirstFolder;
        var settings = setup.SettingsFor(Path.Combine(folder, "a.prompt"));
        var database = DatabaseOf(setup, folder, out var failure);
        var problem = failure ?? (setup.ConfigurationProblems is [var first, ..] ? first.ToString() : setup.Problems.FirstOrDefault());
        return new ServerStatus
        {
            Version = version,
            Profile = settings.Profile.Title,
            Dialect = settings.Dialect == Dialect.ComfyUI ? "comfyui" : "a1111",
            Database = database,
            Configuration = new ConfigurationFinder().Find(folder),
            State = problem is null ? "ready" : "degraded",
            Message = problem,
            Memory = Environment.WorkingSet,
        };
    }

    /// <summary>Tells the client that the state changed: configuration or tags are others now.</summary>
    public static Task SendAsync(Snapshot snapshot, string version, Client client)
    {
        var status = Of(snapshot, version);
        return client.NotifyAsync("kohaku/serverStatusChanged", new Dictionary<string, object?>
        {
            ["version"] = status.Version,
            ["profile"] = status.Profile,
            ["dialect"] = status.Dialect,
            ["database"] = status.Database,
            ["configuration"] = status.Configuration,
            ["state"] = status.State,
            ["message"] = status.Message,
            ["memory"] = status.Memory,
        });
    }

    private static DatabaseStatus? DatabaseOf(Setup setup, string folder, out string? failure)
    {
        failure = null;
        try
        {
            var tags = setup.PoolFor(Path.Combine(folder, "a.prompt")).Services.Lookup.Count;
            var store = TagData.StoreOf(setup.Surroundings);
            return new DatabaseStatus(store.CurrentIndexPath, tags, store.HasImports ? "imported" : "shipped");
        }
        catch (TagDataException error)
        {
            failure = error.Message;
            return null;
        }
    }
}
