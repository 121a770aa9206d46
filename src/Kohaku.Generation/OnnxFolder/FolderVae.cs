using Kohaku.Generation.Models;
using Microsoft.ML.OnnxRuntime;

namespace Kohaku.Generation.OnnxFolder;

/// <summary>A half of the VAE: one tensor in, one out.</summary>
internal sealed class FolderVae : IDisposable
{
    private readonly int _channels;
    private readonly FolderSession _session;
    private readonly FolderNode _input;
    private readonly string _output;

    /// <summary>Opens a half.</summary>
    /// <exception cref="ModelException">It cannot be opened, or takes something else.</exception>
    public FolderVae(string folder, int channels, SessionOptions options)
    {
        _channels = channels;
        _session = FolderSession.Open(folder, options);
        if (_session is not { Inputs: [{ Rank: 4 } input], Outputs: [{ } output, ..] } || !FolderTensor.IsKnown(input.Type) || (input.Fixed(1) ?? channels) != channels)
        {
            _session.Dispose();
            throw new ModelException($"{_session.Path} is not the VAE of SDXL; its inputs are {string.Join("; ", _session.Inputs)}", "Export the folder as SDXL with optimum");
        }

        _input = input;
        _output = output.Name;
    }

    /// <summary>The file.</summary>
    public string Path => _session.Path;

    /// <summary>Runs it over <c>[channels, height, width]</c>.</summary>
    public float[] Run(ReadOnlySpan<float> values, int height, int width, CancellationToken cancellation)
    {
        if ((_input.Fixed(2) ?? height) != height || (_input.Fixed(3) ?? width) != width)
            throw new ModelException($"{Path} was exported for {_input} only, and {width}×{height} is wanted", "Export it with open sides");

        using var tensor = new FolderTensor(_input.Type, 1, _channels, height, width);
        tensor.Write(values);
        using var outputs = _session.Run([tensor.Value], [_output], cancellation);
        return FolderTensor.Read(outputs[0]);
    }

    /// <summary>Closes it.</summary>
    public void Dispose() => _session.Dispose();
}
