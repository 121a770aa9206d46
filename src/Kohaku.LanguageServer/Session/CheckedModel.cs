using Kohaku.Jobs.Models;

namespace Kohaku.LanguageServer.Session;

/// <summary>The model of the settings as it was found when it was last looked at.</summary>
/// <param name="Id">Another number for another finding, so that the names of results differ.</param>
/// <param name="Path">The model: absolute.</param>
/// <param name="Vae">The VAE in place of its own: absolute, or null.</param>
/// <param name="Report">What was found.</param>
internal sealed record CheckedModel(long Id, string Path, string? Vae, ModelReport Report)
{
    /// <summary>Whether it is the model that these settings name, and may be read under them.</summary>
    public bool IsOf(Setup setup) => setup.IsTrusted && setup.Editor.Generate.Model == Path && setup.Editor.Generate.Vae == Vae;
}
