using Kohaku.Syntax.Meaning;
using Kohaku.Syntax.Tests.Golden;

namespace Kohaku.Syntax.Tests.Meaning;

public sealed class GoldenMeaningTests
{
    public static TheoryData<string> A1111 { get; } = GoldenFile.Texts("prompts-a1111.json");

    public static TheoryData<string> Comfy { get; } = GoldenFile.Texts("prompts-comfy.json");

    [Theory, MemberData(nameof(A1111))]
    public void Networks_are_those_of_A1111(string text)
    {
        var golden = GoldenFile.Of("prompts-a1111.json", text);
        var networks = Networks.Extract(text);
        Assert.Equal(golden.GetProperty("stripped").GetString(), networks.Text);
        Assert.Equal(
            golden.GetProperty("networks").EnumerateArray()
                .Select(network => $"{network[0]}|{string.Join('|', network[1].EnumerateArray())}"),
            networks.Calls.Select(call => $"{call.Kind}|{string.Join('|', call.Arguments)}"));
    }

    [Theory, MemberData(nameof(A1111))]
    public void Parts_are_those_of_A1111(string text)
    {
        var golden = GoldenFile.Of("prompts-a1111.json", text);
        Assert.Equal(
            GoldenFile.Weighted(golden.GetProperty("and")),
            Composition.Split(golden.GetProperty("stripped").GetString()!).Select(part => (part.Text, part.Weight)));
    }

    [Theory, MemberData(nameof(A1111))]
    public void Schedules_are_those_of_A1111(string text)
    {
        var golden = GoldenFile.Of("prompts-a1111.json", text);
        var parts = golden.GetProperty("and").EnumerateArray().Select(part => part[0].GetString()!).Distinct().ToArray();
        var schedules = golden.GetProperty("schedule10").EnumerateArray().ToArray();
        Assert.Equal(schedules.Length, parts.Length);
        foreach (var (part, schedule) in parts.Zip(schedules))
            Assert.Equal(
                schedule.EnumerateArray().Select(entry => new ScheduledText(entry[0].GetInt32(), entry[1].GetString()!)),
                PromptSchedule.Of(part, 10));
    }

    [Theory, MemberData(nameof(A1111))]
    public void Weights_are_those_of_A1111_to_the_last_bit(string text)
    {
        var golden = GoldenFile.Of("prompts-a1111.json", text);
        var result = Attention.Of(text, Dialect.A1111);
        if (golden.TryGetProperty("error", out var error))
        {
            Assert.Equal(error.GetString(), result.Error?.Message);
            return;
        }

        Assert.Null(result.Error);
        Assert.Equal(GoldenFile.Weighted(golden.GetProperty("attention")), result.Runs.Select(run => (run.Text, run.Weight)));
    }

    [Theory, MemberData(nameof(Comfy))]
    public void Segments_are_those_of_ComfyUI_to_the_last_bit(string text) =>
        Assert.Equal(
            GoldenFile.Weighted(GoldenFile.Of("prompts-comfy.json", text).GetProperty("segments")),
            Attention.Of(text, Dialect.ComfyUI).Runs.Select(run => (run.Text, run.Weight)));
}
