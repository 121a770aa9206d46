namespace Kohaku.Tags;

/// <summary>The tags that come with the program: an index beside the executable, made when the program is built.</summary>
public static class ShippedData
{
    /// <summary>The index's name inside the data folder.</summary>
    public const string IndexFile = "tags.index";

    /// <summary>Where the shipped index lies: <c>data/tags.index</c> beside the executable.</summary>
    public static string IndexPath => Path.Combine(AppContext.BaseDirectory, "data", IndexFile);

    /// <summary>Makes the shipped index out of the fact files. The same facts give the same bytes.</summary>
    /// <param name="factsFolder">The folder of fact files, <c>data/tags</c> in the sources.</param>
    /// <param name="outputFolder">Where <see cref="IndexFile"/> is written; made if missing.</param>
    /// <returns>The path of the file written.</returns>
    /// <exception cref="TagDataException">A fact file has an error, or the index cannot be written.</exception>
    public static string Build(string factsFolder, string outputFolder)
    {
        ArgumentNullException.ThrowIfNull(outputFolder);
        var index = FactFiles.Read(factsFolder).ToIndex();
        Directory.CreateDirectory(outputFolder);
        var path = Path.Combine(outputFolder, IndexFile);
        index.Write(path);
        return path;
    }
}
