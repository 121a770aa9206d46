using Kohaku.Syntax.Meaning;

namespace Kohaku.Syntax.Tests.Meaning;

public sealed class AdapterArgumentsTests
{
    [Theory]
    [InlineData("<lora:a>", "a", 1, 1)]
    [InlineData("<lora:a:0.8>", "a", 0.8, 0.8)]
    [InlineData("<lyco:a:0.8:0.5>", "a", 0.8, 0.5)]
    [InlineData("<lora:a:0.8:0.5:16>", "a", 0.8, 0.5)]
    [InlineData("<lora:a:te=0.3>", "a", 0.3, 0.3)]
    [InlineData("<lora:a:unet=0.3>", "a", 1, 0.3)]
    [InlineData("<lora:a:0.8:te=0.3:unet=-0.5:dyn=8>", "a", 0.3, -0.5)]
    [InlineData("<lora:te=0.3:a>", "a", 0.3, 0.3)]
    [InlineData("<lora:a b.c: 1e-1 >", "a b.c", 0.1, 0.1)]
    [InlineData("<lora:a=b=c:0.5>", "a=b=c", 0.5, 0.5)]
    public void Weights_are_read_by_place_and_by_name(string text, string name, double encoders, double unet)
    {
        var call = Assert.Single(Networks.Extract(text).Calls);
        Assert.True(AdapterArguments.IsAdapter(call.Kind));
        Assert.True(AdapterArguments.TryRead(call, out var arguments, out _));
        Assert.Equal(new AdapterArguments(name, encoders, unet), arguments);
    }

    [Theory]
    [InlineData("<lora:a:strong>", "<lora:a:strong> has a weight that is no number")]
    [InlineData("<lora:a:1:>", "<lora:a:1:> has a weight that is no number")]
    [InlineData("<lora:a:te=x>", "<lora:a:te=x> has a weight that is no number")]
    [InlineData("<lora:a:x:te=1>", "<lora:a:x:te=1> has a weight that is no number")]
    [InlineData("<lora:a:nan>", "<lora:a:nan> has a weight that is no number")]
    [InlineData("<lora:te=1>", "<lora:te=1> names no network")]
    [InlineData("<lora::1>", "<lora::1> names no network")]
    public void What_cannot_be_read_is_told(string text, string problem)
    {
        Assert.False(AdapterArguments.TryRead(Assert.Single(Networks.Extract(text).Calls), out _, out var told));
        Assert.Equal(problem, told);
    }

    [Fact]
    public void Other_kinds_are_no_adapters() => Assert.False(AdapterArguments.IsAdapter("hypernet"));
}
