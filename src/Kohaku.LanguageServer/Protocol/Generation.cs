using System.Text.Json;

namespace Kohaku.LanguageServer.Protocol;

/// <summary><c>kohaku/generate</c>: makes images of a file's prompts, or of a prompt as text.</summary>
/// <param name="Job">What the client calls it; its notifications name it.</param>
internal sealed record GenerateParams(string Job)
{
    /// <summary>The file with the prompts; also whose configuration holds for a prompt as text.</summary>
    public string? Uri { get; init; }

    /// <summary>Which prompt of the file; all where null.</summary>
    public Position? Position { get; init; }

    /// <summary>A prompt in place of the file's.</summary>
    public string? Prompt { get; init; }

    /// <summary>A negative prompt in place of the file's.</summary>
    public string? Negative { get; init; }

    public GenerateOptions? Options { get; init; }

    public JsonElement? WorkDoneToken { get; init; }
}

/// <summary>What goes before the prompt's parameter line, and that before the profile.</summary>
internal sealed record GenerateOptions
{
    /// <summary>A path; the configured model where null.</summary>
    public string? Model { get; init; }

    public int? Steps { get; init; }

    public string? Sampler { get; init; }

    public string? Schedule { get; init; }

    public double? GuidanceScale { get; init; }

    /// <summary>A whole number below 2^64, or <c>-1</c> for a random one.</summary>
    public string? Seed { get; init; }

    /// <summary><c>832x1216</c>.</summary>
    public string? Size { get; init; }

    public int? Count { get; init; }

    public string? SeedDialect { get; init; }

    public string? Emphasis { get; init; }

    /// <summary>The size of a second pass.</summary>
    public string? Hires { get; init; }

    public int? HiresSteps { get; init; }

    public double? Denoise { get; init; }

    public string? HiresUpscaler { get; init; }

    /// <summary>The path of an image to start from.</summary>
    public string? Init { get; init; }
}

/// <summary>The answer to <c>kohaku/generate</c>.</summary>
internal sealed record GenerateResult(GeneratedFile[] Images);

/// <summary>An image that lies in its file.</summary>
internal sealed record GeneratedFile
{
    public required string Path { get; init; }

    public required string Uri { get; init; }

    /// <summary>Text, since it may not fit a client's numbers.</summary>
    public required string Seed { get; init; }

    public required int Width { get; init; }

    public required int Height { get; init; }

    /// <summary>The infotext that makes it again.</summary>
    public required string Parameters { get; init; }

    public required double Seconds { get; init; }

    /// <summary>The positive prompt, dynamic prompts chosen.</summary>
    public required string Prompt { get; init; }
}

/// <summary><c>data</c> of the error where images cannot be made.</summary>
/// <param name="Help">What to do.</param>
internal sealed record FailureData(string Help);

/// <summary>What the command <c>kohaku.generate</c> is called with.</summary>
internal sealed record PromptPlace(string Uri, Position Position);

/// <summary><c>kohaku/generationOptions</c>.</summary>
internal sealed record GenerationOptionsParams
{
    public string? Uri { get; init; }
}

/// <summary>What a panel offers.</summary>
internal sealed record GenerationChoices
{
    public required ModelChoice[] Models { get; init; }

    /// <summary>The configured one's path.</summary>
    public string? Model { get; init; }

    public required string[] Samplers { get; init; }

    public required string[] Schedules { get; init; }

    public required SizeChoice[] Sizes { get; init; }

    public required GenerationDefaultValues Defaults { get; init; }

    public required string OutputFolder { get; init; }

    /// <summary>The configured one; null for <c>auto</c>.</summary>
    public string? Device { get; init; }
}

internal sealed record ModelChoice(string Path, string Name);

internal sealed record SizeChoice(int Width, int Height, string Label);

/// <summary>The profile's values.</summary>
internal sealed record GenerationDefaultValues(int Steps, string Sampler, string Schedule, double GuidanceScale, string Size, string SeedDialect, string Emphasis);

/// <summary><c>kohaku/imagePrompt</c>.</summary>
internal sealed record ImagePromptParams(string Uri);

/// <summary>What an image was made of, as <c>.prompt</c> text.</summary>
internal sealed record ImagePromptResult(string Text);
