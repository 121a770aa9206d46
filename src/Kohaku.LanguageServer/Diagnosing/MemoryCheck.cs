using Kohaku.Analysis.Profiles;
using Kohaku.Jobs;
using Kohaku.LanguageServer.Session;

namespace Kohaku.LanguageServer.Diagnosing;

/// <summary>Whether this machine has the memory for an image. A card's memory is its driver's business: only of the processor, where the settings name it, is anything said.</summary>
/// <param name="size">The model's; null where it cannot be used.</param>
/// <param name="settings">Device and precision.</param>
/// <param name="profile">The usual values.</param>
internal sealed class MemoryCheck(ModelSize? size, GenerateSettings settings, Profile profile)
{
    // Of the container or machine; asked for once, since findings must not come and go with what else runs.
    private static readonly long s_available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    /// <summary>The profile, which requests are resolved with.</summary>
    public Profile Profile => profile;

    /// <summary>What is to be said of an image of the usual size; null for nothing.</summary>
    public GenerationWarning? OfUsual => Of(profile.Generation.Width, profile.Generation.Height);

    /// <summary>What is to be said of an image of some size, with guidance.</summary>
    public GenerationWarning? Of(int width, int height) => Of(new GenerationRequest
    {
        Prompt = "", Steps = 1, Sampler = default, Seed = 0, Width = width, Height = height, GuidanceScale = profile.Generation.GuidanceScale,
    });

    /// <summary>What is to be said of a request.</summary>
    public GenerationWarning? Of(GenerationRequest request) =>
        size is null || settings.Device != DeviceKind.Cpu ? null : MemoryEstimate.Of(size, request, settings.Precision, settings.Device).Against(s_available);
}
