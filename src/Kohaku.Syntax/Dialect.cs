namespace Kohaku.Syntax;

/// <summary>Whose rules a prompt's brackets and words follow.</summary>
public enum Dialect
{
    /// <summary>AUTOMATIC1111's stable-diffusion-webui: networks, AND, prompt editing, emphasis, BREAK.</summary>
    A1111,

    /// <summary>ComfyUI: <c>(text:weight)</c> and embeddings only.</summary>
    ComfyUI,
}
