using System.Globalization;
using Kohaku.Files;
using Kohaku.Workspace;

namespace Kohaku.Cli.Tests.Commands;

public sealed class ModelsCacheTests
{
    [Fact]
    public void What_is_kept_is_listed_the_last_used_first()
    {
        using var folder = new Folder();
        Write(folder, "a", "delta + style 0.8", 1000, new DateTime(2024, 5, 6, 7, 8, 0, DateTimeKind.Local));
        Write(folder, "b", "delta + pose 1:0.5", 300_000, new DateTime(2024, 6, 7, 8, 9, 0, DateTimeKind.Local));

        var run = folder.Run("models", "cache");

        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Equal(
            "      size  last use          model and adapters\n"
            + "    1.2 MB  2024-06-07 08:09  delta + pose 1:0.5\n"
            + "    4.1 kB  2024-05-06 07:08  delta + style 0.8\n"
            + "\n"
            + "2 merged models, 1.2 MB of 20.0 GB in cache/models\n",
            run.Output);
    }

    [Fact]
    public void Without_anything_kept_the_folder_is_named()
    {
        using var folder = new Folder();
        Assert.Equal("0 merged models, 0.0 kB of 20.0 GB in cache/models\n", folder.Run("models", "cache").Output);
    }

    [Fact]
    public void A_broken_file_is_listed_by_its_name()
    {
        using var folder = new Folder();
        folder.Write("cache/models/x.safetensors", "no header");
        Assert.Contains("x.safetensors (broken)", folder.Run("models", "cache").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Clear_deletes_them_and_what_killed_runs_left()
    {
        using var folder = new Folder();
        Write(folder, "a", "delta", 1000, DateTime.UtcNow);
        folder.Write("cache/models/.kohaku-1-1.tmp", "half");
        folder.Write("cache/models/hashes.tsv", "");
        var size = new FileInfo(folder["cache/models/a.safetensors"]).Length;

        var run = folder.Run("models", "cache", "--clear");

        Assert.Equal((0, string.Create(CultureInfo.InvariantCulture, $"1 merged model deleted, {size / 1e3:0.0} kB freed\n")), (run.Code, run.Output));
        Assert.Equal(["hashes.tsv"], Directory.EnumerateFiles(folder["cache/models"]).Select(Path.GetFileName));
    }

    [Fact]
    public void Models_alone_lists_its_commands() => Assert.Contains("models cache", Cli.Run("models").Output, StringComparison.Ordinal);

    private static void Write(Folder folder, string name, string content, int values, DateTime lastUse)
    {
        Directory.CreateDirectory(folder["cache/models"]);
        var path = folder[$"cache/models/{name}.safetensors"];
        using (var writer = SafetensorsWriter.Create(path, [("t", "F32", [values], 4L * values)], new Dictionary<string, string> { [ModelCache.ContentKey] = content })) writer.Commit();
        File.SetLastAccessTime(path, lastUse);
    }
}
