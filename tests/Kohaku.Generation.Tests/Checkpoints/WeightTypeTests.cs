using Kohaku.Generation.Tests.Golden;

namespace Kohaku.Generation.Tests.Checkpoints;

/// <summary>Types and order of a checkpoint's tensors change nothing but the rounding of its values.</summary>
public sealed class WeightTypeTests(ScratchFolder folder) : IClassFixture<ScratchFolder>
{
    [Fact]
    public void F32_of_the_same_values_in_another_order_gives_the_same()
    {
        var path = folder.Write("single.safetensors", TinyCheckpoint.Tensors.Reverse(), _ => "F32", Halved);
        Answers.Of(path).AreCloseTo(Answers.Of(TinyCheckpoint.Path), 1e-4);
    }

    [Fact]
    public void F16_and_F32_mixed_in_any_order_give_the_same()
    {
        var shuffled = TinyCheckpoint.Tensors.OrderBy(tensor => Formula.Hash(tensor.Name));
        var path = folder.Write("mixed.safetensors", shuffled, tensor => Formula.Hash(tensor.Name) % 2 == 0 ? "F16" : "F32", Halved);
        Answers.Of(path).AreCloseTo(Answers.Of(TinyCheckpoint.Path), 1e-4);
    }

    [Fact]
    public void BF16_gives_what_F32_of_the_rounded_values_gives()
    {
        var rounded = folder.Write("rounded.safetensors", TinyCheckpoint.Tensors, _ => "F32", Rounded);
        var brain = folder.Write("brain.safetensors", TinyCheckpoint.Tensors, _ => "BF16");
        Answers.Of(brain).AreCloseTo(Answers.Of(rounded), 1e-4);
    }

    [Fact]
    public void All_three_types_in_one_file_are_read()
    {
        var types = new[] { "F16", "F32", "BF16" };
        string TypeOf(FormulaTensor tensor) => types[Formula.Hash(tensor.Name) % 3];

        var mixed = folder.Write("three.safetensors", TinyCheckpoint.Tensors, TypeOf);
        var path = folder.PathOf("three-single.safetensors");
        SafetensorsFile.Write(path, TinyCheckpoint.Tensors.Select(tensor =>
            (tensor.Name, "F32", tensor.Shape, SafetensorsFile.Singles(TypeOf(tensor) switch { "F16" => Halved(tensor.Values()), "BF16" => Rounded(tensor.Values()), _ => tensor.Values() }))));
        Answers.Of(mixed).AreCloseTo(Answers.Of(path), 1e-4);
    }

    [Fact]
    public void A_header_of_any_length_is_followed_by_weights_at_any_offset()
    {
        // Not a multiple of 8, and odd single bytes between the tensors.
        var path = folder.PathOf("odd.safetensors");
        SafetensorsFile.Write(path, TinyCheckpoint.Tensors.SelectMany((tensor, i) => new[]
        {
            (tensor.Name, "F32", tensor.Shape, SafetensorsFile.Singles(Halved(tensor.Values()))),
            ($"odd.{i}", "U8", [1L], new byte[1]),
        }));
        Answers.Of(path).AreCloseTo(Answers.Of(TinyCheckpoint.Path), 1e-4);
    }

    private static float[] Halved(float[] values) => Array.ConvertAll(values, value => (float)(Half)value);

    private static float[] Rounded(float[] values)
    {
        var bytes = SafetensorsFile.Brains(values);
        return [.. Enumerable.Range(0, values.Length).Select(i => BitConverter.UInt32BitsToSingle((uint)BitConverter.ToUInt16(bytes, i * 2) << 16))];
    }
}
