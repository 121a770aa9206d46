using Kohaku.Syntax;

namespace Kohaku.Analysis.Configuration;

/// <summary>Every key of <c>kohaku.json</c> but the four that shape it: <c>extends</c>, <c>rules</c>, <c>overrides</c> and <c>$schema</c>.</summary>
public static class ConfigurationKeys
{
    /// <summary>The model.</summary>
    public static ConfigurationKey<string> Profile { get; } = new ProfileKey
    {
        Path = "profile",
        Summary = "The model that prompts are written for: its section order, special words, thresholds and sizes.",
        Default = $"\"{Profiles.Profile.DefaultId}\"",
        Example = "\"kohaku-xl-epsilon\"",
        InOverrides = true,
    };

    /// <summary>Whose brackets and words.</summary>
    public static ConfigurationKey<Dialect> Dialect { get; } = new ChoiceKey<Dialect>(("a1111", Syntax.Dialect.A1111), ("comfyui", Syntax.Dialect.ComfyUI))
    {
        Path = "dialect",
        Summary = "The program whose syntax prompts are written in: AUTOMATIC1111's (networks, AND, BREAK, prompt editing) or ComfyUI's.",
        Default = "\"a1111\"",
        Example = "\"comfyui\"",
        InOverrides = true,
    };

    /// <summary>Whether dynamic prompts are syntax.</summary>
    public static ConfigurationKey<bool> DynamicPrompts { get; } = new FlagKey
    {
        Path = "dynamicPrompts",
        Summary = "Whether dynamic prompts are syntax: `{a|b}`, `__wildcard__`, `${variable}`.",
        Default = "false",
        Example = "true",
        InOverrides = true,
    };

    /// <summary>Posts from which on a tag works.</summary>
    public static ConfigurationKey<int> Strong { get; } = new IntegerKey(0, 100_000_000)
    {
        Path = "thresholds.strong",
        Summary = "A tag with at least so many posts works; with fewer it is weak (KHK004).",
        Default = "the profile's, 1000",
        Example = "2000",
        InOverrides = true,
    };

    /// <summary>Posts from which on a tag may work.</summary>
    public static ConfigurationKey<int> Weak { get; } = new IntegerKey(0, 100_000_000)
    {
        Path = "thresholds.weak",
        Summary = "A tag with fewer posts than this was likely not learned (KHK005).",
        Default = "the profile's, 100",
        Example = "200",
        InOverrides = true,
    };

    /// <summary>The least weight that helps a weak tag.</summary>
    public static ConfigurationKey<double> EmphasisWeak { get; } = new NumberKey(0, 100)
    {
        Path = "emphasis.weak",
        Summary = "The weight that a weak tag should have at least, and that its fix gives it.",
        Default = "the profile's, 1.5",
        Example = "1.3",
        InOverrides = true,
    };

    /// <summary>The most weight.</summary>
    public static ConfigurationKey<double> EmphasisMaximum { get; } = new NumberKey(0, 100)
    {
        Path = "emphasis.maximum",
        Summary = "A weight above this is reported (KHK204, KHK216).",
        Default = "the profile's, 2.5",
        Example = "2",
        InOverrides = true,
    };

    /// <summary>Tokens from which on a prompt is too long.</summary>
    public static ConfigurationKey<int> TokenLimit { get; } = new IntegerKey(1, 1_000_000)
    {
        Path = "tokenLimit",
        Summary = "A prompt of more tokens is reported (KHK302). A chunk holds 75.",
        Default = "225",
        Example = "150",
        InOverrides = true,
    };

    /// <summary>What unknown text that reads as a sentence is taken for.</summary>
    public static ConfigurationKey<SentencePolicy> Sentences { get; } =
        new ChoiceKey<SentencePolicy>(("ignore", SentencePolicy.Ignore), ("report", SentencePolicy.Report))
        {
            Path = "sentences",
            Summary = "Whether unknown text that reads as natural language is left alone or reported as an unknown tag (KHK002).",
            Default = "\"ignore\"",
            Example = "\"report\"",
            InOverrides = true,
        };

    /// <summary>Databases of tags.</summary>
    public static ConfigurationKey<IReadOnlyList<string>> Databases { get; } = new TextListKey
    {
        Path = "tags.databases",
        Summary = "Tag databases made by `kohaku tags import` or `kohaku tags update`, in place of the shipped one.",
        Default = "the shipped tags",
        Example = "[\"tags/danbooru.db\"]",
        ArePaths = true,
    };

    /// <summary>Further tags.</summary>
    public static ConfigurationKey<IReadOnlyList<string>> ExtraTags { get; } = new TextListKey
    {
        Path = "tags.extra",
        Summary = "Lists of further tags (`name,category,count,\"aliases\"`) that lie over the database.",
        Default = "[]",
        Example = "\"my-tags.csv\"",
        ArePaths = true,
    };

    /// <summary>Tags in other languages.</summary>
    public static ConfigurationKey<IReadOnlyList<string>> Translations { get; } = new TextListKey
    {
        Path = "tags.translations",
        Summary = "Lists of tags in another language (`tag,translation`), shown and searched by completion.",
        Default = "[]",
        Example = "\"danbooru-ja.csv\"",
        ArePaths = true,
    };

    /// <summary>Texts that count as known.</summary>
    public static ConfigurationKey<IReadOnlyList<string>> Allow { get; } = new TextListKey
    {
        Path = "tags.allow",
        Summary = "Texts that count as known tags: trigger words of your networks, say.",
        Default = "[]",
        Example = "[\"my style\", \"ohwx girl\"]",
    };

    /// <summary>Whether each section begins a line.</summary>
    public static ConfigurationKey<bool> LinePerSection { get; } = new FlagKey
    {
        Path = "format.linePerSection",
        Summary = "Whether the formatter begins a line with each section.",
        Default = "false",
        Example = "true",
        InOverrides = true,
    };

    /// <summary>Whether <c>((a))</c> becomes <c>(a:1.21)</c>.</summary>
    public static ConfigurationKey<bool> ExplicitWeights { get; } = new FlagKey
    {
        Path = "format.explicitWeights",
        Summary = "Whether the formatter writes `((a))` as `(a:1.21)`.",
        Default = "false",
        Example = "true",
        InOverrides = true,
    };

    /// <summary>Files that are not read.</summary>
    public static ConfigurationKey<IReadOnlyList<string>> Exclude { get; } = new TextListKey
    {
        Path = "exclude",
        Summary = "Files and folders that are passed over, as globs; beside what `.gitignore` and `.kohakuignore` name.",
        Default = "[]",
        Example = "[\"drafts/\", \"*.old.prompt\"]",
    };

    /// <summary>Folders with networks.</summary>
    public static ConfigurationKey<IReadOnlyList<string>> Networks { get; } = new TextListKey
    {
        Path = "networks",
        Summary = "Folders with the files that `<lora:name>` means. Without any, missing networks are not reported (KHK218).",
        Default = "[]",
        Example = "[\"../models/Lora\"]",
        ArePaths = true,
    };

    /// <summary>Folders with embeddings.</summary>
    public static ConfigurationKey<IReadOnlyList<string>> Embeddings { get; } = new TextListKey
    {
        Path = "embeddings",
        Summary = "Folders with textual-inversion embeddings, whose names count as known.",
        Default = "[]",
        Example = "[\"../models/embeddings\"]",
        ArePaths = true,
    };

    /// <summary>Folders with wildcard lists.</summary>
    public static ConfigurationKey<IReadOnlyList<string>> Wildcards { get; } = new TextListKey
    {
        Path = "wildcards",
        Summary = "Folders with the lists that `__name__` means.",
        Default = "[]",
        Example = "[\"wildcards\"]",
        ArePaths = true,
    };

    /// <summary>The model that makes images.</summary>
    public static ConfigurationKey<string> Model { get; } = new PathKey
    {
        Path = "generate.model",
        Summary = "The model that images are made with where none is named: an SDXL checkpoint (`.safetensors`), or the folder of an ONNX model.",
        Default = "none",
        Example = "\"../models/kohaku-xl-delta-rev1.safetensors\"",
    };

    /// <summary>A VAE in place of that model's own.</summary>
    public static ConfigurationKey<string> Vae { get; } = new PathKey
    {
        Path = "generate.vae",
        Summary = "A VAE (`.safetensors`) in place of that model's own; without effect where another model is named.",
        Default = "none",
        Example = "\"../models/VAE/sdxl_vae.safetensors\"",
    };

    /// <summary>Folders with models.</summary>
    public static ConfigurationKey<IReadOnlyList<string>> ModelFolders { get; } = new TextListKey
    {
        Path = "generate.modelFolders",
        Summary = "Folders with models and VAEs, which `kohaku models list` and the editor's panel offer.",
        Default = "[]",
        Example = "[\"../models/Stable-diffusion\", \"../models/VAE\"]",
        ArePaths = true,
    };

    /// <summary>Findings that are known.</summary>
    public static ConfigurationKey<string> Baseline { get; } = new PathKey
    {
        Path = "baseline",
        Summary = "A file with the findings that are known and not reported, as `--write-baseline` makes it.",
        Default = "none",
        Example = "\"kohaku-baseline.json\"",
    };

    /// <summary>All keys, in the order in which they are documented.</summary>
    public static IReadOnlyList<ConfigurationKey> All { get; } =
    [
        Profile, Dialect, DynamicPrompts, Sentences, TokenLimit,
        Strong, Weak, EmphasisWeak, EmphasisMaximum,
        Databases, ExtraTags, Translations, Allow,
        LinePerSection, ExplicitWeights,
        Exclude, Networks, Embeddings, Wildcards, Baseline,
        Model, Vae, ModelFolders,
    ];
}
