namespace Kohaku.Generation.Tests.Golden;

public sealed class SdxlManifestTests
{
    [Fact]
    public void The_scaled_down_model_has_the_tensors_of_the_reference()
    {
        var tensors = SdxlManifest.Of(new SdxlSizes());
        Assert.Equal(TinyCheckpoint.Tensors.Select(Line), tensors.Select(Line));
    }

    [Fact]
    public void The_real_model_has_as_many_tensors_and_values_as_SDXL()
    {
        var tensors = SdxlManifest.Of(SdxlSizes.Real);
        Assert.Equal(2514, tensors.Count);
        Assert.Equal(2_567_463_684, tensors.Where(tensor => tensor.Name.StartsWith("model.diffusion_model.", StringComparison.Ordinal)).Sum(tensor => tensor.Count));
    }

    private static string Line(FormulaTensor tensor) => $"{tensor.Name} [{string.Join(',', tensor.Shape)}] {tensor.Scale:R} {tensor.Offset}";
}
