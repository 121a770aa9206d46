using Kohaku.Generation.Images;
using Kohaku.Generation.Models;

namespace Kohaku.Generation.Diffusers;

/// <summary>What an image is made of, in the words of <c>StableDiffusionXLPipeline</c>.</summary>
/// <param name="Positive">The prompt's chunks.</param>
/// <param name="Negative">The negative prompt's chunks, or <see langword="null"/> where there is none: zeros then.</param>
/// <param name="Width">In pixels, a multiple of 8.</param>
/// <param name="Height">In pixels, a multiple of 8.</param>
/// <param name="Steps">Steps.</param>
/// <param name="GuidanceScale">Guidance scale; 1 or less guides by nothing.</param>
/// <param name="Scheduler">The scheduler's configuration.</param>
/// <param name="Start">The image to start from and the denoising strength, or <see langword="null"/>.</param>
public sealed record DiffusersRequest(
    IReadOnlyList<EncoderChunk> Positive, IReadOnlyList<EncoderChunk>? Negative, int Width, int Height, int Steps, double GuidanceScale, SchedulerConfig Scheduler, (RgbImage Image, double Strength)? Start = null);

/// <summary>What came of it.</summary>
/// <param name="Latent">The final latent, scaled, <c>[4, height / 8, width / 8]</c>.</param>
/// <param name="Image">The image.</param>
public sealed record DiffusersResult(float[] Latent, RgbImage Image);

/// <summary><c>StableDiffusionXLPipeline</c> and, with an image to start from, <c>StableDiffusionXLImg2ImgPipeline</c>.</summary>
/// <param name="model">The model.</param>
public sealed class DiffusersPipeline(IDiffusionModel model)
{
    private const int Channels = 4;

    /// <summary>Makes an image.</summary>
    /// <param name="request">What to make.</param>
    /// <param name="draw">torch's CPU generator at its start, seeded for this image.</param>
    /// <param name="observe">Sees each call of the UNet, or <see langword="null"/>.</param>
    /// <param name="cancellation">Stops within one operator.</param>
    /// <exception cref="ModelException">The model, the scheduler or the image to start from cannot do it.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public DiffusersResult Run(DiffusersRequest request, DrawNoise draw, ObserveCall? observe, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(draw);
        var (height, width) = (request.Height / 8, request.Width / 8);
        var positive = Encode(request.Positive, request, cancellation);
        var negative = request.GuidanceScale <= 1 ? positive : request.Negative is null ? Zeros(positive) : Encode(request.Negative, request, cancellation);
        var scheduler = DiffusersSchedulers.Create(request.Scheduler, request.Steps);

        var latent = new float[Channels * height * width];
        if (request.Start is { } start) StartFrom(start.Image, start.Strength, request, scheduler, latent, draw, cancellation);
        else DiffusersSampling.Start(scheduler, latent, draw);

        var guided = new GuidedNoise(model.NoisePredictor, height, width, positive, negative, request.GuidanceScale, cancellation);
        DiffusersSampling.Run(scheduler, latent, guided.Predict, draw, observe, cancellation);
        return new DiffusersResult(latent, Decode(latent, height, width, cancellation));
    }

    private void StartFrom(RgbImage image, double strength, DiffusersRequest request, DiffusersScheduler scheduler, float[] latent, DrawNoise draw, CancellationToken cancellation)
    {
        if ((image.Width, image.Height) != (request.Width, request.Height))
            throw new ModelException($"the image to start from is {image.Width}×{image.Height}, not {request.Width}×{request.Height}", "Resize it, or leave the size out");

        var (mean, logVariance) = model.Encoder.Encode(image.ToPlanes(), image.Height, image.Width, cancellation);
        DiffusersSampling.Sample(mean, logVariance, model.LatentScale, draw);
        mean.CopyTo(latent, 0);
        DiffusersSampling.StartFrom(scheduler, request.Steps, strength, latent, draw);
    }

    private RgbImage Decode(float[] latent, int height, int width, CancellationToken cancellation)
    {
        var unscaled = new float[latent.Length];
        for (var i = 0; i < latent.Length; i++) unscaled[i] = latent[i] / (float)model.LatentScale;
        return RgbImage.FromPlanes(model.Decoder.Decode(unscaled, height, width, cancellation), 8 * width, 8 * height);
    }

    private Conditions Encode(IReadOnlyList<EncoderChunk> chunks, DiffusersRequest request, CancellationToken cancellation)
    {
        var encoders = model.TextEncoders;
        var encoded = encoders.Encode(chunks, cancellation);
        var (first, second) = (encoders.FirstWidth, encoders.SecondWidth);
        var tokens = encoded.Sum(chunk => chunk.First.Length / first);
        var context = new float[tokens * (first + second)];
        var at = 0;
        foreach (var chunk in encoded)
        {
            for (var token = 0; token < chunk.First.Length / first; token++, at += first + second)
            {
                chunk.First.AsSpan(token * first, first).CopyTo(context.AsSpan(at));
                chunk.Second.AsSpan(token * second, second).CopyTo(context.AsSpan(at + first));
            }
        }

        return new Conditions(1, tokens, context, encoded[0].Pooled, [request.Height, request.Width, 0, 0, request.Height, request.Width]);
    }

    private static Conditions Zeros(Conditions like) => new(1, like.Tokens, new float[like.Context.Length], new float[like.Pooled.Length], like.TimeIds);
}
