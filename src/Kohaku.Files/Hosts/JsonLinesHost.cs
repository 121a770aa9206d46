using System.Buffers;
using System.Text;
using Kohaku.Syntax;

namespace Kohaku.Files;

/// <summary>JSON Lines as a file that is shown and fixed in place; streams go through <see cref="BlockReader"/>.</summary>
internal static class JsonLinesHost
{
    public static HostDocument Open(TextFile file, HostOptions options)
    {
        var text = file.Text;
        var parser = new RecordParser(options.Field, options.NegativeField);
        var prompts = new List<HostPrompt>();
        var problems = new List<FileProblem>();
        var lineNumber = 1;
        for (var start = 0; start < text.Length; lineNumber++)
        {
            var length = text.AsSpan(start).IndexOf('\n');
            var end = length < 0 ? text.Length : start + length;
            if (!text.AsSpan(start, end - start).IsWhiteSpace()) Add(start, end);
            start = end + 1;
        }

        return new HostDocument(file, InputKind.JsonLines, prompts, problems);

        void Add(int start, int end)
        {
            var line = text.AsSpan(start, end - start);
            var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(line.Length));
            try
            {
                var utf8 = bytes.AsSpan(0, Encoding.UTF8.GetBytes(line, bytes));
                if (!parser.TryParse(utf8))
                {
                    problems.Add(new FileProblem(file.Path, parser.Error!, lineNumber));
                    return;
                }

                var negative = parser.HasNegative ? JsonText.Decode(text, Token(utf8, parser.NegativeToken)) : null;
                var id = parser.IdToken;
                var prompt = JsonText.Decode(text, Token(utf8, parser.PromptToken));
                var form = negative is null && SyntaxTree.IsInfotext(prompt.Text) ? PromptForm.Infotext : PromptForm.Positive;
                prompts.Add(new HostPrompt(form, prompt, negative,
                    id.IsEmpty ? null : Encoding.UTF8.GetString(utf8.Slice(id.Start, id.Length))));
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(bytes);
            }

            TextSpan Token(ReadOnlySpan<byte> utf8, ByteSpan token) => new(
                start + Encoding.UTF8.GetCharCount(utf8[..token.Start]),
                Encoding.UTF8.GetCharCount(utf8.Slice(token.Start, token.Length)));
        }
    }
}
