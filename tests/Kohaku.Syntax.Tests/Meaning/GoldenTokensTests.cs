using Kohaku.Syntax.Meaning;
using Kohaku.Syntax.Tests.Golden;

namespace Kohaku.Syntax.Tests.Meaning;

public sealed class GoldenTokensTests
{
    public static TheoryData<int> Prompts { get; } = [.. Enumerable.Range(0, GoldenFile.Read("tokens.json").GetArrayLength())];

    [Theory, MemberData(nameof(Prompts))]
    public void The_whole_way_up_to_the_tokens_is_that_of_A1111(int index)
    {
        var golden = GoldenFile.Read("tokens.json")[index];
        var meaning = PromptMeaning.Of(golden.GetProperty("prompt").GetString()!, Dialect.A1111, golden.GetProperty("steps").GetInt32());
        if (golden.TryGetProperty("error", out var error))
        {
            Assert.Equal(error.GetString(), meaning.Error);
            return;
        }

        Assert.Null(meaning.Error);
        Assert.Equal(golden.GetProperty("networks").GetArrayLength(), meaning.Networks.Count);
        Assert.Equal(
            golden.GetProperty("parts").EnumerateArray().Select(part => (part.GetProperty("text").GetString()!, part.GetProperty("weight").GetDouble())),
            meaning.Parts.Select(part => (part.Text, part.Weight)));
        Assert.Equal(
            golden.GetProperty("parts").EnumerateArray().SelectMany(part => part.GetProperty("schedule").EnumerateArray())
                .Select(entry => (entry.GetProperty("until").GetInt32(), entry.GetProperty("text").GetString()!)),
            meaning.Parts.SelectMany(part => part.Schedule).Select(entry => (entry.Until, entry.Text)));
    }
}
