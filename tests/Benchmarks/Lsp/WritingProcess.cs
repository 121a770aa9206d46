using System.Diagnostics;
using System.Globalization;

namespace Kohaku.Benchmarks.Lsp;

/// <summary>The yardstick of long answers: <c>hello write</c>, which only writes.</summary>
internal sealed class WritingProcess : IDisposable
{
    private readonly Process _process;
    private readonly byte[] _buffer;

    private WritingProcess(string hello, int bytes)
    {
        _buffer = new byte[bytes];
        _process = Process.Start(new ProcessStartInfo(hello, ["write", bytes.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
    }

    /// <summary>Starts it.</summary>
    public static WritingProcess Start(string hello, int bytes) => new(hello, bytes);

    /// <summary>How long its bytes take to come.</summary>
    public double Milliseconds()
    {
        var start = Stopwatch.GetTimestamp();
        _process.StandardInput.BaseStream.WriteByte(1);
        _process.StandardInput.BaseStream.Flush();
        _process.StandardOutput.BaseStream.ReadExactly(_buffer);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
