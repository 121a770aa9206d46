using System.Globalization;
using System.Text.Json.Nodes;
using CsCheck;
using Kohaku.Analysis.Configuration;
using Kohaku.Analysis.Linting;
using Kohaku.Syntax;
using Kohaku.Tags;
using Kohaku.Workspace;

namespace Kohaku.LanguageServer.Tests;

public sealed class CompletionPropertyTests
{
    private static readonly string[] s_pieces =
    [
        "1girl", "long hair", "lon", "blue ey", "hatsune miku", "vocaloid", "ganyu ", "rev", "re:", ":3", ":", "smile", "_", " ", " ", ", ", ",", ", ", "(", ")", "[", "]", "{", "}", "|", ":1.2", ":1.2)", "(a:1.1)",
        "\\(", "\\)", "\\", "<", ">", "<lora:x:1>", "<lora:", "embedding:", "__", "# note", "# kohaku: disable=", "BREAK", " BREAK ", " AND ", "\n", "\r\n", "\n---\n", "\nNegative prompt: ",
        "\nSteps: 20, ", "Sampler: ", "，", "（", "长", "\U0001F600", "\uD83D", "\uFEFF", "0.5", "$$", "::", "\"", "\t",
    ];

    private static readonly Gen<(string Text, int Offset, int Choice)> s_cases =
        from pieces in Gen.Int[0, s_pieces.Length - 1].Select(i => s_pieces[i]).Array[0, 14]
        let text = string.Concat(pieces)
        from offset in Gen.Int[0, text.Length]
        from choice in Gen.Int[0, 99]
        select (text, offset, choice);

    /// <summary>The same cases at every run; <c>KOHAKU_RANDOM_SEED</c> and <c>KOHAKU_RANDOM_CASES</c> give others, and more.</summary>
    private static ulong Seed => Number("KOHAKU_RANDOM_SEED", 1);

    private static int Cases => (int)Number("KOHAKU_RANDOM_CASES", 1500);

    [Theory]
    [InlineData("a1111", false)]
    [InlineData("a1111", true)]
    [InlineData("comfyui", false)]
    public async Task At_any_offset_of_any_text_what_is_written_is_one_whole_tag(string dialect, bool dynamicPrompts)
    {
        await using var client = await TestClient.StartAsync(prepare: c =>
            c.Write("kohaku.json", $$"""{"dialect": "{{dialect}}", "dynamicPrompts": {{(dynamicPrompts ? "true" : "false")}}}"""));
        var settings = new Configurations(null, ConfigurationLayer.Empty).For(Path.Combine(client.Folder, "a.prompt"));
        using var index = TagIndex.Open(ShippedData.IndexPath);
        var reader = new PromptReader(settings, new LintServices(new TagLookup(index)));
        var version = 1;
        var uri = await client.OpenAsync("a.prompt", "", version);
        var written = 0;
        var random = new PCG(1, Seed);
        for (var i = 0; i < Cases; i++)
        {
            var (text, offset, choice) = s_cases.Generate(random, null, out _);
            await CheckAsync(text, offset, choice);
        }

        Assert.True(written > 100, $"only {written} tags were written");

        async Task CheckAsync(string text, int offset, int choice)
        {
            // No place of the protocol lies inside a line's end.
            if (offset > 0 && offset < text.Length && text[offset - 1] == '\r' && text[offset] == '\n') offset--;
            await client.NotifyAsync("textDocument/didChange", new JsonObject
            {
                ["textDocument"] = new JsonObject { ["uri"] = uri, ["version"] = ++version },
                ["contentChanges"] = new JsonArray(new JsonObject { ["text"] = text }),
            });
            var (line, character) = Place(text, offset);
            var list = await client.RequestAsync("textDocument/completion", TestClient.At(uri, line, character));
            if (list is null) return;

            var items = list["items"]!.AsArray();
            var item = items[choice % items.Count]!;
            if (item["data"]?.GetValue<string>().StartsWith("tag:", StringComparison.Ordinal) != true) return;

            written++;
            var (range, inserted) = Completing.Edit(list, item);
            var start = Completing.Offset(text, range["start"]!);
            var after = Completing.Apply(text, list, item);
            Assert.InRange(offset, start, Completing.Offset(text, range["end"]!));
            Assert.True(IsWhole(after, new TextSpan(start, inserted.Length), Completing.Label(item), reader, settings), $"{Show(text)} at {offset}, {Completing.Label(item)}: {Show(after)}");
        }
    }

    // Brackets that cut a tag are left as they are: then its piece is what was written.
    private static bool IsWhole(string text, TextSpan written, string tag, PromptReader reader, Settings settings)
    {
        // What stands before `$$` is the number or the divider of a variant, and no tag.
        if (settings.DynamicPrompts && text.Contains("$$", StringComparison.Ordinal)) return true;

        // Behind the number of an editing or an open weight: what is written there makes it text.
        if (text.AsSpan(0, written.Start).TrimEnd().TrimEnd("0123456789.+-").EndsWith(":")) return true;

        var tree = SyntaxTree.Parse(text, settings.ParseOptions);
        for (var prompt = 0; prompt < tree.Prompts.Length; prompt++)
        {
            // The comma that was missing may divide the last line into pairs: `re:a [Sampler: b` is one of parameters then.
            if (tree.Prompts[prompt].ParameterLine.Overlaps(written)) return true;

            // ComfyUI's text `<lora:` and a later `>` are one network as soon as no bracket stands between them.
            foreach (ref readonly var mark in tree.Marks)
                if (settings.Dialect == Dialect.ComfyUI && mark.Kind == MarkKind.Network && mark.Span.Overlaps(written)) return true;

            var (positive, negative) = reader.Read(tree, prompt);
            foreach (var side in negative is null ? [positive] : new[] { positive, negative })
            {
                foreach (ref readonly var view in side.Tags)
                {
                    // A face before it takes the bracket that it stands in: `:(` and what follows is one field.
                    if (view.Span.End == written.Start && text[written.Start - 1] is '(' or ')' or '[' or ']') return true;
                    if (view.Span.Start < written.Start || view.Span.End > written.End)
                    {
                        if (view.IsCut && view.Span.Start < written.End && written.Start < view.Span.End) return true;
                        if (view.Span.Start >= written.Start && IsOpenWeight(text, written.End, view.Span.End)) return true;
                        continue;
                    }

                    if (view.Text.Text == tag || view.Text.Written == tag) return true;
                }
            }
        }

        return false;
    }

    // The weight of a bracket that is not closed yet is kept, and is text until the bracket comes.
    private static bool IsOpenWeight(string text, int start, int end) =>
        start < end && text[start] == ':' && text.AsSpan(start + 1, end - start - 1).Trim().TrimEnd("0123456789.+-").IsEmpty;

    private static (int Line, int Character) Place(string text, int offset)
    {
        var (line, start) = (0, 0);
        for (var i = 0; i < offset; i++)
        {
            if (text[i] != '\n' && (text[i] != '\r' || (i + 1 < text.Length && text[i + 1] == '\n'))) continue;
            (line, start) = (line + 1, i + 1);
        }

        return (line, offset - start);
    }

    private static ulong Number(string variable, ulong otherwise) => ulong.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : otherwise;

    private static string Show(string text) => string.Concat(text.Select(c => c is < ' ' or > '~' ? string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}") : c.ToString()));
}
