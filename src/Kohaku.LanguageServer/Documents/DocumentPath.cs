namespace Kohaku.LanguageServer.Documents;

/// <summary>Between the client's URIs and paths. Replies carry the client's own URI; paths are what documents are kept and compared by.</summary>
internal static class DocumentPath
{
    /// <summary>The path of a file's URI; of another one (<c>untitled:</c>), the URI itself.</summary>
    /// <remarks>Escapes are resolved, and a drive's letter is a capital: clients differ in both (<c>file:///c%3A/a.prompt</c>).</remarks>
    public static string Of(string uri)
    {
        const string scheme = "file://";
        if (!uri.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)) return uri;

        var path = Uri.UnescapeDataString(uri[scheme.Length..]);
        var host = path.IndexOf('/', StringComparison.Ordinal);
        if (host > 0) path = path[..host] is "localhost" ? path[host..] : "//" + path;
        if (path is ['/', var letter, ':', ..] && char.IsAsciiLetter(letter))
        {
            path = char.ToUpperInvariant(letter) + path[2..];
        }

        return path.Length == 0 || path.Contains('\0', StringComparison.Ordinal) ? uri : Path.GetFullPath(path);
    }

    /// <summary>The URI of a path that no client has named.</summary>
    public static string ToUri(string path)
    {
        var slashed = OperatingSystem.IsWindows() ? path.Replace('\\', '/') : path;
        return "file://" + (slashed.StartsWith('/') ? "" : "/") + string.Join('/', slashed.Split('/').Select(Uri.EscapeDataString));
    }

    /// <summary>Whether it is a file's path: one that lies in a folder, as <c>file:///</c> does not.</summary>
    public static bool IsFile(string path) => Path.IsPathRooted(path) && Path.GetPathRoot(path.AsSpan()).Length < path.Length;
}
