using System.Text;

namespace Kohaku.Cli.Tests.Generating;

/// <summary>Standard output whose reader presses Ctrl-C when it sees a word.</summary>
internal sealed class StoppingStream(CancellationTokenSource stop, string word) : MemoryStream
{
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        base.Write(buffer);
        if (Encoding.UTF8.GetString(buffer).Contains(word, StringComparison.Ordinal)) stop.Cancel();
    }
}
