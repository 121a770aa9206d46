using Kohaku.Generation.Sampling;

namespace Kohaku.Generation.Tests.Sampling;

/// <summary>The golden samplers' model: ε(x, t) = 0.3·x + 0.5·sin(3·x + t/200), in fp64 and rounded.</summary>
internal sealed class ToyModel : IEpsilonModel
{
    public int Calls { get; private set; }

    public void Predict(ReadOnlySpan<float> input, float timestep, Span<float> noise)
    {
        Calls++;
        for (var i = 0; i < input.Length; i++) noise[i] = (float)((0.3 * input[i]) + (0.5 * Math.Sin((3.0 * input[i]) + (timestep / 200.0))));
    }
}
