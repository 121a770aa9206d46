using System.Globalization;

namespace Kohaku.Generation.Tests.Golden;

/// <summary>The scaled-down diffusers-layout ONNX folder, with its weights by formula. Written once a run, to the temporary folder.</summary>
internal static class TinyFolder
{
    private static readonly Lazy<string> s_path = new(Write);

    /// <summary>Its path. No test changes it: <see cref="Copy"/>.</summary>
    public static string Path => s_path.Value;

    /// <summary>A folder of links to its files, that a test may change. The test deletes it.</summary>
    public static DirectoryInfo Copy()
    {
        var copy = Directory.CreateTempSubdirectory("kohaku-folder-");
        foreach (var file in Directory.EnumerateFiles(Path, "*", SearchOption.AllDirectories))
        {
            var to = System.IO.Path.Combine(copy.FullName, System.IO.Path.GetRelativePath(Path, file));
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(to)!);
            // Copied, not linked: ONNX Runtime refuses weights behind a link.
            File.Copy(file, to);
        }

        return copy;
    }

    private static string Write()
    {
        var folder = Directory.CreateTempSubdirectory("kohaku-onnx-");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Delete(recursive: true);
        var source = GoldenFile.PathOf("onnx");
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var to = System.IO.Path.Combine(folder.FullName, System.IO.Path.GetRelativePath(source, file));
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(to)!);
            if (System.IO.Path.GetFileName(file) == "weights.tsv") WriteWeights(file, System.IO.Path.Combine(System.IO.Path.GetDirectoryName(to)!, "model.onnx_data"));
            else File.Copy(file, to);
        }

        return folder.FullName;
    }

    private static void WriteWeights(string table, string path)
    {
        using var file = File.Create(path);
        foreach (var cells in File.ReadLines(table).Select(line => line.Split('\t')))
        {
            var count = FormulaTensor.ShapeOf(cells[1]).Aggregate(1L, (product, side) => product * side);
            file.Position = long.Parse(cells[4], CultureInfo.InvariantCulture);
            file.Write(SafetensorsFile.Singles(Formula.Values(
                "onnx|" + cells[0], count, double.Parse(cells[2], CultureInfo.InvariantCulture), double.Parse(cells[3], CultureInfo.InvariantCulture))));
        }
    }
}
