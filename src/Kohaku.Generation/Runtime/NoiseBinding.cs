using Kohaku.Generation.Models;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Kohaku.Generation.Runtime;

/// <summary>The UNet's inputs and outputs for one size and one set of conditions, bound once: a step writes the sample and runs.</summary>
internal sealed class NoiseBinding : IDisposable
{
    private readonly ModelSession _session;
    private readonly Conditions _conditions;
    private readonly (int Samples, int Height, int Width) _size;
    private readonly OrtValue _sample;
    private readonly OrtValue _timestep;
    private readonly OrtValue _noise;
    private readonly OrtValue[] _constant;

    public NoiseBinding(ModelSession session, Conditions conditions, int samples, int channels, int height, int width)
    {
        (_session, _conditions, _size) = (session, conditions, (samples, height, width));
        long batch = conditions.Batch;
        _sample = Allocate(samples, channels, height, width);
        _timestep = Allocate(1);
        _noise = Allocate(batch, channels, height, width);
        _constant =
        [
            OrtValue.CreateTensorValueFromMemory(conditions.Context, [batch, conditions.Tokens, conditions.Context.Length / (batch * conditions.Tokens)]),
            OrtValue.CreateTensorValueFromMemory(conditions.Pooled, [batch, conditions.Pooled.Length / batch]),
            OrtValue.CreateTensorValueFromMemory(conditions.TimeIds, [batch, 6]),
        ];
        Binding = session.Bind();
        Binding.BindInput("encoder_hidden_states", _constant[0]);
        Binding.BindInput("text_embeds", _constant[1]);
        Binding.BindInput("time_ids", _constant[2]);
        Binding.BindOutput("out_sample", _noise);
        BindChanging();
    }

    /// <summary>To run on.</summary>
    public OrtIoBinding Binding { get; }

    /// <summary>The result, <c>[batch, 4, height, width]</c>.</summary>
    public ReadOnlySpan<float> Noise => _noise.GetTensorDataAsSpan<float>();

    /// <summary>Whether it serves.</summary>
    public bool Fits(Conditions conditions, int samples, int height, int width) => ReferenceEquals(conditions, _conditions) && _size == (samples, height, width);

    /// <summary>Writes what changes from step to step.</summary>
    public void Set(ReadOnlySpan<float> sample, float timestep)
    {
        sample.CopyTo(_sample.GetTensorMutableDataAsSpan<float>());
        _timestep.GetTensorMutableDataAsSpan<float>()[0] = timestep;
        if (_session.CopiesInputs) BindChanging();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Binding.Dispose();
        _sample.Dispose();
        _timestep.Dispose();
        _noise.Dispose();
        foreach (var value in _constant) value.Dispose();
    }

    private void BindChanging()
    {
        Binding.BindInput("sample", _sample);
        Binding.BindInput("timestep", _timestep);
    }

    private static OrtValue Allocate(params long[] shape) => OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, TensorElementType.Float, shape);
}
