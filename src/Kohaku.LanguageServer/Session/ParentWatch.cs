using System.Diagnostics;

namespace Kohaku.LanguageServer.Session;

/// <summary>Ends the server with the process that started it: a client that was killed sends no <c>exit</c>.</summary>
internal static class ParentWatch
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(3);

    /// <summary>Watches a process.</summary>
    /// <param name="processId">The client's.</param>
    /// <param name="gone">Called once, when it has ended.</param>
    public static void Start(int processId, Action gone) => _ = WatchAsync(processId, gone);

    private static async Task WatchAsync(int processId, Action gone)
    {
        using var timer = new PeriodicTimer(s_interval);
        while (await timer.WaitForNextTickAsync().ConfigureAwait(false))
        {
            if (IsRunning(processId)) continue;

            gone();
            return;
        }
    }

    private static bool IsRunning(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return !process.HasExited;
        }
        catch (Exception ended) when (ended is ArgumentException or InvalidOperationException)
        {
            return false;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // It belongs to somebody else, so it runs.
            return true;
        }
    }
}
