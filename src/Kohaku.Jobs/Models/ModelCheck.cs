using Kohaku.Files;

namespace Kohaku.Jobs.Models;

/// <summary>Looks at a model before anything of it is loaded: a checkpoint's name and header, or a folder's configuration. Weights and graphs are not read.</summary>
/// <remarks>The command line, the worker and the language server say the same of a model, since each takes it from here.</remarks>
public static class ModelCheck
{
    /// <summary>Looks at a model.</summary>
    /// <param name="path">A .safetensors checkpoint or a diffusers-layout ONNX folder.</param>
    /// <param name="vae">A VAE to use in place of the model's own, or <see langword="null"/>.</param>
    /// <exception cref="OutOfMemoryException">A header of up to 100 MB did not fit.</exception>
    public static ModelReport Of(string path, string? vae = null)
    {
        try
        {
            if (Directory.Exists(path)) return OfFolder(path, vae);
            return File.Exists(path) ? OfCheckpoint(path, vae) : Refused([Missing(path)]);
        }
        catch (GenerationException refused)
        {
            return Refused([new ModelFinding(refused.Message, refused.Help) { IsError = true }]);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return Refused([new ModelFinding($"{path}: {refused.Message}", "Check the path and its rights") { IsError = true }]);
        }
    }

    /// <summary>That there is nothing at a path.</summary>
    public static ModelFinding Missing(string path) => new($"{path}: no such file or folder", "Name a .safetensors checkpoint, or the folder of an ONNX export") { IsError = true };

    /// <summary>That a folder's VAE was to be replaced.</summary>
    public static ModelFinding VaeOfFolder() => new("the VAE of an ONNX folder cannot be replaced", "Use the single-file checkpoint, or leave --vae out") { IsError = true };

    private static ModelReport OfCheckpoint(string path, string? vae)
    {
        if (CheckpointLook.TryRead(path, out var header) is { } unreadable) return Refused([unreadable]);

        var findings = CheckpointLook.Of(path, header!, vae is not null).ToList();
        if (vae is not null && !findings.Exists(finding => finding.IsError) && OfVae(vae) is { } wrong) findings.Add(wrong with { IsOfVae = true });
        return findings.Exists(finding => finding.IsError) ? Refused(findings) : new ModelReport(ModelSize.Of(header!), findings);
    }

    private static ModelFinding? OfVae(string path) => CheckpointLook.TryRead(path, out var header) ?? CheckpointLook.NotVae(path, header!);

    private static ModelReport OfFolder(string folder, string? vae)
    {
        if (vae is not null) return Refused([VaeOfFolder()]);

        FolderLook.Index(folder);
        FolderLook.Scheduler(folder);
        var (_, odd) = FolderLook.Scale(folder);
        foreach (var part in FolderLook.Parts) FolderLook.Graph(Path.Combine(folder, part));
        return new ModelReport(ModelSize.Of(folder), odd is null ? [] : [odd]);
    }

    private static ModelReport Refused(IReadOnlyList<ModelFinding> findings) => new(null, findings);
}
