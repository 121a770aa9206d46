using Kohaku.Generation.Images;
using Kohaku.Generation.Models;
using Kohaku.Generation.OnnxFolder;
using Kohaku.Jobs;

namespace Kohaku.Generation.Pipeline;

/// <summary>The images of one request.</summary>
internal sealed class ImageRun
{
    private const int Channels = 4;
    private const int Previews = 8;

    private readonly GenerationRequest _request;
    private readonly OpenModel _model;
    private readonly ModelNames _names;
    private readonly IProgress<GenerationEvent> _progress;
    private readonly CancellationToken _cancellation;
    private readonly Pass _first;
    private readonly Pass? _second;
    private Texts? _texts;
    private Texts? _hiresTexts;
    private StartLatent? _start;

    /// <summary>Plans the passes: what cannot be done is told before anything is computed.</summary>
    public ImageRun(GenerationRequest request, OpenModel model, ModelNames names, IProgress<GenerationEvent> progress, CancellationToken cancellation)
    {
        (_request, _model, _names, _progress, _cancellation) = (request, model, names, progress, cancellation);
        var scheduler = (model.Model as OnnxFolderModel)?.Scheduler;
        _first = Passes.First(request, scheduler, model.Model.LatentScale);
        _second = request.Hires is { } hires ? Passes.Second(request, hires, scheduler, model.Model.LatentScale) : null;
    }

    /// <summary>Makes an image.</summary>
    /// <param name="index">Which of the request, from 0.</param>
    public GeneratedImage Make(int index)
    {
        var seed = unchecked(_request.Seed + (ulong)index);
        if (_texts is null) Encode(index);

        if (_start is null && _request.Start is { } start)
        {
            _progress.Report(new PhaseBegan(GenerationPhase.EncodeImage, index));
            _start = EncodeImage(ReadStart(start.Path));
        }

        _progress.Report(new PhaseBegan(GenerationPhase.Sample, index));
        var (width, height) = (_request.Width, _request.Height);
        var latent = RunPass(_first, _texts!, _start, width, height, seed, index, _request.GuidanceScale, isHires: false);
        if (_second is { } second && _request.Hires is { } hires)
        {
            _progress.Report(new PhaseBegan(GenerationPhase.Upscale, index));
            var enlarged = Enlarge(latent, hires, index);
            (width, height) = (hires.Width, hires.Height);
            _progress.Report(new PhaseBegan(GenerationPhase.SampleHires, index));
            latent = RunPass(second, _hiresTexts!, enlarged, width, height, seed, index, hires.GuidanceScale ?? _request.GuidanceScale, isHires: true);
        }

        _progress.Report(new PhaseBegan(GenerationPhase.Decode, index));
        return new GeneratedImage
        {
            Index = index,
            Seed = seed,
            Width = width,
            Height = height,
            Pixels = Decode(latent, width, height).Pixels,
            Parameters = ParameterText.Of(_request, seed, _names),
            Latent = latent,
        };
    }

    private void Encode(int index)
    {
        _progress.Report(new PhaseBegan(GenerationPhase.EncodeText, index));
        var conditioner = _model.ConditionerOf(_request);
        var calls = _first.Plan.EditingCalls;
        _texts = new Texts(
            conditioner.Plan(_request.Prompt, calls, isNegative: false, null, _cancellation), conditioner.Plan(_request.Negative, calls, isNegative: true, null, _cancellation)[0]);
        if (_second is not { } second) return;

        var hiresCalls = second.Plan.EditingCalls;
        _hiresTexts = new Texts(
            conditioner.Plan(_request.Hires!.Prompt ?? _request.Prompt, hiresCalls, isNegative: false, calls, _cancellation),
            conditioner.Plan(_request.Hires.Negative ?? _request.Negative, hiresCalls, isNegative: true, calls, _cancellation)[0]);
    }

    private float[] RunPass(Pass pass, Texts texts, StartLatent? start, int width, int height, ulong seed, int index, double scale, bool isHires)
    {
        var (rows, columns) = (height / 8, width / 8);
        var every = Math.Max(1, pass.Steps / Previews);
        var guidance = new Guidance(_model.Model.NoisePredictor, texts.Positive, texts.Negative, pass.GuidanceOf(scale), rows, columns, _cancellation);
        var latent = pass.Run(guidance, start, Channels * rows * columns, seed, Observe, _cancellation);
        if (pass.Steps > 0) _progress.Report(new StepDone(index, isHires, pass.Steps, pass.Steps));
        return latent;

        // A step is seen when its first prediction is there: the one before it is done then.
        void Observe(int step, ReadOnlySpan<float> denoised)
        {
            if (step > 0) _progress.Report(new StepDone(index, isHires, step, pass.Steps));
            if (step % every != 0) return;

            var preview = LatentPreview.Of(denoised, rows, columns);
            _progress.Report(new PreviewMade(index, preview.Width, preview.Height, preview.Pixels));
        }
    }

    private StartLatent Enlarge(float[] latent, HiresPass hires, int index)
    {
        var (rows, columns) = (_request.Height / 8, _request.Width / 8);
        var (width, height) = HiresSize.Covering(_request.Width, _request.Height, hires.Width, hires.Height);
        if (LatentUpscaler.TryParse(hires.Upscaler, out var upscaler)) return Cropped(upscaler.Resize(latent, rows, columns, height / 8, width / 8));
        if (!ResamplingFilter.TryParse(hires.Upscaler, out var filter))
            throw new ModelException($"there is no upscaler {hires.Upscaler}", $"Use one of {string.Join(", ", UpscalerNames.All)}");

        var image = Resampler.Resize(Decode(latent, _request.Width, _request.Height), width / 8 * 8, height / 8 * 8, filter);
        _progress.Report(new PhaseBegan(GenerationPhase.EncodeImage, index));
        // A1111 takes the mean here, as if the encoder were sure.
        return Cropped(EncodeImage(image).Mean);

        StartLatent Cropped(float[] enlarged) => new(HiresSize.Cropped(enlarged, height / 8, width / 8, hires.Height / 8, hires.Width / 8), null);
    }

    private RgbImage ReadStart(string path)
    {
        var image = ImageFile.Read(path);
        return (image.Width, image.Height) == (_request.Width, _request.Height) ? image : Resampler.Resize(image, _request.Width, _request.Height, ResamplingFilter.Lanczos);
    }

    private StartLatent EncodeImage(RgbImage image)
    {
        var (mean, variance) = _model.Model.Encoder.Encode(image.ToPlanes(), image.Height, image.Width, _cancellation);
        for (var i = 0; i < mean.Length; i++) mean[i] *= (float)_model.Model.LatentScale;
        return new StartLatent(mean, variance);
    }

    private RgbImage Decode(float[] latent, int width, int height)
    {
        var unscaled = new float[latent.Length];
        for (var i = 0; i < latent.Length; i++) unscaled[i] = latent[i] / (float)_model.Model.LatentScale;
        return RgbImage.FromPlanes(_model.Model.Decoder.Decode(unscaled, height / 8, width / 8, _cancellation), width, height);
    }

    private sealed record Texts(IReadOnlyList<PlannedPart> Positive, PlannedPart Negative);
}
