using Kohaku.LanguageServer.Documents;

namespace Kohaku.LanguageServer.Diagnosing;

/// <summary>Which documents keep their findings: those asked for last, as far as memory goes. The client has the others, and linting 10 KB again takes 2 ms.</summary>
internal sealed class KeptFindings
{
    private const long Most = 4 << 20;

    private readonly Lock _gate = new();
    private readonly List<(string Path, WeakReference<Document> Document, long Size)> _recent = [];

    /// <summary>The findings of a document were asked for; those of others may go.</summary>
    /// <param name="document">The document.</param>
    /// <param name="size">Bytes of its findings.</param>
    public void Use(Document document, long size)
    {
        lock (_gate)
        {
            _recent.RemoveAll(kept => kept.Path == document.Path);
            _recent.Add((document.Path, new WeakReference<Document>(document), size));
            var sum = _recent.Sum(kept => kept.Size);
            while (sum > Most && _recent.Count > 1)
            {
                sum -= _recent[0].Size;
                if (_recent[0].Document.TryGetTarget(out var oldest)) Forget(oldest);
                _recent.RemoveAt(0);
            }
        }
    }

    private static void Forget(Document document)
    {
        foreach (var part in document.Parts) part.Part.Findings = null;
    }
}
