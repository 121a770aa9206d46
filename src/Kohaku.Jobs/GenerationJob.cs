namespace Kohaku.Jobs;

/// <summary>Images that belong together: one model, one folder.</summary>
public sealed record GenerationJob
{
    /// <summary>The model; <see cref="GeneratorSettings.Device"/> may be <see cref="DeviceKind.Auto"/>.</summary>
    public required GeneratorSettings Settings { get; init; }

    /// <summary>What to make, in order.</summary>
    public required IReadOnlyList<GenerationRequest> Requests { get; init; }

    /// <summary>Where the images go: absolute; made where it is not there.</summary>
    public required string Folder { get; init; }

    /// <summary>What the images are called, before their seeds: <see cref="Output.OutputName.TitleOf"/>.</summary>
    public required string Title { get; init; }

    /// <summary>Whether pictures of unfinished images are wanted.</summary>
    public bool Previews { get; init; } = true;
}

/// <summary>An image that lies in its file.</summary>
/// <param name="Index">Which image of the job, from 0.</param>
/// <param name="Path">Its file: absolute.</param>
/// <param name="Seed">Its seed.</param>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
/// <param name="Parameters">The infotext that makes it again.</param>
/// <param name="Prompt">The positive prompt it was made of, dynamic prompts chosen.</param>
/// <param name="Seconds">How long it took.</param>
public sealed record WrittenImage(int Index, string Path, ulong Seed, int Width, int Height, string Parameters, string Prompt, double Seconds);
