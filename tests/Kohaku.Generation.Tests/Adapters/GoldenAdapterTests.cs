using Kohaku.Generation.Adapters;
using Kohaku.Generation.Models;
using Kohaku.Generation.Runtime;
using Kohaku.Generation.Tests.Golden;
using Kohaku.Generation.Tests.Graphs;
using Kohaku.Jobs;

namespace Kohaku.Generation.Tests.Adapters;

/// <summary>Encoders and UNet with adapters merged in, against what LyCORIS, PEFT and A1111 compute.</summary>
public sealed class GoldenAdapterTests
{
    private const double Tolerance = 2e-3;

    private static readonly GoldenTensors s_golden = GoldenTensors.Read("adapters.safetensors");

    [Theory]
    [InlineData("lora", 1.0, 1.0, "lora|1.0|1.0")]
    [InlineData("lora", 0.5, 0.8, "lora|0.5|0.8")]
    [InlineData("locon", 1.0, 1.0, "locon|1.0|1.0")]
    [InlineData("locon", 0.5, 0.8, "locon|0.5|0.8")]
    [InlineData("loha", 1.0, 1.0, "loha|1.0|1.0")]
    [InlineData("loha", 0.5, 0.8, "loha|0.5|0.8")]
    [InlineData("lokr", 1.0, 1.0, "lokr|1.0|1.0")]
    [InlineData("lokr", 0.5, 0.8, "lokr|0.5|0.8")]
    [InlineData("diff", 1.0, 1.0, "diff|1.0|1.0")]
    [InlineData("diff", 0.5, 0.8, "diff|0.5|0.8")]
    [InlineData("dora", 1.0, 1.0, "dora|1.0|1.0")]
    [InlineData("dora", 0.5, 0.8, "dora|0.5|0.8")]
    [InlineData("peft", 1.0, 1.0, "peft|1.0|1.0")]
    [InlineData("peft", 0.5, 0.8, "peft|0.5|0.8")]
    public void An_adapter_makes_of_the_model_what_the_reference_makes_of_it(string kind, double text, double unet, string expected)
    {
        using var folder = new AdapterFixture();
        Check(folder, expected, MergePrecision.Full, new AdapterCall(folder.WriteGolden(kind), text, unet));
    }

    [Fact]
    public void Two_adapters_add_up()
    {
        using var folder = new AdapterFixture();
        Check(folder, "lora 0.7 + loha 0.4", MergePrecision.Full, new AdapterCall(folder.WriteGolden("lora"), 0.7, 0.7), new AdapterCall(folder.WriteGolden("loha"), 0.4, 0.4));
    }

    [Fact]
    public void Without_adapters_the_model_is_the_checkpoint()
    {
        using var folder = new AdapterFixture();
        Check(folder, "none", MergePrecision.Full);
    }

    [Fact]
    public void Half_precision_is_near_too()
    {
        using var folder = new AdapterFixture();
        Check(folder, "lora|1.0|1.0", MergePrecision.Checkpoint, 2e-2, new AdapterCall(folder.WriteGolden("lora"), 1, 1));
    }

    [Fact]
    public void Where_no_folder_holds_both_files_the_overlay_is_a_checkpoint_of_its_own()
    {
        using var folder = new AdapterFixture();
        var calls = new[] { new AdapterCall(folder.WriteGolden("diff"), 1, 1) };
        var whole = new AdapterMerge(folder.Cache) { KeepsAll = true }.Prepare(TinyCheckpoint.Path, calls, MergePrecision.Full).Overlay!;
        Assert.NotEqual(whole, new AdapterMerge(folder.Cache).Prepare(TinyCheckpoint.Path, calls, MergePrecision.Full).Overlay);
        CheckModel(whole, null, "diff|1.0|1.0", Tolerance);
    }

    private static void Check(AdapterFixture folder, string expected, MergePrecision precision, params AdapterCall[] calls) => Check(folder, expected, precision, Tolerance, calls);

    private static void Check(AdapterFixture folder, string expected, MergePrecision precision, double tolerance, params AdapterCall[] calls)
    {
        var merged = new AdapterMerge(folder.Cache).Prepare(TinyCheckpoint.Path, calls, precision);
        Assert.Empty(merged.Unmapped);
        Assert.Equal(calls.Length == 0, merged.Overlay is null);
        CheckModel(TinyCheckpoint.Path, merged.Overlay, expected, tolerance);
    }

    private static void CheckModel(string checkpoint, string? overlay, string expected, double tolerance)
    {
        using var model = CheckpointModel.Open(checkpoint, new CheckpointOptions { Device = DeviceKind.Cpu, Merged = overlay });

        var encoded = Assert.Single(model.TextEncoders.Encode(TextEncoderTests.ChunksOf(1), CancellationToken.None));
        Close.To(s_golden[expected + "|te1"], encoded.First, tolerance);
        Close.To(s_golden[expected + "|te2"], encoded.Second, tolerance);
        Close.To(s_golden[expected + "|pooled"], encoded.Pooled, tolerance);

        var shape = s_golden.ShapeOf("sample");
        var noise = new float[s_golden["sample"].Length];
        var conditions = new Conditions(1, 77, s_golden["context"], s_golden["pooled"], s_golden["time_ids"]);
        model.NoisePredictor.Predict(s_golden["sample"], shape[2], shape[3], s_golden["timestep"][0], conditions, noise, CancellationToken.None);
        Close.To(s_golden[expected + "|unet"], noise, tolerance);
    }
}
