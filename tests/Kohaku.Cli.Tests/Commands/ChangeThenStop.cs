using System.Text;
using Kohaku.Cli.Terminal;

namespace Kohaku.Cli.Tests.Commands;

/// <summary>A person at <c>--watch</c>: edits a file when told that it is watched, and presses Ctrl-C when a finding shows.</summary>
internal sealed class ChangeThenStop(string path, CancellationTokenSource stop) : IDisposable
{
    private readonly Seen _output = new("KHK001", stop.Cancel);
    private readonly Seen _error = new("watching", () =>
    {
        using var file = new FileStream(path, FileMode.Create);
        file.Write("long_hair"u8);
    });

    public string Text => _output.Text;

    public int Run(string folder) => Application.Run(
        ["lint", "--watch", "--format", "concise", folder],
        new Session(() => Stream.Null, _output, _error, _ => null, Look.Plain, Look.Plain, () => false, folder, TimeProvider.System, () => stop.Token));

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
    }

    private sealed class Seen(string word, Action then) : MemoryStream
    {
        private bool _done;

        public string Text => Encoding.UTF8.GetString(ToArray());

        // A span's bytes come through here too.
        public override void Write(byte[] buffer, int offset, int count)
        {
            base.Write(buffer, offset, count);
            if (_done || !Text.Contains(word, StringComparison.Ordinal)) return;

            _done = true;
            then();
        }
    }
}
