using System.CommandLine;
using Kohaku.Analysis.Configuration;
using Kohaku.Syntax;

namespace Kohaku.Cli.Commands;

/// <summary>The options by which a command line lies over configurations.</summary>
internal sealed class ConfigurationOptions
{
    private readonly Option<string?> _file;
    private readonly Option<string?> _profile;
    private readonly Option<string?> _dialect;

    private ConfigurationOptions(CommandFrame frame)
    {
        frame.Group("Configuration");
        _file = frame.Text("--config", "FILE", "Use this configuration for all files, in place of the nearest kohaku.json");
        _profile = frame.Text("--profile", "NAME", "The model: kohaku-xl-delta, kohaku-xl-epsilon, or a profile's file");
        _dialect = frame.Choice("--dialect", "NAME", "Whose syntax: a1111 or comfyui", ["a1111", "comfyui"]);
    }

    /// <summary>Adds them to a command.</summary>
    public static ConfigurationOptions Add(CommandFrame frame) => new(frame);

    /// <summary>The configuration that was named, or null.</summary>
    public string? FileOf(ParseResult result) => result.GetValue(_file);

    /// <summary>What the command line says.</summary>
    public ConfigurationLayer LayerOf(ParseResult result, RuleSelection? selection = null)
    {
        var says = selection is { Select.Count: > 0 } or { Ignore.Count: > 0 };
        var layer = says ? new ConfigurationLayer { Selection = selection } : ConfigurationLayer.Empty;
        var (profile, dialect) = (result.GetValue(_profile), result.GetValue(_dialect));
        if (profile is null && dialect is null) return layer;

        if (!says) layer = new ConfigurationLayer();
        if (profile is not null) layer = layer.With(ConfigurationKeys.Profile, profile);
        return dialect is null ? layer : layer.With(ConfigurationKeys.Dialect, dialect == "comfyui" ? Dialect.ComfyUI : Dialect.A1111);
    }
}
