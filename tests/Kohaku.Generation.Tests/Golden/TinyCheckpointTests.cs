using System.Security.Cryptography;

namespace Kohaku.Generation.Tests.Golden;

public sealed class TinyCheckpointTests
{
    [Fact]
    public void The_formula_gives_the_values_of_the_reference()
    {
        using var sum = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var tensor in TinyCheckpoint.Tensors) sum.AppendData(SafetensorsFile.Halves(tensor.Values()));
        Assert.Equal(GoldenFile.Read("checkpoint-sums.json").GetProperty("sha256_of_all_values_f16_in_order").GetString(), Convert.ToHexStringLower(sum.GetHashAndReset()));
    }
}
