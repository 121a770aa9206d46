using System.Text;
using Kohaku.Cli.Terminal;

namespace Kohaku.Cli.Tests.Commands;

/// <summary>A person at <c>--watch</c>: changes something when told that it is watched, and presses Ctrl-C when a finding has shown so many times.</summary>
internal sealed class ChangeThenStop(Action change, string finding, int times, CancellationTokenSource stop) : IDisposable
{
    private readonly Seen _output = new(finding, times, stop.Cancel);
    private readonly Seen _error = new("watching", 1, change);

    public string Text => _output.Text;

    public int Run(string folder) => Application.Run(
        ["lint", "--watch", "--format", "concise", folder],
        new Session(() => Stream.Null, _output, _error, _ => null, Look.Plain, Look.Plain, () => false, folder, TimeProvider.System, () => stop.Token));

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
    }

    private sealed class Seen(string word, int times, Action then) : MemoryStream
    {
        private bool _done;

        public string Text => Encoding.UTF8.GetString(ToArray());

        // A span's bytes come through here too.
        public override void Write(byte[] buffer, int offset, int count)
        {
            base.Write(buffer, offset, count);
            if (_done || Text.Split(word).Length <= times) return;

            _done = true;
            then();
        }
    }
}
