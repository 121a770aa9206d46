using System.Text.Json;
using Kohaku.Generation.Images;
using Kohaku.Generation.Tests.Adapters;
using Kohaku.Generation.Tests.Golden;
using Kohaku.Jobs;

namespace Kohaku.Generation.Tests.Pipeline;

/// <summary>Whole images of A1111: latents and pixels.</summary>
public sealed class GoldenImageTests
{
    private static readonly JsonElement Cases = GoldenFile.Read("images.json");
    private static readonly GoldenTensors Expected = GoldenTensors.Read("images.safetensors");

    public static TheoryData<string> Ids => [.. Cases.EnumerateArray().Select(image => image.GetProperty("id").GetString()!)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void An_image_is_that_of_A1111(string id)
    {
        var golden = Cases.EnumerateArray().Single(image => image.GetProperty("id").GetString() == id);
        using var adapters = new AdapterFixture();
        if (id == "adapters")
        {
            adapters.WriteGolden("lora");
            adapters.WriteGolden("loha");
        }

        using var tiny = new TinyGenerator();
        var request = RequestOf(golden);
        var images = tiny.Make(request, Path.GetDirectoryName(adapters.Checkpoint));

        var files = golden.GetProperty("files").EnumerateArray().Select(file => file.GetString()!).ToList();
        Assert.Equal(files.Count, images.Count);
        // Noise of the SDE samplers moves with the last bit of σ.
        var (latent, most, mean) = request.Sampler is SamplerKind.DpmPlusPlusSde or SamplerKind.DpmPlusPlus2MSde ? (5e-3, 8, 0.3) : (1e-3, 2, 0.05);
        var latents = Expected[id + "|latent"];
        for (var i = 0; i < images.Count; i++)
        {
            var length = images[i].Latent!.Length;
            Compare.OfDeviation(latents.AsSpan(i * length, length), images[i].Latent, latent, files[i]);
            Compare.Pixels(ImageFile.Read(GoldenFile.PathOf("images/" + files[i])), new RgbImage(images[i].Width, images[i].Height, images[i].Pixels), most, mean, files[i]);
        }
    }

    private static GenerationRequest RequestOf(JsonElement golden)
    {
        return new GenerationRequest
        {
            Prompt = golden.GetProperty("prompt").GetString()!,
            Negative = golden.GetProperty("negative").GetString()!,
            Steps = golden.GetProperty("steps").GetInt32(),
            Sampler = Enum.GetValues<SamplerKind>().Single(kind => JobNames.Of(kind) == golden.GetProperty("sampler").GetString()),
            Schedule = Enum.GetValues<ScheduleKind>().Single(kind => JobNames.Of(kind) == golden.GetProperty("schedule").GetString()),
            GuidanceScale = golden.GetProperty("cfg").GetDouble(),
            Seed = golden.GetProperty("seed").GetUInt64(),
            SeedDialect = golden.GetProperty("rng").GetString() == "nv" ? SeedDialect.A1111Nv : SeedDialect.A1111Cpu,
            Emphasis = Enum.GetValues<EmphasisKind>().Single(kind => JobNames.Of(kind) == golden.GetProperty("emphasis").GetString()),
            Width = golden.GetProperty("width").GetInt32(),
            Height = golden.GetProperty("height").GetInt32(),
            Count = golden.TryGetProperty("batch", out var batch) ? batch.GetInt32() : 1,
            Hires = golden.TryGetProperty("hires", out var hires) ? new HiresPass(
                hires.GetProperty("width").GetInt32(), hires.GetProperty("height").GetInt32(), hires.GetProperty("steps").GetInt32(), hires.GetProperty("denoise").GetDouble()) : null,
            Start = golden.TryGetProperty("init", out var init)
                ? new StartImage(GoldenFile.PathOf("images/" + init.GetString()), golden.GetProperty("denoise").GetDouble()) : null,
        };
    }
}
