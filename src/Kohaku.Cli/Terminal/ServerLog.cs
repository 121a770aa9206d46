namespace Kohaku.Cli.Terminal;

/// <summary>Lines on standard error, from any thread. Editors keep them in the server's log.</summary>
internal sealed class ServerLog(Stream error)
{
    private readonly Lock _gate = new();

    /// <summary>Writes a line.</summary>
    public void Write(string line)
    {
        lock (_gate)
        {
            error.Write(Session.Utf8.GetBytes(line + "\n"));
            error.Flush();
        }
    }
}
