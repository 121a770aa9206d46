using System.Text.Json;
using Kohaku.Generation.Noise;
using Kohaku.Generation.Tests.Golden;

namespace Kohaku.Generation.Tests.Noise;

public sealed class NoiseGeneratorTests
{
    private const double Tolerance = 1e-6;

    public static TheoryData<ulong, int> Cases
    {
        get
        {
            var cases = new TheoryData<ulong, int>();
            foreach (var entry in GoldenFile.Read("rng.json").GetProperty("randn").EnumerateArray())
                cases.Add(entry.GetProperty("seed").GetUInt64(), entry.GetProperty("n").GetInt32());
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Numbers_of_torch_on_a_CPU_are_drawn(ulong seed, int count) => Check(GeneratorKind.Torch, "cpu", seed, count);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Numbers_of_a_graphics_card_are_drawn(ulong seed, int count) => Check(GeneratorKind.Philox, "nv", seed, count);

    [Theory]
    [InlineData(GeneratorKind.Torch, 7)]
    [InlineData(GeneratorKind.Torch, 16)]
    [InlineData(GeneratorKind.Torch, 1009)]
    [InlineData(GeneratorKind.Philox, 7)]
    [InlineData(GeneratorKind.Philox, 1009)]
    public void What_is_skipped_is_as_if_drawn(GeneratorKind kind, int count)
    {
        var (drawn, skipped) = (NoiseGenerator.Create(kind, 5), NoiseGenerator.Create(kind, 5));
        drawn.Fill(new float[count]);
        skipped.Skip(count);
        var (expected, actual) = (new float[33], new float[33]);
        drawn.Fill(expected);
        skipped.Fill(actual);
        Assert.Equal(expected, actual);
    }

    [Theory]
    [InlineData(GeneratorKind.Torch)]
    [InlineData(GeneratorKind.Philox)]
    public void A_generator_that_is_reset_is_as_if_new(GeneratorKind kind)
    {
        var generator = NoiseGenerator.Create(kind, 5);
        generator.Fill(new float[7]);
        generator.Reset(6);
        var (expected, actual) = (new float[7], new float[7]);
        NoiseGenerator.Create(kind, 6).Fill(expected);
        generator.Fill(actual);
        Assert.Equal(expected, actual);
    }

    [Theory]
    [InlineData("euler-a", GeneratorKind.Torch, 42)]
    [InlineData("dpmpp-2m-sde-karras", GeneratorKind.Philox, 99)]
    public void The_first_noise_of_an_image_is_drawn(string image, GeneratorKind kind, ulong seed)
    {
        var expected = GoldenTensors.Read("images.safetensors")[$"{image}|noise"];
        var actual = new float[expected.Length];
        NoiseGenerator.Create(kind, seed).Fill(actual);
        Near.Each(expected, actual, Tolerance);
    }

    private static void Check(GeneratorKind kind, string name, ulong seed, int count)
    {
        var entry = GoldenFile.Read("rng.json").GetProperty("randn").EnumerateArray()
            .Single(entry => entry.GetProperty("seed").GetUInt64() == seed && entry.GetProperty("n").GetInt32() == count);
        var generator = NoiseGenerator.Create(kind, seed);
        var numbers = new float[count];
        generator.Fill(numbers);
        Ends(entry, name, numbers);
        Near.One(entry.GetProperty($"{name}_sum").GetDouble(), numbers.Sum(number => (double)number), Math.Max(Tolerance, 1e-7 * count));
        generator.Fill(numbers);
        Ends(entry, $"{name}_second_call", numbers);
    }

    private static void Ends(JsonElement entry, string name, float[] numbers)
    {
        var first = Numbers.Of(entry.GetProperty($"{name}_first"));
        Near.Each(first, numbers[..first.Length], Tolerance);
        if (!entry.TryGetProperty($"{name}_last", out var stored)) return;

        var last = Numbers.Of(stored);
        Near.Each(last, numbers[^last.Length..], Tolerance);
    }
}
