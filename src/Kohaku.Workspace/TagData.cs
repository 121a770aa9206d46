using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Kohaku.Analysis.Configuration;
using Kohaku.Files;
using Kohaku.Tags;

namespace Kohaku.Workspace;

/// <summary>The tags of a run: those that ship, or the user's imports, or what a configuration names; the user's own lists over them.</summary>
/// <remarks>A start without any of that maps one file and reads nothing else but the pointer that says whether there are imports.</remarks>
public static class TagData
{
    /// <summary>The store of the user's imports: <c>$KOHAKU_DATA</c>, else where the system keeps such data.</summary>
    public static TagStore StoreOf(Surroundings surroundings)
    {
        var folder = surroundings.Variable("KOHAKU_DATA");
        return new TagStore(string.IsNullOrEmpty(folder) ? TagStore.DefaultFolder : surroundings.Absolute(folder));
    }

    /// <summary>The tags in use where no configuration says otherwise.</summary>
    /// <exception cref="TagDataException">Not even those that ship can be read.</exception>
    public static TagIndex Open(Surroundings surroundings) => StoreOf(surroundings).Open(surroundings.Warn);

    /// <summary>Tags with their translations: what people search in.</summary>
    /// <param name="sources">What the configuration names.</param>
    /// <param name="inUse">The tags where it names no database.</param>
    /// <param name="surroundings">What may be touched.</param>
    /// <param name="words">Further words to be found among the tags: a model's special words.</param>
    /// <param name="leavesOut">Whether a file that cannot be read is told and left out, so that the others are used all the same.</param>
    /// <exception cref="TagDataException">A file cannot be read, and none is left out.</exception>
    public static TagLookup Searchable(TagSources sources, TagIndex inUse, Surroundings surroundings, IReadOnlyList<TagRow>? words = null, bool leavesOut = false)
    {
        if (sources.Translations.Count == 0) return Lookup(sources, inUse, surroundings, null, words, leavesOut);

        var translations = sources.Translations.SelectMany(file => Reading(() => TagLists.Translations(file).Translations, surroundings, leavesOut) ?? []).ToList();
        return Lookup(sources, inUse, surroundings, translations, words, leavesOut);
    }

    /// <summary>The tags that a configuration names.</summary>
    /// <param name="sources">What the configuration names.</param>
    /// <param name="inUse">The tags where it names no database.</param>
    /// <param name="surroundings">What may be touched.</param>
    /// <param name="translations">Tags in another language.</param>
    /// <param name="words">Further words to be found among the tags.</param>
    /// <param name="leavesOut">Whether a file that cannot be read is told and left out, so that the others are used all the same.</param>
    /// <exception cref="TagDataException">A file cannot be read, and none is left out.</exception>
    public static TagLookup Lookup(
        TagSources sources, TagIndex inUse, Surroundings surroundings, IReadOnlyList<(string Tag, string Text)>? translations = null, IReadOnlyList<TagRow>? words = null, bool leavesOut = false)
    {
        var databases = sources.Databases.Select(path => Reading(() => OpenDatabase(path, surroundings), surroundings, leavesOut)).OfType<TagIndex>().ToList();
        var index = databases.Count == 0 ? inUse : databases[0];
        if (databases.Count < 2 && sources.Extra.Count == 0 && sources.Allow.Count == 0 && translations is null && words is null) return new TagLookup(index);

        var extra = new List<TagRow>();
        foreach (var database in databases.Skip(1)) extra.AddRange(TagList.Of(database).Rows);
        foreach (var list in sources.Extra) extra.AddRange(Reading(() => TagLists.Read(list).Rows, surroundings, leavesOut) ?? []);
        extra.AddRange(words ?? []);
        return new TagLookup(index, extra, sources.Allow, translations);
    }

    private static T? Reading<T>(Func<T> read, Surroundings surroundings, bool leavesOut)
        where T : class
    {
        try
        {
            return read();
        }
        catch (TagDataException error) when (leavesOut)
        {
            surroundings.Warn(error.Message);
            return null;
        }
    }

    // A folder is a store. A database gets an index of its own, kept by what the database is, since SQLite has no place in a lint.
    private static TagIndex OpenDatabase(string path, Surroundings surroundings)
    {
        if (Directory.Exists(path)) return new TagStore(path).Open(surroundings.Warn);

        var file = new FileInfo(path);
        if (!file.Exists) throw new TagDataException($"{path}: no such database, which tags.databases names; correct kohaku.json or make it with kohaku tags import");

        var folder = Path.Combine(StoreOf(surroundings).Folder, "indexes");
        var whose = Key(path);
        var kept = Path.Combine(folder, $"{whose}-{Key(string.Create(CultureInfo.InvariantCulture, $"{file.Length} {file.LastWriteTimeUtc.Ticks}"))}.index");
        return OpenKept(kept, file.LastWriteTimeUtc) ?? Keep(Read(path).ToIndex().Build(), kept, $"{whose}-*.index", file.LastWriteTimeUtc, surroundings);
    }

    // A kept index has its database's time of writing: with another one something else has written it.
    private static TagIndex? OpenKept(string kept, DateTime written)
    {
        try
        {
            return File.Exists(kept) && File.GetLastWriteTimeUtc(kept) == written ? TagIndex.Open(kept) : null;
        }
        catch (TagDataException)
        {
            // It is made again.
            return null;
        }
    }

    private static TagIndex Keep(byte[] index, string kept, string others, DateTime written, Surroundings surroundings)
    {
        try
        {
            var folder = Path.GetDirectoryName(kept)!;
            Directory.CreateDirectory(folder);
            if (AtomicFile.Write(kept, index) is { } problem)
            {
                surroundings.Warn(problem.ToString());
                return TagIndex.FromBytes(index, kept);
            }

            File.SetLastWriteTimeUtc(kept, written);
            foreach (var older in Directory.EnumerateFiles(folder, others).Where(older => older != kept)) File.Delete(older);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // Without it the next run reads the database once more.
            surroundings.Warn(FileProblem.From(refused, kept).ToString());
        }

        return TagIndex.FromBytes(index, kept);
    }

    private static string Key(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));

    private static TagList Read(string path)
    {
        try
        {
            return TagDatabase.Read(path);
        }
        catch (TagDataException) when (!path.EndsWith(".index", StringComparison.Ordinal))
        {
            return HakuBooru.Read(path);
        }
    }
}
