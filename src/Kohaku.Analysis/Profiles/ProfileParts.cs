namespace Kohaku.Analysis.Profiles;

/// <summary>From which post count on a tag works.</summary>
/// <param name="Strong">With as many posts a tag works.</param>
/// <param name="Weak">With as many it may work when emphasised; with fewer it likely does not.</param>
public sealed record Thresholds(int Strong, int Weak);

/// <summary>The weights that help a tag which was not learned well.</summary>
/// <param name="Weak">The least that helps.</param>
/// <param name="Maximum">The most that still gives decent pictures.</param>
/// <param name="Choices">The weights that actions offer.</param>
/// <param name="Mode">A1111's emphasis mode that the model needs, <c>No norm</c>.</param>
public sealed record EmphasisRange(double Weak, double Maximum, IReadOnlyList<double> Choices, string Mode);

/// <summary>How A1111 makes a picture where the prompt does not say.</summary>
/// <param name="Steps">Model calls.</param>
/// <param name="Sampler">A1111's name.</param>
/// <param name="Schedule">A1111's name of the schedule type.</param>
/// <param name="GuidanceScale">CFG scale.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="ClipSkip">A1111's value; it has no effect on SDXL.</param>
public sealed record GenerationDefaults(int Steps, string Sampler, string Schedule, double GuidanceScale, int Width, int Height, int ClipSkip);

/// <summary>Words in a tag's name that kept it out of training, whatever its post count.</summary>
/// <param name="Meta">For meta tags.</param>
/// <param name="Artist">For artists.</param>
public sealed record UntrainedWords(IReadOnlyList<string> Meta, IReadOnlyList<string> Artist);
