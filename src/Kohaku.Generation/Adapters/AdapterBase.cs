using Kohaku.Files;
using Kohaku.Generation.Models;

namespace Kohaku.Generation.Adapters;

/// <summary>Whether an adapter was trained for the family of models that is run here.</summary>
internal static class AdapterBase
{
    /// <summary>What to do with another model's adapter.</summary>
    public const string Help = "Use an adapter that was trained for SDXL";

    /// <summary>Refuses an adapter that says itself that it is another model's.</summary>
    /// <exception cref="ModelException">It does.</exception>
    public static void Require(AdapterFile file)
    {
        // Only what is written counts here: widths may mislead where a model is smaller than SDXL, and shapes are checked one by one.
        if (NetworkHeader.TryRead(file.Path, out var header, out _) && header is { Base: BaseModel.Sd1 or BaseModel.Sd2, BaseName: { } name })
            throw new ModelException($"{file.Name} was trained for {Family(header.Base)} ({name}), not for SDXL", Help);
    }

    /// <summary>The family of an adapter that does not fit, where its widths or its metadata tell that it is another.</summary>
    public static string? Other(AdapterFile file) =>
        NetworkHeader.TryRead(file.Path, out var header, out _) && header.Base is not (BaseModel.Sdxl or BaseModel.Unknown) ? Family(header.Base) + (header.BaseName is { } name ? $" ({name})" : "") : null;

    /// <summary>The error of a file none of whose keys is known.</summary>
    public static ModelException NothingFits(AdapterFile file)
    {
        if (Other(file) is { } other) return new ModelException($"{file.Name} was trained for {other}, not for SDXL", Help);

        var example = file.Header.Tensors.Count > 0 ? $": {file.Header.Tensors[0].Name}, …" : "";
        return new ModelException($"{file.Name}: none of its {file.Header.Tensors.Count} keys names a module of the model{example}", Help);
    }

    private static string Family(BaseModel model) => model switch
    {
        BaseModel.Sd1 => "Stable Diffusion 1.x",
        BaseModel.Sd2 => "Stable Diffusion 2.x",
        _ => "a model that is not SDXL",
    };
}
