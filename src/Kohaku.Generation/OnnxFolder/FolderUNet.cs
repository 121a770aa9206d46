using Kohaku.Generation.Models;
using Microsoft.ML.OnnxRuntime;

namespace Kohaku.Generation.OnnxFolder;

/// <summary>The UNet of a folder. Its tensors are made once for a batch and size, and what an image is conditioned on is written once.</summary>
internal sealed class FolderUNet : INoisePredictor, IDisposable
{
    private const string Help = "Export the folder as SDXL with optimum (optimum-cli export onnx --task text-to-image)";

    private readonly FolderSession _session;
    private readonly FolderNode _sample;
    private readonly FolderNode _timestep;
    private readonly FolderNode _context;
    private readonly FolderNode _pooled;
    private readonly FolderNode _timeIds;
    private readonly FolderNode _output;
    private UNetBuffers? _buffers;

    /// <summary>Opens the UNet.</summary>
    /// <param name="folder"><c>unet</c> with its path.</param>
    /// <param name="contextWidth">Numbers a token of both encoders together.</param>
    /// <param name="pooledWidth">Numbers of the pooled vector.</param>
    /// <param name="options">How to run it; stays the caller's.</param>
    /// <exception cref="ModelException">It cannot be opened, or is not the UNet of SDXL.</exception>
    public FolderUNet(string folder, int contextWidth, int pooledWidth, SessionOptions options)
    {
        _session = FolderSession.Open(folder, options);
        try
        {
            var left = _session.Inputs.ToList();
            _timeIds = Take(left, "time_ids", input => input is { Rank: 2 } && input.Fixed(1) is 6);
            _pooled = Take(left, "text_embeds", input => input is { Rank: 2 } && (input.Fixed(1) ?? pooledWidth) == pooledWidth);
            _context = Take(left, "encoder_hidden_states", input => input.Rank == 3);
            _sample = Take(left, "sample", input => input.Rank == 4);
            _timestep = Take(left, "timestep", input => input.Rank < 2);
            if (left.Count > 0) throw new ModelException($"{_session.Path} has an input that SDXL has not: {left[0]}", Help);

            if (_sample.Fixed(1) is { } channels and not 4) throw new ModelException($"{_session.Path} takes latents of {channels} channels; SDXL has 4", Help);
            if (_context.Fixed(2) is { } width && width != contextWidth)
                throw new ModelException($"{_session.Path} takes hidden states {width} wide; the text encoders give {contextWidth}", "Take all parts of the folder from one model");

            _output = _session.Outputs.FirstOrDefault(output => output.Rank == 4)
                ?? throw new ModelException($"{_session.Path} gives no noise; its outputs are {string.Join("; ", _session.Outputs)}", Help);
        }
        catch
        {
            _session.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Predict(ReadOnlySpan<float> sample, int height, int width, float timestep, Conditions conditions, Span<float> noise, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(conditions);
        var plane = 4 * height * width;
        var batch = conditions.Batch;
        var isShared = sample.Length == plane;
        // Some exports have a fixed batch: the calls are divided, the last filled up with what it has.
        var size = _sample.Fixed(0) ?? batch;
        for (var start = 0; start < batch; start += size)
        {
            var buffers = Buffers(size, height, width, conditions, start);
            for (var i = 0; i < size; i++)
            {
                var entry = isShared ? 0 : int.Min(start + i, batch - 1);
                buffers.Sample.Write(sample.Slice(entry * plane, plane), i * plane);
            }

            buffers.WriteTimestep(timestep);
            _session.Run(buffers.Inputs, buffers.OutputNames, buffers.Outputs, cancellation);
            var count = int.Min(size, batch - start);
            FolderTensor.Read(buffers.Outputs[0], noise.Slice(start * plane, count * plane));
        }
    }

    /// <summary>Closes it.</summary>
    public void Dispose()
    {
        _buffers?.Dispose();
        _session.Dispose();
    }

    private FolderNode Take(List<FolderNode> left, string name, Func<FolderNode, bool> isLike)
    {
        var found = left.Find(input => input.Name == name) ?? left.Find(input => isLike(input))
            ?? throw new ModelException($"{_session.Path} has no input {name}; its inputs are {string.Join("; ", _session.Inputs)}", $"It is not the UNet of SDXL. {Help}");
        if (!FolderTensor.IsKnown(found.Type)) throw new ModelException($"{_session.Path} has an input of a type that is not known: {found}", Help);

        left.Remove(found);
        return found;
    }

    private UNetBuffers Buffers(int size, int height, int width, Conditions conditions, int start)
    {
        if (_buffers is null || !_buffers.Fits(size, height, width, conditions))
        {
            Check(_sample, 2, height, "rows");
            Check(_sample, 3, width, "columns");
            Check(_context, 1, conditions.Tokens, "tokens");
            _buffers?.Dispose();
            _buffers = null;
            _buffers = new UNetBuffers(this, size, height, width, conditions);
        }

        _buffers.WriteConditions(conditions, start);
        return _buffers;
    }

    private void Check(FolderNode input, int side, int wanted, string what)
    {
        if (input.Fixed(side) is { } only && only != wanted)
            throw new ModelException($"{_session.Path} was exported for {only} {what} only, and {wanted} are wanted", $"Export it with open sides; {input.Name} has a fixed one");
    }

    /// <summary>The tensors of one batch and size.</summary>
    private sealed class UNetBuffers : IDisposable
    {
        private readonly int _size;
        private readonly int _height;
        private readonly int _width;
        private readonly int _tokens;
        private readonly FolderTensor _timestep;
        private readonly FolderTensor _context;
        private readonly FolderTensor _pooled;
        private readonly FolderTensor _timeIds;
        private readonly FolderTensor _output;
        private readonly float[] _times;
        private Conditions? _written;
        private int _writtenStart;

        public UNetBuffers(FolderUNet unet, int size, int height, int width, Conditions conditions)
        {
            (_size, _height, _width, _tokens) = (size, height, width, conditions.Tokens);
            Sample = new FolderTensor(unet._sample.Type, size, 4, height, width);
            var isPerEntry = unet._timestep.Rank == 1 && (unet._timestep.Fixed(0) == size || (unet._timestep.SideNames[0] is { Length: > 0 } name && name == unet._sample.SideNames[0]));
            _timestep = new FolderTensor(unet._timestep.Type, unet._timestep.Rank == 0 ? [] : [isPerEntry ? size : 1]);
            _times = new float[isPerEntry ? size : 1];
            _context = new FolderTensor(unet._context.Type, size, conditions.Tokens, conditions.Context.Length / (conditions.Batch * conditions.Tokens));
            _pooled = new FolderTensor(unet._pooled.Type, size, conditions.Pooled.Length / conditions.Batch);
            _timeIds = new FolderTensor(unet._timeIds.Type, size, 6);
            _output = new FolderTensor(unet._output.Type, size, 4, height, width);
            Inputs = [.. unet._session.Inputs.Select(input =>
                (input == unet._sample ? Sample : input == unet._timestep ? _timestep : input == unet._context ? _context : input == unet._pooled ? _pooled : _timeIds).Value)];
            Outputs = [_output.Value];
            OutputNames = [unet._output.Name];
        }

        public FolderTensor Sample { get; }

        public OrtValue[] Inputs { get; }

        public string[] OutputNames { get; }

        public OrtValue[] Outputs { get; }

        public bool Fits(int size, int height, int width, Conditions conditions) => (_size, _height, _width, _tokens) == (size, height, width, conditions.Tokens);

        public void WriteTimestep(float timestep)
        {
            _times.AsSpan().Fill(timestep);
            _timestep.Write(_times);
        }

        public void WriteConditions(Conditions conditions, int start)
        {
            if (ReferenceEquals(_written, conditions) && _writtenStart == start) return;

            Write(_context, conditions.Context);
            Write(_pooled, conditions.Pooled);
            Write(_timeIds, conditions.TimeIds);
            (_written, _writtenStart) = (conditions, start);

            void Write(FolderTensor tensor, float[] values)
            {
                var length = values.Length / conditions.Batch;
                for (var i = 0; i < _size; i++) tensor.Write(values.AsSpan(int.Min(start + i, conditions.Batch - 1) * length, length), i * length);
            }
        }

        public void Dispose()
        {
            foreach (var tensor in (ReadOnlySpan<FolderTensor>)[Sample, _timestep, _context, _pooled, _timeIds, _output]) tensor.Dispose();
        }
    }
}
