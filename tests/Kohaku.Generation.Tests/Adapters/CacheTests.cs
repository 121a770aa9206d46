using Kohaku.Files;
using Kohaku.Generation.Adapters;
using Kohaku.Workspace;
using static Kohaku.Generation.Tests.Adapters.AdapterFixture;

namespace Kohaku.Generation.Tests.Adapters;

public sealed class CacheTests
{
    private const string Tensor = "model.diffusion_model.middle_block.1.proj_in.weight";
    private const string Key = "lora_unet_middle_block_1_proj_in.diff";

    [Fact]
    public void The_same_merge_is_made_once()
    {
        using var folder = Folder();
        var first = folder.Merge(new AdapterCall(folder["a.safetensors"], 1, 0.5)).Overlay!;
        var written = File.GetLastWriteTimeUtc(first);
        var inode = File.ReadAllBytes(first);
        using (var held = new FileStream(first, FileMode.Open, FileAccess.Read, FileShare.Read))
        {
            Assert.Equal(first, folder.Merge(new AdapterCall(folder["a.safetensors"], 1, 0.5)).Overlay);
        }

        Assert.Equal((written, inode.Length), (File.GetLastWriteTimeUtc(first), (int)new FileInfo(first).Length));
        Assert.Single(folder.Cache.List());
    }

    [Fact]
    public void Weights_order_precision_and_content_make_another_one()
    {
        using var folder = Folder();
        var (a, b) = (folder["a.safetensors"], folder.WriteAdapter("b", (Key, [8, 8], Random("b", 8, 8))));
        var overlays = new List<string>
        {
            folder.Merge(new AdapterCall(a, 1, 0.5)).Overlay!,
            folder.Merge(new AdapterCall(a, 1, 0.6)).Overlay!,
            folder.Merge(new AdapterCall(a, 1, 0.5), new AdapterCall(b, 1, 1)).Overlay!,
            folder.Merge(new AdapterCall(b, 1, 1), new AdapterCall(a, 1, 0.5)).Overlay!,
            folder.Merge(MergePrecision.Checkpoint, new AdapterCall(a, 1, 0.5)).Overlay!,
        };
        folder.WriteAdapter("a", (Key, [8, 8], Random("other", 8, 8)));
        overlays.Add(folder.Merge(new AdapterCall(a, 1, 0.5)).Overlay!);
        Assert.Equal(overlays.Count, overlays.Distinct().Count());
    }

    [Fact]
    public void A_file_is_known_by_its_content_wherever_it_lies()
    {
        using var folder = Folder();
        var first = folder.Merge(new AdapterCall(folder["a.safetensors"], 1, 0.5)).Overlay;
        File.Move(folder["a.safetensors"], folder["renamed.safetensors"]);
        Assert.Equal(first, folder.Merge(new AdapterCall(folder["renamed.safetensors"], 1, 0.5)).Overlay);
    }

    [Fact]
    public void Only_changed_tensors_are_kept()
    {
        using var folder = Folder();
        Assert.True(SafetensorsHeader.TryRead(folder.Merge(new AdapterCall(folder["a.safetensors"], 1, 0.5)).Overlay!, out var header, out _));
        var tensor = Assert.Single(header.Tensors);
        Assert.Equal((Tensor, "F32", 256L, 0L), (tensor.Name, tensor.Type, tensor.Length, tensor.Offset % 64));
        Assert.Equal("model + a 1:0.5", header.Metadata[ModelCache.ContentKey]);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    [InlineData(300)]
    public void A_file_that_changed_behind_the_caches_back_is_made_again(int at)
    {
        using var folder = Folder();
        var call = new AdapterCall(folder["a.safetensors"], 1, 0.5);
        var whole = File.ReadAllBytes(folder.Merge(call).Overlay!);
        var overlay = folder.Cache.List()[0].Path;
        using (var file = new FileStream(overlay, FileMode.Open))
        {
            if (at < 0) file.SetLength(file.Length - 4);
            file.Position = Math.Max(0, at);
            file.WriteByte(77);
        }

        Assert.Equal(overlay, folder.Merge(call).Overlay);
        Assert.Equal(whole[^256..], File.ReadAllBytes(overlay)[^256..]);
    }

    [Fact]
    public void A_checkpoint_that_changed_is_hashed_again()
    {
        using var folder = Folder();
        var call = new AdapterCall(folder["a.safetensors"], 1, 0.5);
        File.SetLastWriteTimeUtc(folder.Checkpoint, DateTime.UtcNow.AddDays(-2));
        var first = folder.Merge(call).Overlay;
        Assert.Contains(folder.Checkpoint, File.ReadAllText(Path.Combine(folder.Cache.Folder, "hashes.tsv")), StringComparison.Ordinal);

        folder.Write("model.safetensors", "F16", (Tensor, [8, 8], Random("another", 8, 8)));
        File.SetLastWriteTimeUtc(folder.Checkpoint, DateTime.UtcNow.AddDays(-1));
        Assert.NotEqual(first, folder.Merge(call).Overlay);
    }

    [Fact]
    public void A_kept_hash_saves_the_reading()
    {
        using var folder = Folder();
        foreach (var file in new[] { folder.Checkpoint, folder["a.safetensors"] }) File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddDays(-2));
        var phases = new List<MergePhase>();
        var progress = new Recorder(phases);
        var merge = new AdapterMerge(folder.Cache);
        merge.Prepare(folder.Checkpoint, [new AdapterCall(folder["a.safetensors"], 1, 1)], MergePrecision.Full, progress);
        Assert.Equal([MergePhase.Hash, MergePhase.Merge], phases.Distinct());

        phases.Clear();
        merge.Prepare(folder.Checkpoint, [new AdapterCall(folder["a.safetensors"], 1, 0.9)], MergePrecision.Full, progress);
        Assert.Equal([MergePhase.Merge], phases.Distinct());
    }

    [Fact]
    public void What_a_lost_or_broken_index_held_is_hashed_again()
    {
        using var folder = Folder();
        var call = new AdapterCall(folder["a.safetensors"], 1, 1);
        var first = folder.Merge(call).Overlay;
        folder.Write("x", "F32");
        File.Copy(folder["x"], Path.Combine(folder.Cache.Folder, "hashes.tsv"), overwrite: true);
        Assert.Equal(first, folder.Merge(call).Overlay);
    }

    [Fact]
    public void The_least_recently_used_leave_when_there_is_more_than_the_limit()
    {
        using var folder = Folder();
        var one = folder.Merge(new AdapterCall(folder["a.safetensors"], 1, 1)).Overlay!;
        var small = new ModelCache(folder.Cache.Folder, 5 * new FileInfo(one).Length / 2);
        var merge = new AdapterMerge(small, new StepClock());
        string Make(double weight) => merge.Prepare(folder.Checkpoint, [new AdapterCall(folder["a.safetensors"], 1, weight)], MergePrecision.Full).Overlay!;
        var two = Make(2);
        Assert.Equal(one, Make(1));
        var three = Make(3);
        Assert.Equal([three, one], small.List().Select(file => file.Path));
        Assert.False(File.Exists(two));
    }

    [Fact]
    public void A_cancelled_merge_leaves_nothing()
    {
        using var folder = Folder();
        using var cancel = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => new AdapterMerge(folder.Cache).Prepare(
            folder.Checkpoint, [new AdapterCall(folder["a.safetensors"], 1, 1)], MergePrecision.Full, new Canceller(cancel), cancel.Token));
        Assert.DoesNotContain(Directory.EnumerateFiles(folder.Cache.Folder), file => !file.EndsWith("hashes.tsv", StringComparison.Ordinal));
    }

    [Fact]
    public void Many_that_make_the_same_at_once_get_the_same()
    {
        using var folder = Folder();
        var call = new AdapterCall(folder["a.safetensors"], 1, 0.25);
        var overlays = new string[8];
        var threads = overlays.Select((_, i) => new Thread(() => overlays[i] = folder.Merge(call).Overlay!)).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());

        var overlay = Assert.Single(overlays.Distinct());
        Assert.True(ModelCache.IsIntact(overlay));
        Assert.DoesNotContain(Directory.EnumerateFiles(folder.Cache.Folder), file => AtomicFile.IsLeftover(Path.GetFileName(file)));
    }

    [Fact]
    public void What_a_killed_run_left_goes_with_the_next_merge_and_what_is_being_written_stays()
    {
        using var folder = Folder();
        Directory.CreateDirectory(folder.Cache.Folder);
        var left = Path.Combine(folder.Cache.Folder, ".kohaku-1-1.tmp");
        File.Copy(folder.Checkpoint, left);
        using (SafetensorsWriter.Create(folder.Cache.PathOf("other"), [("t", "F32", [1], 4)], new Dictionary<string, string>()))
        {
            folder.Merge(new AdapterCall(folder["a.safetensors"], 1, 1));
            Assert.NotEqual(Path.GetFileName(left), Path.GetFileName(Assert.Single(Directory.GetFiles(folder.Cache.Folder, ".kohaku-*"))));
        }

        Assert.Empty(Directory.GetFiles(folder.Cache.Folder, ".kohaku-*"));
    }

    private static AdapterFixture Folder()
    {
        var folder = new AdapterFixture();
        folder.WriteCheckpoint("F16", (Tensor, [8, 8]), ("model.diffusion_model.middle_block.1.norm.weight", [8]));
        folder.WriteAdapter("a", (Key, [8, 8], Random("a", 8, 8)));
        return folder;
    }

    private sealed class Recorder(List<MergePhase> phases) : IProgress<MergeProgress>
    {
        public void Report(MergeProgress value)
        {
            Assert.InRange(value.Done, 1, value.Total);
            phases.Add(value.Phase);
        }
    }

    private sealed class Canceller(CancellationTokenSource source) : IProgress<MergeProgress>
    {
        public void Report(MergeProgress value) => source.Cancel();
    }

    /// <summary>A clock that goes an hour on at each look.</summary>
    private sealed class StepClock : TimeProvider
    {
        private DateTimeOffset _now = DateTimeOffset.UtcNow;

        public override DateTimeOffset GetUtcNow() => _now = _now.AddHours(0.01);
    }
}
