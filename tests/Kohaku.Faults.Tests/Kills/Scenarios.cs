using System.Globalization;
using System.IO.Compression;
using System.Text;
using Kohaku.Faults.Tests.Harness;
using Kohaku.Generation.Tests.Golden;
using Kohaku.Tags;
using Kohaku.Workspace;

namespace Kohaku.Faults.Tests.Kills;

/// <summary>The commands that change files.</summary>
internal static class Scenarios
{
    private const string Adapted = "model.diffusion_model.middle_block.1.proj_in.weight";

    /// <summary>By name.</summary>
    public static IReadOnlyDictionary<string, KillScenario> All { get; } = new KillScenario[]
    {
        new("lint --fix", ["lint", "--fix", "--quiet", "--fail-on", "none", "--format", "concise", "--jobs", "2", "."], Library),
        new("format", ["format", "--quiet", "."], Library),
        new("lint, report and baseline", ["lint", "--quiet", "--format", "json", "-o", "report.json", "--write-baseline", "--baseline", "known.json", "."], scratch =>
        {
            Library(scratch);
            scratch.Write("report.json", "old");
        }),
        new("init", ["init", "--sample"], static _ => { }) { CodeOnceDone = 2, Judge = Initialised },
        new("tags import", ["tags", "import", "list.csv"], static scratch => List(scratch)) { Same = SameStore, Judge = scratch => Imported(scratch, "imported tag 7", "long hair") },
        new("tags import, merged", ["tags", "import", "list.csv"], static scratch =>
        {
            List(scratch);
            Earlier(scratch);
        }) { Same = SameStore, Judge = scratch => Imported(scratch, "imported tag 7", "earlier tag") },
        new("tags import --replace", ["tags", "import", "--replace", "list.csv"], static scratch =>
        {
            List(scratch);
            Earlier(scratch);
        }) { Same = SameStore, Judge = scratch => Imported(scratch, "imported tag 7") },
        new("lint, index of a database", ["lint", "--quiet", "--fail-on", "none", "a.prompt"], Named),
        new("gpu install", ["../data/gpu/1.0.0", "some.gpu.1.0.0.nupkg"], Package) { Program = InstallProgram.Command },
        new("gpu remove", ["gpu", "remove"], static scratch =>
        {
            for (var i = 0; i < 3; i++) scratch.Write($"../data/gpu/{GpuFolder.Version}/lib{i}.so", "old");
        }),
        new("generate", ["generate", "cat.prompt", "--model", TinyCheckpoint.Path, "--device", "cpu"], static scratch => scratch.Write("cat.prompt", "1girl\nSteps: 2, Seed: 7, Size: 128x64\n"))
        {
            TwinOf = static name => name.StartsWith("work/out/cat-7-", StringComparison.Ordinal) ? "work/out/cat-7.png" : null,
        },
        new("generate, merged network", ["generate", "cat.prompt", "--model", TinyCheckpoint.Path, "--device", "cpu", "--lora-dir", "loras"], static scratch =>
        {
            scratch.Write("cat.prompt", "1girl, <lora:x:0.5>\nSteps: 2, Seed: 7, Size: 128x64\n");
            Directory.CreateDirectory(scratch["loras"]);
            var shape = TinyCheckpoint.Tensors.Single(tensor => tensor.Name == Adapted).Shape;
            var values = Formula.Values("x", shape.Aggregate(1L, (product, side) => product * side), 0.1, 0);
            SafetensorsFile.Write(scratch["loras/x.safetensors"], [("lora_unet_middle_block_1_proj_in.diff", "F32", shape, SafetensorsFile.Singles(values))]);
        })
        {
            TwinOf = static name => name.StartsWith("work/out/cat-7-", StringComparison.Ordinal) ? "work/out/cat-7.png" : null,
            Same = SameCache,
            Judge = static scratch => Directory.GetFiles(Path.Combine(scratch.Cache, "models"), "*.safetensors") is [var one] && ModelCache.IsIntact(one) ? null : "the merged model is not whole",
        },
    }.ToDictionary(scenario => scenario.Name, StringComparer.Ordinal);

    private static void Library(Scratch scratch)
    {
        for (var i = 0; i < 24; i++) scratch.Write($"library/{i % 4}/p{i}.prompt", string.Concat(Enumerable.Repeat($"1girl , long_hair, smile ,smile, masterpiece_{i}\nNegative prompt: low_quality\n---\n", 1 + (i % 5 * 20))));
        scratch.Write("styles.csv", "name,prompt,negative_prompt\ncat,\"1girl , long_hair\",low_quality\n");
    }

    // Its archive is much smaller than what it holds: a disk may be full while it is copied, and while it is unpacked.
    private static void Package(Scratch scratch)
    {
        using var file = File.Create(scratch["some.gpu.1.0.0.nupkg"]);
        using var zip = new ZipArchive(file, ZipArchiveMode.Create);
        foreach (var name in (string[])["libonnxruntime.so", "libonnxruntime_providers_cuda.so", "libonnxruntime_providers_shared.so"])
        {
            var entry = zip.CreateEntry(InstallProgram.Root + name);
            entry.LastWriteTime = new DateTime(2026, 1, 1);
            using var writer = new StreamWriter(entry.Open());
            for (var i = 0; i < 30_000; i++) writer.Write(name);
        }
    }

    private static void List(Scratch scratch) =>
        scratch.Write("list.csv", string.Concat(Enumerable.Range(0, 400).Select(i => string.Create(CultureInfo.InvariantCulture, $"imported_tag_{i},0,{i + 1},imported_alias_{i}\n"))));

    private static void Earlier(Scratch scratch)
    {
        var list = new TagList();
        list.Rows.Add(new TagRow("earlier tag", TagCategory.General, 5, []));
        new TagStore(scratch.Data).Import(list, ImportMode.Replace);
    }

    private static void Named(Scratch scratch)
    {
        var store = new TagStore(Path.Combine(scratch.Root, "made"));
        var list = new TagList();
        for (var i = 0; i < 3000; i++) list.Rows.Add(new TagRow($"named tag {i}", TagCategory.General, i, []));
        File.Move(store.Import(list, ImportMode.Replace).DatabasePath, scratch["mine.db"]);
        Directory.Delete(store.Folder, recursive: true);
        scratch.Write("kohaku.json", """{ "tags": { "databases": ["mine.db"] } }""");
        scratch.Write("a.prompt", "1girl");
    }

    // The small file also tells when the index was written.
    private static bool SameStore(string name, byte[] left, byte[] right) => name == $"data/{TagStore.PointerName}"
        ? Lines(left).SequenceEqual(Lines(right))
        : left.AsSpan().SequenceEqual(right);

    private static IEnumerable<string> Lines(byte[] pointer) => Encoding.UTF8.GetString(pointer).Split('\n').Take(3);

    // A merged model tells when it was written, and the list of hashes when its files were.
    private static bool SameCache(string name, byte[] left, byte[] right) =>
        name == "cache/models/hashes.tsv" ? Encoding.UTF8.GetString(left).Split('\n').Where(line => line.Length > 0).All(line => line.Split('\t').Length == 4)
        : name.StartsWith("cache/", StringComparison.Ordinal) ? left.Length == right.Length
        : left.AsSpan().SequenceEqual(right);

    private static string? Imported(Scratch scratch, params string[] tags)
    {
        var said = new List<string>();
        using var index = new TagStore(scratch.Data).Open(said.Add, verify: true);
        if (said.Count > 0) return string.Join("; ", said);
        return tags.Where(tag => !index.TryFind(tag, out _)).Select(tag => $"`{tag}` is not known").FirstOrDefault();
    }

    private static string? Initialised(Scratch scratch) => File.Exists(scratch["kohaku.json"]) && File.Exists(scratch["sample.prompt"]) ? null : "a file is missing";
}
