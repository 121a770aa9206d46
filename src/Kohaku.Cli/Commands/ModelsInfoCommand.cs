using System.Globalization;
using Kohaku.Cli.Models;
using Kohaku.Cli.Terminal;
using Kohaku.Files;
using Kohaku.Jobs;
using Kohaku.Jobs.Models;

namespace Kohaku.Cli.Commands;

/// <summary><c>kohaku models info</c>: all that a model's header, or its folder's files, tell.</summary>
internal static class ModelsInfoCommand
{
    private const int Indent = 14;
    private const int DefaultTags = 20;

    // What a person wants to know before using it; the rest is for programs.
    private static readonly (string Key, string Label)[] s_told =
        [("modelspec.author", "author"), ("modelspec.description", "description"), ("modelspec.trigger_phrase", "trigger"), ("modelspec.usage_hint", "usage"), ("modelspec.license", "licence")];

    /// <summary>Builds the command.</summary>
    public static CommandFrame Build(CommandRow row, Session session)
    {
        var frame = new CommandFrame(row.Name, row.Summary);
        var models = frame.Arguments("MODEL", "A checkpoint, a VAE, a network, an embedding (.safetensors), or a folder with an ONNX export", atLeast: 1);
        var tags = frame.Number("--tags", "N", $"How many of the tags that a network was trained on, the most frequent first ({DefaultTags})");
        var asJson = frame.Flag("--json", "Print an object a model, each on a line, with all of its metadata");
        frame.Examples.Add(new("kohaku models info kohaku-xl-delta-rev1.safetensors", "what it is, and what it takes to run"));
        frame.Examples.Add(new("kohaku models info Lora/style.safetensors --tags 50", "what a network was trained on"));
        frame.Run = result => Show(session, [.. result.GetValue(models)!.Select(session.Absolute)], result.GetResult(tags) is null ? DefaultTags : result.GetValue(tags), result.GetValue(asJson));
        return frame;
    }

    private static int Show(Session session, string[] models, int mostTags, bool isJson)
    {
        using var json = isJson ? new ModelJson(session.Output) : null;
        using var output = isJson ? null : session.OpenOutput();
        var page = output is null ? null : new Page(output, session.OutputLook);
        var code = ExitCode.Clean;
        for (var i = 0; i < models.Length; i++)
        {
            var problem = ModelFacts.TryRead(models[i], mostTags, out var facts);
            if (problem is not null || facts!.Findings.Count > 0) code = ExitCode.Findings;
            if (i > 0) page?.Line();
            if (facts is null)
            {
                json?.Write(models[i], problem!);
                if (page is not null) FindingLines.Write(page, problem!);
            }
            else
            {
                json?.Write(facts, isWhole: true);
                if (page is not null) WritePage(page, facts, session.Relative(models[i]));
            }
        }

        return code;
    }

    private static void WritePage(Page page, ModelFacts facts, string name)
    {
        page.WriteForeign(name, Ink.Strong).Line();
        Row(page, "kind", KindOf(facts));
        Row(page, "size", SizeOf(facts));
        if (facts.HasVae is { } hasVae) Row(page, "VAE", hasVae ? "in it" : "none");
        if (facts.Size is { } size)
            Row(page, "memory", $"an image of 1024x1024 takes about {ByteSize.Of(MemoryEstimate.OfUsual(size, DeviceKind.Cpu).Peak)}, on a card {ByteSize.Of(MemoryEstimate.OfUsual(size, DeviceKind.Cuda).Peak)} of its own");
        Row(page, "title", facts.Title);
        foreach (var (key, label) in s_told) Row(page, label, facts.Metadata.GetValueOrDefault(key));
        if (facts.StoredHash is { } hash) Row(page, "SHA-256", $"{hash}, by its trainer");
        if (facts.Tags.Count > 0) Row(page, "trained on", string.Join(", ", facts.Tags.Select(tag => string.Create(CultureInfo.InvariantCulture, $"{tag.Tag} {tag.Count:N0}"))));
        if (facts.Metadata.Count > 0) Row(page, "metadata", $"{facts.Metadata.Count} {(facts.Metadata.Count == 1 ? "entry" : "entries")}: --json prints {(facts.Metadata.Count == 1 ? "it" : "them")}");
        foreach (var finding in facts.Findings) FindingLines.Write(page, finding);
    }

    private static string KindOf(ModelFacts facts)
    {
        var words = new List<string> { facts.Part ?? ModelWords.Of(facts.Kind) };
        if (facts.Training is { Algorithm: { } algorithm } training) words.Add(TrainingOf(training, algorithm));
        if (facts.Family is { } family) words.Add(facts.Kind == ModelKind.Network ? $"for {family}" : family);
        if (facts.Prediction is { } prediction) words.Add($"predicts {(prediction == "epsilon" ? "noise (epsilon)" : prediction)}");
        return string.Join(", ", words);
    }

    private static string TrainingOf(NetworkTraining training, string algorithm)
    {
        var text = algorithm;
        if (training.Rank is { } rank) text += $" of rank {rank}";
        return training.Alpha is { } alpha ? $"{text} and alpha {alpha}" : text;
    }

    private static string SizeOf(ModelFacts facts)
    {
        var size = ByteSize.Of(facts.Bytes);
        if (facts.Tensors == 0) return size;

        var parameters = facts.Parameters switch
        {
            >= 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{facts.Parameters / 1e9:0.00} billion parameters"),
            >= 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{facts.Parameters / 1e6:0.0} million parameters"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{facts.Parameters:N0} {(facts.Parameters == 1 ? "parameter" : "parameters")}"),
        };
        return string.Create(CultureInfo.InvariantCulture, $"{size}, {facts.Tensors:N0} {(facts.Tensors == 1 ? "tensor" : "tensors")}, {parameters} as {string.Join(", ", facts.Types.Select(type => type.Type))}");
    }

    private static void Row(Page page, string label, string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return;

        page.Write("  ").Write(label.PadRight(Indent - 2), Ink.Faint);
        Paragraph.Write(page, text, Indent);
    }
}
