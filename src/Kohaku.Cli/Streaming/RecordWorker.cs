using System.Buffers;
using System.Text;
using System.Text.Unicode;
using Kohaku.Analysis;
using Kohaku.Analysis.Linting;
using Kohaku.Files;
using Kohaku.Syntax;

namespace Kohaku.Cli.Streaming;

/// <summary>One thread's part of a record stream: everything that a record needs is kept from the record before.</summary>
internal sealed class RecordWorker
{
    /// <summary>Storage that one huge record left behind is given back above this many characters.</summary>
    private const int LargestKept = 1 << 20;

    private readonly RecordForm _form;
    private readonly RecordParser _parser;
    private readonly ParseOptions _options;
    private readonly ParseOptions _infotext;
    private readonly Linter _linter;
    private readonly Report _report = new() { WantsMessages = false, WantsSuggestions = false };
    private readonly RecordAnswer _answer;
    private SyntaxTree _tree = new();
    private char[] _text = new char[4096];
    private int _negativeStart = RecordAnswer.InPrompt;

    public RecordWorker(RecordForm form, string field, Linter linter)
    {
        _form = form;
        _parser = new RecordParser(field);
        _linter = linter;
        _options = linter.Settings.ParseOptions with
        {
            Form = TextForm.Positive,
            Comments = form == RecordForm.JsonLines && linter.Settings.Dialect == Dialect.A1111,
        };
        _infotext = _options with { Form = TextForm.Library, Comments = false };
        _answer = new RecordAnswer(field);
    }

    /// <summary>The most severe finding so far.</summary>
    public Severity MostSevere { get; private set; }

    /// <summary>Whether a line could not be read.</summary>
    public bool HasErrors { get; private set; }

    /// <summary>Answers every line of a block.</summary>
    public void Process(LineBlock block, ArrayBufferWriter<byte> result)
    {
        if (block.IsTooLong)
        {
            HasErrors = true;
            RecordAnswer.Error(new Utf8Out(result), block.FirstLine, $"the record is longer than {BlockReader.DefaultLineLimit >> 20} MB; split it");
            return;
        }

        foreach (var line in block.Lines)
        {
            var output = new Utf8Out(result);
            var problem = _form == RecordForm.JsonLines ? ReadRecord(line.Bytes) : ReadLine(line.Bytes);
            if (problem is not null)
            {
                HasErrors = true;
                RecordAnswer.Error(output, line.Number, problem);
                continue;
            }

            _linter.Run(_tree, _report);
            foreach (ref readonly var finding in _report.Findings)
                if (finding.Severity > MostSevere) MostSevere = finding.Severity;
            var id = _parser.IdToken;
            _answer.Findings(output, line.Number, line.Bytes.Slice(id.Start, id.Length), _report, _negativeStart);
            if (_text.Length > LargestKept) (_text, _tree) = (new char[4096], new SyntaxTree());
        }
    }

    private string? ReadRecord(ReadOnlySpan<byte> line)
    {
        if (!_parser.TryParse(line)) return _parser.Error;
        var prompt = _parser.Prompt;
        var negative = _parser.Negative;

        // What a program wrote into an image is one text, and so it comes where records were made of images.
        if (!_parser.HasNegative && SyntaxTree.IsInfotext(prompt))
        {
            _negativeStart = RecordAnswer.InPrompt;
            _tree.Read(_parser.PromptMemory, _infotext);
            return null;
        }

        _negativeStart = prompt.Length;
        if (negative.Length == 0)
        {
            _tree.ReadRecord(_parser.PromptMemory, prompt.Length, _parser.HasNegative, _options);
            return null;
        }

        // One buffer for both, so that findings of one prompt are offsets of one text.
        Fit(prompt.Length + negative.Length);
        prompt.CopyTo(_text);
        negative.CopyTo(_text.AsSpan(prompt.Length));
        _tree.ReadRecord(_text.AsMemory(0, prompt.Length + negative.Length), prompt.Length, hasNegative: true, _options);
        return null;
    }

    private string? ReadLine(ReadOnlySpan<byte> line)
    {
        Fit(line.Length);
        var status = Utf8.ToUtf16(line, _text, out _, out var length, replaceInvalidSequences: false);
        if (status != OperationStatus.Done) return "invalid UTF-8; write the prompt as UTF-8";
        _tree.ReadRecord(_text.AsMemory(0, length), length, hasNegative: false, _options);
        return null;
    }

    private void Fit(int length)
    {
        if (_text.Length < length) _text = new char[int.Max(length, _text.Length * 2)];
    }
}
