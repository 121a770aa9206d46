namespace Kohaku.Jobs;

/// <summary>A prompt and options, resolved.</summary>
/// <param name="Requests">What to make: one request, or one for each image where dynamic prompts give each its own text.</param>
/// <param name="Notes">What the user should know of how the prompt was taken.</param>
public sealed record ResolvedPrompt(IReadOnlyList<GenerationRequest> Requests, IReadOnlyList<string> Notes);
