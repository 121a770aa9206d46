using Kohaku.Generation.Diffusers;
using Kohaku.Generation.Tests.Golden;
using Kohaku.Syntax.Tokens;

namespace Kohaku.Generation.Tests.Diffusers;

public sealed class DiffusersPromptTests
{
    [Fact]
    public void Up_to_75_tokens_the_ids_are_those_of_transformers()
    {
        var count = 0;
        foreach (var prompt in GoldenFile.Read("prompts-a1111.json").EnumerateArray())
        {
            int[] expected = [.. prompt.GetProperty("hf").EnumerateArray().Select(id => id.GetInt32())];
            if (expected is [ClipTokenizer.Start, .., ClipTokenizer.End]) expected = expected[1..^1];
            if (expected.Length > TokenChunk.Capacity) continue;

            var chunk = Assert.Single(DiffusersPrompt.Chunks(prompt.GetProperty("text").GetString()!, Vocabulary.Tokenizer()));

            Assert.Equal([ClipTokenizer.Start, .. expected, ClipTokenizer.End], chunk.First[..(expected.Length + 2)]);
            Assert.All(chunk.First[(expected.Length + 2)..], id => Assert.Equal(ClipTokenizer.End, id));
            Assert.Equal(chunk.First[..(expected.Length + 2)], chunk.Second[..(expected.Length + 2)]);
            Assert.All(chunk.Second[(expected.Length + 2)..], id => Assert.Equal(0, id));
            count++;
        }

        Assert.True(count > 20, $"only {count} prompts were short");
    }

    [Fact]
    public void A_longer_prompt_goes_on_in_further_chunks_and_no_tag_is_lost()
    {
        var tags = string.Join(", ", Enumerable.Range(0, 40).Select(i => $"tag {(char)('a' + (i % 26))}"));
        var chunks = DiffusersPrompt.Chunks(tags, Vocabulary.Tokenizer());
        Assert.Equal(2, chunks.Count);
        var all = chunks.SelectMany(chunk => chunk.First[1..Array.IndexOf(chunk.First, ClipTokenizer.End)]);
        Assert.Equal(Vocabulary.Tokenizer().Encode(tags, TextCleaning.Canonical), all);
    }

    [Fact]
    public void Brackets_are_text() =>
        Assert.Equal(
            Vocabulary.Tokenizer().Encode("(smile:1.2)", TextCleaning.Canonical),
            Assert.Single(DiffusersPrompt.Chunks("(smile:1.2)", Vocabulary.Tokenizer())).First[1..(1 + Vocabulary.Tokenizer().Encode("(smile:1.2)", TextCleaning.Canonical).Length)]);
}
