using System.Globalization;
using System.Text;
using System.Text.Json;
using Kohaku.Files;
using Kohaku.Jobs;
using Kohaku.Jobs.Workers;

namespace Kohaku.Generation.Worker;

/// <summary>The model that stays open between jobs. One at a time: two would not fit on most cards.</summary>
internal sealed class WarmModel(IGeneratorSource generators) : IDisposable
{
    private IGenerator? _open;
    private DeviceChoice? _device;
    private string? _key;

    /// <summary>The model that settings ask for: the open one, unless they or its files have changed.</summary>
    /// <param name="settings">The settings, with the device as asked.</param>
    /// <param name="requests">What will be made with it.</param>
    /// <param name="progress">Told of the device, and of loading.</param>
    /// <param name="cancellation">Ends the opening.</param>
    public IGenerator Take(GeneratorSettings settings, IReadOnlyList<GenerationRequest> requests, IProgress<GenerationEvent> progress, CancellationToken cancellation)
    {
        var key = KeyOf(settings);
        if (_open is not null && key == _key)
        {
            progress.Report(new DeviceChosen(_device!));
            return _open;
        }

        Dispose();
        _device = generators.Choose(settings.Device, settings.GpuFolder);
        progress.Report(new DeviceChosen(_device));
        var chosen = settings with { Device = _device.Device };
        if (MemoryEstimate.WarningOf(chosen, requests) is { } warning) progress.Report(warning);
        _open = generators.Open(chosen, progress, cancellation);
        _key = key;
        return _open;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _open?.Dispose();
        (_open, _key) = (null, null);
    }

    // A file that was replaced or added since is another model.
    private static string KeyOf(GeneratorSettings settings)
    {
        var key = new StringBuilder(JsonSerializer.Serialize(settings, WorkerJson.Default.GeneratorSettings));
        Add(settings.ModelPath);
        if (settings.VaePath is { } vae) Add(vae);
        foreach (var path in NetworkFolder.List([.. settings.LoraFolders, .. settings.EmbeddingFolders], static _ => { }).Values) Add(path);
        return key.ToString();

        void Add(string path)
        {
            var file = new FileInfo(path);
            key.Append(CultureInfo.InvariantCulture, $"\n{path}|{file.LastWriteTimeUtc.Ticks}|{(file.Exists ? file.Length : 0)}");
        }
    }
}
