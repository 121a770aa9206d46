using Kohaku.Generation.Adapters;
using Kohaku.Generation.Tests.Golden;
using static Kohaku.Generation.Tests.Adapters.AdapterFixture;

namespace Kohaku.Generation.Tests.Adapters;

/// <summary>Each kind of adapter against its definition, summed number by number in double precision.</summary>
public sealed class ArithmeticTests
{
    private const string Linear = "model.diffusion_model.out.9";
    private const string Convolution = "model.diffusion_model.out.8";
    private const string OnLinear = "lora_unet_out_9";
    private const string OnConvolution = "lora_unet_out_8";

    // Odd sizes, so that no strip of vectors comes out even; more rows than one block has would take megabytes and is tried below.
    private const int Out = 18;
    private const int In = 35;
    private const int Side = 3;
    private const int Kernel = Side * Side;

    private delegate double Element(int row, int input, int kernel);

    [Theory]
    [InlineData(null, 1.0)]
    [InlineData(2f, 2.0 / 5)]
    public void Lora_is_up_times_down_times_alpha_over_rank(float? alpha, double scale)
    {
        const int r = 5;
        var (up, down) = (Random("up", Out, r), Random("down", r, In));
        Check(
            false,
            [("lora_up.weight", [Out, r], up), ("lora_down.weight", [r, In], down), .. Alpha(alpha)],
            (row, input, _) => scale * Sum(r, i => up[(row * r) + i] * down[(i * In) + input]));
    }

    [Fact]
    public void Lora_of_a_convolution_has_the_kernel_in_down()
    {
        const int r = 4;
        var (up, down) = (Random("up", Out, r), Random("down", r, In, Side, Side));
        Check(
            true,
            [("lora_up.weight", [Out, r, 1, 1], up), ("lora_down.weight", [r, In, Side, Side], down), .. Alpha(3)],
            (row, input, kernel) => 3.0 / r * Sum(r, i => up[(row * r) + i] * down[(((i * In) + input) * Kernel) + kernel]));
    }

    [Fact]
    public void Lora_with_a_core_sums_over_both_of_its_sides()
    {
        const int r = 3;
        var (up, mid, down) = (Random("up", Out, r), Random("mid", r, r, Side, Side), Random("down", r, In));
        Check(
            true,
            [("lora_up.weight", [Out, r, 1, 1], up), ("lora_mid.weight", [r, r, Side, Side], mid), ("lora_down.weight", [r, In, 1, 1], down), .. Alpha(2)],
            (row, input, kernel) => 2.0 / r * Sum(r, i => Sum(r, j => up[(row * r) + i] * mid[(((i * r) + j) * Kernel) + kernel] * down[(j * In) + input])));
    }

    [Fact]
    public void Loha_is_the_product_of_two_products()
    {
        const int r = 4;
        var (a1, b1, a2, b2) = (Random("a1", Out, r), Random("b1", r, In), Random("a2", Out, r), Random("b2", r, In));
        Check(
            false,
            [("hada_w1_a", [Out, r], a1), ("hada_w1_b", [r, In], b1), ("hada_w2_a", [Out, r], a2), ("hada_w2_b", [r, In], b2), .. Alpha(3)],
            (row, input, _) => 3.0 / r * Sum(r, i => a1[(row * r) + i] * b1[(i * In) + input]) * Sum(r, i => a2[(row * r) + i] * b2[(i * In) + input]));
    }

    [Fact]
    public void Loha_with_cores_has_its_left_factors_turned()
    {
        const int r = 3;
        var (a1, b1, t1) = (Random("a1", r, Out), Random("b1", r, In), Random("t1", r, r, Side, Side));
        var (a2, b2, t2) = (Random("a2", r, Out), Random("b2", r, In), Random("t2", r, r, Side, Side));
        Check(
            true,
            [
                ("hada_w1_a", [r, Out], a1), ("hada_w1_b", [r, In], b1), ("hada_t1", [r, r, Side, Side], t1),
                ("hada_w2_a", [r, Out], a2), ("hada_w2_b", [r, In], b2), ("hada_t2", [r, r, Side, Side], t2), .. Alpha(2),
            ],
            (row, input, kernel) => 2.0 / r * Factor(a1, b1, t1, row, input, kernel) * Factor(a2, b2, t2, row, input, kernel));

        static double Factor(float[] a, float[] b, float[] t, int row, int input, int kernel) =>
            Sum(r, i => Sum(r, j => t[(((i * r) + j) * Kernel) + kernel] * a[(i * Out) + row] * b[(j * In) + input]));
    }

    [Fact]
    public void Lokr_with_both_factors_whole_ignores_alpha()
    {
        var (w1, w2) = (Random("w1", 3, 5), Random("w2", 6, 7));
        Check(
            false,
            [("lokr_w1", [3, 5], w1), ("lokr_w2", [6, 7], w2), .. Alpha(0.5f)],
            (row, input, _) => w1[(row / 6 * 5) + (input / 7)] * w2[(row % 6 * 7) + (input % 7)]);
    }

    [Fact]
    public void Lokr_takes_the_rank_of_the_second_factor_where_that_is_in_parts()
    {
        const int r = 2;
        var (w1, a, b) = (Random("w1", 3, 5), Random("a", 6, r), Random("b", r, 7));
        Check(
            false,
            [("lokr_w1", [3, 5], w1), ("lokr_w2_a", [6, r], a), ("lokr_w2_b", [r, 7], b), .. Alpha(3)],
            (row, input, _) => 3.0 / r * w1[(row / 6 * 5) + (input / 7)] * Sum(r, i => a[(row % 6 * r) + i] * b[(i * 7) + (input % 7)]));
    }

    [Fact]
    public void Lokr_takes_the_rank_of_the_first_factor_where_only_that_is_in_parts()
    {
        const int r = 2;
        var (a, b, w2) = (Random("a", 3, r), Random("b", r, 5), Random("w2", 6, 7, Side, Side));
        Check(
            true,
            [("lokr_w1_a", [3, r], a), ("lokr_w1_b", [r, 5], b), ("lokr_w2", [6, 7, Side, Side], w2), .. Alpha(3)],
            (row, input, kernel) => 3.0 / r * Sum(r, i => a[(row / 6 * r) + i] * b[(i * 5) + (input / 7)]) * w2[(((row % 6 * 7) + (input % 7)) * Kernel) + kernel]);
    }

    [Fact]
    public void Lokr_with_a_right_part_of_four_sides_flattens_it()
    {
        const int r = 2;
        var (w1, a, b) = (Random("w1", 3, 5), Random("a", 6, r), Random("b", r, 7, Side, Side));
        Check(
            true,
            [("lokr_w1", [3, 5], w1), ("lokr_w2_a", [6, r], a), ("lokr_w2_b", [r, 7, Side, Side], b), .. Alpha(1)],
            (row, input, kernel) => 1.0 / r * w1[(row / 6 * 5) + (input / 7)] * Sum(r, i => a[(row % 6 * r) + i] * b[(((i * 7) + (input % 7)) * Kernel) + kernel]));
    }

    [Fact]
    public void Lokr_with_a_core()
    {
        const int r = 3;
        var (w1, t, a, b) = (Random("w1", 3, 5), Random("t", r, r, Side, Side), Random("a", r, 6), Random("b", r, 7));
        Check(
            true,
            [("lokr_w1", [3, 5], w1), ("lokr_t2", [r, r, Side, Side], t), ("lokr_w2_a", [r, 6], a), ("lokr_w2_b", [r, 7], b), .. Alpha(2)],
            (row, input, kernel) => 2.0 / r * w1[(row / 6 * 5) + (input / 7)]
                * Sum(r, i => Sum(r, j => t[(((i * r) + j) * Kernel) + kernel] * a[(i * 6) + (row % 6)] * b[(j * 7) + (input % 7)])));
    }

    [Theory]
    [InlineData("diff")]
    [InlineData("w_norm")]
    public void A_difference_is_added_as_it_is(string name)
    {
        var diff = Random("diff", Out, In, Side, Side);
        Check(true, [(name, [Out, In, Side, Side], diff), .. Alpha(0.5f)], (row, input, kernel) => diff[(((row * In) + input) * Kernel) + kernel]);
    }

    [Fact]
    public void A_scale_in_the_file_stands_in_place_of_alpha_over_rank()
    {
        var (up, down) = (Random("up", Out, 1), Random("down", 1, In));
        Check(
            false,
            [("lora_up.weight", [Out, 1], up), ("lora_down.weight", [1, In], down), ("scale", [], [0.25f]), .. Alpha(8)],
            (row, input, _) => 0.25 * up[row] * down[input]);
    }

    [Fact]
    public void Kinds_that_one_module_has_together_add_up()
    {
        var (up, down, diff) = (Random("up", Out, 1), Random("down", 1, In), Random("diff", Out, In));
        Check(
            false,
            [("lora_up.weight", [Out, 1], up), ("lora_down.weight", [1, In], down), ("diff", [Out, In], diff)],
            (row, input, _) => (up[row] * down[input]) + diff[(row * In) + input]);
    }

    [Theory]
    [InlineData("diff_b")]
    [InlineData("b_norm")]
    public void A_difference_of_a_bias_is_added_to_it(string name)
    {
        using var folder = Folder();
        var adapter = folder.WriteAdapter("a", ($"{OnLinear}.{name}", [Out], Random("bias", Out)));
        var merged = folder.Merged(Linear + ".bias", new AdapterCall(adapter, 1, 0.5));
        var (bias, diff) = (Random("w|" + Linear + ".bias", Out), Random("bias", Out));
        for (var i = 0; i < Out; i++) Assert.Equal(bias[i] + (0.5 * diff[i]), merged[i], 1e-6);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Dora_gives_each_output_the_length_that_the_file_has(bool convolution) =>
        CheckDora(convolution, "dora_scale", convolution ? [Out, 1, 1, 1] : [Out, 1], byInput: false);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Dora_gives_each_input_the_length_that_the_file_has(bool convolution) =>
        CheckDora(convolution, "dora_scale", convolution ? [1, In, 1, 1] : [1, In], byInput: true);

    [Fact]
    public void Dora_as_PEFT_writes_it_is_by_output() => CheckDora(false, "lora_magnitude_vector.weight", [Out], byInput: false);

    [Fact]
    public void Adapters_take_effect_one_after_the_other()
    {
        using var folder = Folder();
        var (diff, s) = (Random("diff", Out, In), Random("s", In));
        var first = folder.WriteAdapter("first", ($"{OnLinear}.diff", [Out, In], diff));
        var (up, down) = (Random("up", Out, 1), Random("down", 1, In));
        var second = folder.WriteAdapter("second", ($"{OnLinear}.lora_up.weight", [Out, 1], up), ($"{OnLinear}.lora_down.weight", [1, In], down), ($"{OnLinear}.dora_scale", [1, In], s));
        var merged = folder.Merged(Linear + ".weight", new AdapterCall(first, 0, 0.5), new AdapterCall(second, 0, 0.75), new AdapterCall(second, 0, 0.75));

        var weight = Random("w|" + Linear + ".weight", Out, In).Select((value, i) => value + (0.5 * diff[i])).ToArray();
        for (var turn = 0; turn < 2; turn++) weight = Dora(weight, In, 1, s, byInput: true, 0.75, (row, input, _) => up[row] * down[input]);
        AssertEqual(weight, merged);
    }

    [Fact]
    public void A_weight_of_many_blocks_is_whole()
    {
        const int rows = 1500, columns = 700, r = 3;
        using var folder = new AdapterFixture();
        folder.WriteCheckpoint("F16", (Linear + ".weight", [rows, columns]));
        var (up, down, s) = (Random("up", rows, r), Random("down", r, columns), Random("s", columns));
        var adapter = folder.WriteAdapter("a", ($"{OnLinear}.lora_up.weight", [rows, r], up), ($"{OnLinear}.lora_down.weight", [r, columns], down), ($"{OnLinear}.dora_scale", [1, columns], s));

        var weight = Random("w|" + Linear + ".weight", rows, columns).Select(value => (double)value).ToArray();
        var expected = Dora(weight, columns, 1, s, byInput: true, 1, (row, input, _) => Sum(r, i => up[(row * r) + i] * down[(i * columns) + input]));
        AssertEqual(expected, folder.Merged(Linear + ".weight", new AdapterCall(adapter, 1, 1)));
    }

    [Theory]
    [InlineData("F16")]
    [InlineData("BF16")]
    [InlineData("F32")]
    public void Checkpoint_and_adapter_may_be_of_any_type(string type)
    {
        using var folder = new AdapterFixture();
        folder.WriteCheckpoint(type, (Linear + ".weight", [Out, In]));
        var adapter = folder.Write("a.safetensors", type, ($"{OnLinear}.diff", [Out, In], Random("diff", Out, In)));
        var merge = folder.Merge(MergePrecision.Checkpoint, new AdapterCall(adapter, 1, 1));
        var (weight, diff) = (Read(folder.Checkpoint, Linear + ".weight"), Read(adapter, $"{OnLinear}.diff"));
        var step = type switch { "F16" => 1 / 2048.0, "BF16" => 1 / 256.0, _ => 1e-7 };
        var merged = Read(merge.Overlay!, Linear + ".weight");
        for (var i = 0; i < weight.Length; i++) Assert.InRange(Math.Abs(weight[i] + diff[i] - merged[i]), 0, Math.Abs(weight[i] + diff[i]) * step);
    }

    private static AdapterFixture Folder()
    {
        var folder = new AdapterFixture();
        folder.WriteCheckpoint("F16", (Linear + ".weight", [Out, In]), (Linear + ".bias", [Out]), (Convolution + ".weight", [Out, In, Side, Side]));
        return folder;
    }

    private static void Check(bool convolution, (string Part, long[] Shape, float[] Values)[] tensors, Element delta)
    {
        using var folder = Folder();
        var kernels = convolution ? Kernel : 1;
        var module = convolution ? OnConvolution : OnLinear;
        var tensor = (convolution ? Convolution : Linear) + ".weight";
        var adapter = folder.WriteAdapter("a", [.. tensors.Select(part => ($"{module}.{part.Part}", part.Shape, part.Values))]);
        var merge = folder.Merge(new AdapterCall(adapter, 0.3, 0.7));
        Assert.Empty(merge.Unmapped);
        var weight = Random("w|" + tensor, Out, In, kernels);
        AssertEqual([.. weight.Select((value, i) => value + (0.7 * delta(i / (In * kernels), i / kernels % In, i % kernels)))], Read(merge.Overlay!, tensor));
    }

    private static void CheckDora(bool convolution, string part, long[] shape, bool byInput)
    {
        using var folder = Folder();
        const int r = 2;
        var kernels = convolution ? Kernel : 1;
        var module = convolution ? OnConvolution : OnLinear;
        var tensor = (convolution ? Convolution : Linear) + ".weight";
        var (up, down, s) = (Random("up", Out, r), Random("down", r, In, kernels), Random("s", byInput ? In : Out));
        var adapter = folder.WriteAdapter(
            "a",
            ($"{module}.lora_up.weight", [Out, r], up),
            ($"{module}.lora_down.weight", convolution ? [r, In, Side, Side] : [r, In], down),
            ($"{module}.alpha", [], [1]),
            ($"{module}.{part}", shape, s));
        var weight = Random("w|" + tensor, Out, In, kernels).Select(value => (double)value).ToArray();
        var expected = Dora(weight, In, kernels, s, byInput, 0.7, (row, input, kernel) => 0.5 * Sum(r, i => up[(row * r) + i] * down[(((i * In) + input) * kernels) + kernel]));
        AssertEqual(expected, folder.Merged(tensor, new AdapterCall(adapter, 0.3, 0.7)));
    }

    // W + m·(s·V/‖V‖ − W) with V = W + ΔW.
    private static double[] Dora(double[] weight, int inputs, int kernels, float[] s, bool byInput, double factor, Element delta)
    {
        var changed = weight.Select((value, i) => value + delta(i / (inputs * kernels), i / kernels % inputs, i % kernels)).ToArray();
        var norms = new double[s.Length];
        for (var i = 0; i < changed.Length; i++) norms[Index(i)] += changed[i] * changed[i];
        return [.. weight.Select((value, i) => value + (factor * ((changed[i] * s[Index(i)] / Math.Sqrt(norms[Index(i)])) - value)))];

        int Index(int i) => byInput ? i / kernels % inputs : i / (inputs * kernels);
    }

    private static (string, long[], float[])[] Alpha(float? alpha) => alpha is { } value ? [("alpha", [], [value])] : [];

    private static double Sum(int count, Func<int, double> term) => Enumerable.Range(0, count).Sum(term);

    private static void AssertEqual(double[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++) Assert.True(Math.Abs(expected[i] - actual[i]) < 2e-5 * Math.Max(1, Math.Abs(expected[i])), $"{i}: {expected[i]} and {actual[i]}");
    }
}
