namespace Kohaku.Jobs;

/// <summary>How weights change what the text encoders say.</summary>
public enum EmphasisKind
{
    /// <summary>A1111: times the weight, then the mean of before is restored.</summary>
    Original,

    /// <summary>A1111: times the weight. What the model's authors recommend.</summary>
    NoNorm,

    /// <summary>A1111: brackets are read, weights have no effect.</summary>
    Ignore,

    /// <summary>A1111: brackets are text.</summary>
    None,

    /// <summary>ComfyUI: away from the empty prompt by the weight.</summary>
    Comfy,
}
