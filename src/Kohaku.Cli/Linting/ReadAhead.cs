using System.Runtime.ExceptionServices;
using Kohaku.Files;

namespace Kohaku.Cli.Linting;

/// <summary>A file on its way to a linter: read already, unreadable, or (all but the name null) not read yet.</summary>
/// <param name="Found">The file.</param>
/// <param name="Document">Its prompts, where it has been read.</param>
/// <param name="Problem">Why it could not be read.</param>
internal readonly record struct ReadFile(FoundFile Found, HostDocument? Document, FileProblem? Problem);

/// <summary>Reads files before the linters come to them, in the order in which they were found.</summary>
/// <remarks>
/// A file that is not in memory is waited for, and a thread that waits lints nothing: more threads than processors wait here instead. A run of
/// few files starts none of them, and what is read ahead is bounded.
/// </remarks>
internal sealed class ReadAhead(IEnumerable<FoundFile> files, HostOptions options)
{
    private const int Readers = 16;
    private const int FewFiles = 16;
    private const int MostFiles = 1024;
    private const long MostCharacters = 16 << 20;
    private readonly Lock _source = new();
    private readonly object _gate = new();
    private readonly Dictionary<int, ReadFile> _read = [];
    private IEnumerator<FoundFile>? _files;
    private int _taken;
    private int _given;
    private long _characters;
    private int _running;
    private int _sleeping;
    private bool _stopped;
    private ExceptionDispatchInfo? _failure;

    /// <summary>The files, read.</summary>
    public IEnumerable<ReadFile> Run()
    {
        _files = files.GetEnumerator();
        using (_files)
        {
            for (var i = 0; i < FewFiles; i++)
            {
                if (!_files.MoveNext()) yield break;
                yield return new ReadFile(_files.Current, null, null);
            }

            var threads = new Thread[Readers];
            _running = Readers;
            for (var i = 0; i < Readers; i++)
            {
                threads[i] = new Thread(Work, 1 << 18) { IsBackground = true, Name = "read" };
                threads[i].Start();
            }

            try
            {
                while (Next() is { } file) yield return file;
            }
            finally
            {
                lock (_gate)
                {
                    _stopped = true;
                    Monitor.PulseAll(_gate);
                }

                foreach (var thread in threads) thread.Join();
            }
        }
    }

    private ReadFile? Next()
    {
        lock (_gate)
        {
            while (!_read.ContainsKey(_given) && _running > 0 && _failure is null) Monitor.Wait(_gate);
            _failure?.Throw();
            if (!_read.Remove(_given, out var file)) return null;
            _given++;
            _characters -= Size(file);

            // Woken for every file they would do little else than sleep and wake: they go on when a good part has been taken.
            if (_sleeping > 0 && !IsFull(2)) Monitor.PulseAll(_gate);
            return file;
        }
    }

    private void Work()
    {
        try
        {
            while (Take(out var number) is { } found)
            {
                var read = HostDocument.TryRead(found, options, out var document, out var problem)
                    ? new ReadFile(found, document, null)
                    : new ReadFile(found, null, problem);
                lock (_gate)
                {
                    _read.Add(number, read);
                    _characters += Size(read);
                    if (number == _given) Monitor.PulseAll(_gate);
                }
            }
        }
#pragma warning disable CA1031 // It is thrown again where the files are asked for.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            lock (_gate) _failure ??= ExceptionDispatchInfo.Capture(failure);
        }
        finally
        {
            lock (_gate)
            {
                _running--;
                Monitor.PulseAll(_gate);
            }
        }
    }

    private FoundFile? Take(out int number)
    {
        lock (_source)
        {
            lock (_gate)
            {
                while (!_stopped && IsFull(1))
                {
                    _sleeping++;
                    Monitor.Wait(_gate);
                    _sleeping--;
                }

                number = _taken;
                if (_stopped || _failure is not null) return null;
            }

            if (!_files!.MoveNext()) return null;
            lock (_gate) _taken++;
            return _files.Current;
        }
    }

    private bool IsFull(int share) => _taken > _given && (_taken - _given >= MostFiles / share || _characters >= MostCharacters / share);

    private static long Size(ReadFile file) => file.Document?.File.Text.Length ?? 0;
}
