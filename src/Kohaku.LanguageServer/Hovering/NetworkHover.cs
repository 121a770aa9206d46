using System.Collections.Concurrent;
using Kohaku.Analysis.Linting;
using Kohaku.Files;

namespace Kohaku.LanguageServer.Hovering;

/// <summary>What a network's file says of itself, from its header alone. Files are read only where the workspace is trusted: otherwise no network is known.</summary>
internal sealed class NetworkHover
{
    private const int Kept = 64;
    private const int MostTags = 12;

    private readonly ConcurrentDictionary<string, Known> _known = new(StringComparer.Ordinal);

    /// <summary>Writes what a network is.</summary>
    /// <param name="call">As it stands in the prompt, brackets included: <c>&lt;lora:name:0.8&gt;</c>.</param>
    /// <param name="services">Where networks are looked up.</param>
    /// <param name="isNegative">Whether it stands in a negative prompt.</param>
    /// <param name="text">Takes it.</param>
    public void Write(string call, LintServices services, bool isNegative, HoverText text)
    {
        var parts = call[1..^1].Split(':');
        var name = parts.Length > 1 ? parts[1] : "";
        text.Strong(name).Own(" · ").Foreign(parts[0]);
        if (parts.Length > 2) text.Own(" · strength ").Foreign(string.Join(':', parts[2..]));
        if (isNegative) text.Own(" · text in a negative prompt: networks are taken from the positive one");
        if (services.Networks is not { } networks) return;
        if (!networks.TryFind(name, out var facts))
        {
            text.Paragraph().Own("no such file in the folders of networks");
            return;
        }

        if (facts.Path is { } path && Read(path) is { } known) Write(known, text);
        else text.Paragraph().Own("its header cannot be read");
    }

    private static void Write(Known known, HoverText text)
    {
        var facts = new List<string>(4);
        if (known.Training.Algorithm is { } algorithm) facts.Add(algorithm);
        if (known.Training.Rank is { } rank) facts.Add($"rank {rank}");
        if (known.Training.Alpha is { } alpha) facts.Add($"alpha {alpha}");
        if (known.Base is { } model) facts.Add($"for {model}");
        if (facts.Count > 0)
        {
            text.Paragraph();
            for (var i = 0; i < facts.Count; i++) (i > 0 ? text.Own(" · ") : text).Foreign(facts[i]);
        }

        if (known.Tags.Count > 0) text.Paragraph().Names("Trained on:", [.. known.Tags.Select(tag => $"{tag.Tag} ({tag.Count})")], MostTags);
    }

    private Known? Read(string path)
    {
        var written = File.GetLastWriteTimeUtc(path);
        if (_known.TryGetValue(path, out var known) && known.Written == written) return known;
        if (!NetworkHeader.TryRead(path, out var header, out _)) return null;

        if (_known.Count >= Kept) _known.Clear();
        return _known[path] = new Known(written, header.BaseName ?? FamilyOf(header.Base), NetworkTraining.Of(header.Metadata), NetworkTags.Of(header, MostTags));
    }

    private static string? FamilyOf(BaseModel model) => model switch
    {
        BaseModel.Sdxl => "SDXL",
        BaseModel.Sd1 => "SD 1",
        BaseModel.Sd2 => "SD 2",
        BaseModel.Other => "another model",
        _ => null,
    };

    private sealed record Known(DateTime Written, string? Base, NetworkTraining Training, IReadOnlyList<(string Tag, long Count)> Tags);
}
