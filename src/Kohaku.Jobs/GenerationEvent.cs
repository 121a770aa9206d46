using System.Text.Json.Serialization;

namespace Kohaku.Jobs;

/// <summary>Something that happens while images are made.</summary>
[JsonDerivedType(typeof(PhaseBegan), "phase")]
[JsonDerivedType(typeof(StepDone), "step")]
[JsonDerivedType(typeof(PreviewEncoded), "preview")]
[JsonDerivedType(typeof(GenerationWarning), "warning")]
[JsonDerivedType(typeof(DeviceChosen), "device")]
[JsonDerivedType(typeof(ImageWritten), "image")]
public abstract record GenerationEvent;

/// <summary>A job waits for others.</summary>
/// <param name="Ahead">How many jobs go before it; 0 where it begins at once.</param>
public sealed record JobQueued(int Ahead) : GenerationEvent;

/// <summary>The device is checked.</summary>
/// <param name="Choice">The device.</param>
public sealed record DeviceChosen(DeviceChoice Choice) : GenerationEvent;

/// <summary>An image lies in its file.</summary>
/// <param name="Image">The image.</param>
public sealed record ImageWritten(WrittenImage Image) : GenerationEvent;

/// <summary>A picture of what the latent holds so far, as a file's bytes.</summary>
/// <param name="Image">Which image, from 0.</param>
/// <param name="Png">A PNG file.</param>
public sealed record PreviewEncoded(int Image, byte[] Png) : GenerationEvent;

/// <summary>A phase begins; it lasts until the next one does, or until the image comes.</summary>
/// <param name="Phase">Which.</param>
/// <param name="Image">Which image of the request it is for, from 0; 0 for <see cref="GenerationPhase.Load"/>.</param>
/// <param name="Detail">What it works on, where that is worth a word: an adapter's name, a size; or <see langword="null"/>.</param>
public sealed record PhaseBegan(GenerationPhase Phase, int Image, string? Detail = null) : GenerationEvent;

/// <summary>A step is done.</summary>
/// <param name="Image">Which image of the request, from 0.</param>
/// <param name="IsHires">Whether it is a step of the second pass.</param>
/// <param name="Index">Which step of the pass, from 1.</param>
/// <param name="Total">Steps of the pass; fewer than asked for where the pass begins from an image.</param>
public sealed record StepDone(int Image, bool IsHires, int Index, int Total) : GenerationEvent;

/// <summary>A picture of what the latent holds so far.</summary>
/// <param name="Image">Which image of the request, from 0.</param>
/// <param name="Width">In pixels: the latent's, an eighth of the image's.</param>
/// <param name="Height">In pixels.</param>
/// <param name="Pixels">Red, green, blue, row by row from the top; <c>[height, width, 3]</c>.</param>
public sealed record PreviewMade(int Image, int Width, int Height, byte[] Pixels) : GenerationEvent;

/// <summary>Something that the user should know goes on differently than they may think: a key that maps to nothing, a VAE decoded again in single precision.</summary>
/// <param name="Message">The fact.</param>
/// <param name="Help">What to do, or <see langword="null"/>.</param>
public sealed record GenerationWarning(string Message, string? Help = null) : GenerationEvent;

/// <summary>What is done for an image.</summary>
public enum GenerationPhase
{
    /// <summary>The model is opened, or an adapter merged.</summary>
    Load,

    /// <summary>Texts are encoded.</summary>
    EncodeText,

    /// <summary>The image to start from, or the first pass's image, is encoded.</summary>
    EncodeImage,

    /// <summary>The steps of the first pass.</summary>
    Sample,

    /// <summary>The result of the first pass is enlarged.</summary>
    Upscale,

    /// <summary>The steps of the second pass.</summary>
    SampleHires,

    /// <summary>Latents become pixels.</summary>
    Decode,
}
