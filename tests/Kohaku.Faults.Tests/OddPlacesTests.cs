using Kohaku.Faults.Tests.Harness;
using Kohaku.Generation.Tests.Golden;

namespace Kohaku.Faults.Tests;

/// <summary>Places from which nothing can be read, or not to its end: one message each, and nobody waits.</summary>
public sealed class OddPlacesTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    public static TheoryData<string, string> Places => Pairs.Of<string, string>(
        ["config", "kohaku.json", "profile", "database", "extra tags", "translations", "baseline", "list", "database to import", "image", "checkpoint", "vae", "network", "init image", "wildcards"],
        ["pipe", "/dev/zero"]);

    [Theory]
    [MemberData(nameof(Places))]
    public void What_is_no_file_is_said_and_not_waited_for(string what, string kind)
    {
        var (name, arguments) = Place(what);
        if (kind == "pipe") _scratch.MakePipe(name);
        else File.CreateSymbolicLink(_scratch[name], kind);
        _scratch.Write("a.prompt", what switch
        {
            "network" => "1girl, <lora:x:1>\nSteps: 1, Seed: 1, Size: 64x64\n",
            "wildcards" => "1girl, __x__\nSteps: 1, Seed: 1, Size: 64x64\n",
            _ => "1girl\nSteps: 1, Seed: 1, Size: 64x64\n",
        });
        var run = KohakuProgram.Run(_scratch, arguments);

        Assert.Contains("a pipe or a device, not a file", run.Error, StringComparison.Ordinal);
        Assert.Contains(name, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("internal error", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_current_folder_that_is_gone_is_said()
    {
        var run = KohakuProgram.Shell(_scratch, "mkdir gone && cd gone && rmdir ../gone && \"$@\" lint .");

        Assert.Equal(2, run.Code);
        Assert.StartsWith("error: the current folder is gone, or may not be read\n", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_is_not_UTF_8_is_said_and_other_files_are_linted()
    {
        _scratch.Write("a.prompt", "1girl, long_hair");
        _scratch.Write("z.prompt", "1girl, long_hair");
        var run = KohakuProgram.Shell(_scratch, "cp a.prompt \"$(printf 'b\\377.prompt')\" && \"$@\" lint --fix --format concise .");

        Assert.Equal(2, run.Code);
        Assert.Equal("error: b\uFFFD.prompt: its name is not UTF-8, and only such names can be opened; rename it", run.Error.Split('\n')[0]);
        Assert.Equal(("1girl, long hair", "1girl, long hair"), (File.ReadAllText(_scratch["a.prompt"]), File.ReadAllText(_scratch["z.prompt"])));
    }

    [Fact]
    public void A_folder_whose_name_is_not_UTF_8_is_said_and_other_files_are_linted()
    {
        _scratch.Write("z.prompt", "1girl, long_hair");
        var run = KohakuProgram.Shell(_scratch, "mkdir \"$(printf 'b\\377')\" && cp z.prompt \"$(printf 'b\\377')\" && \"$@\" lint --fix --format concise .");

        Assert.Equal(2, run.Code);
        Assert.Contains("its name is not UTF-8", run.Error, StringComparison.Ordinal);
        Assert.Equal("1girl, long hair", File.ReadAllText(_scratch["z.prompt"]));
    }

    private (string Name, string[] Arguments) Place(string what)
    {
        switch (what)
        {
            case "config": return ("x.json", ["lint", "--config", "x.json", "a.prompt"]);
            case "kohaku.json": return ("kohaku.json", ["lint", "a.prompt"]);
            case "profile": return ("x.json", ["lint", "--profile", "./x.json", "a.prompt"]);
            case "database": return (Configured("x.db", """{ "tags": { "databases": ["x.db"] } }"""), ["lint", "a.prompt"]);
            case "extra tags": return (Configured("x.csv", """{ "tags": { "extra": ["x.csv"] } }"""), ["lint", "a.prompt"]);
            case "translations": return ("x.csv", ["tags", "import", "--translations", "x.csv"]);
            case "baseline": return ("x.json", ["lint", "--baseline", "x.json", "a.prompt"]);
            case "list": return ("x.csv", ["tags", "import", "x.csv"]);
            case "database to import": return ("x.db", ["tags", "import", "x.db"]);
            case "image": return ("x.png", ["lint", "x.png"]);
            case "checkpoint": return ("x.safetensors", Generate("x.safetensors"));
            case "vae": return ("x.safetensors", [.. Generate(TinyCheckpoint.Path), "--vae", "x.safetensors"]);
            case "network": return ("x.safetensors", [.. Generate(TinyCheckpoint.Path), "--lora-dir", "."]);
            case "init image": return ("x.png", [.. Generate(TinyCheckpoint.Path), "--init", "x.png"]);
            default: return (Configured("x.txt", """{ "dynamicPrompts": true, "wildcards": ["."] }"""), Generate(TinyCheckpoint.Path));
        }
    }

    private static string[] Generate(string model) => ["generate", "a.prompt", "--model", model, "--device", "cpu"];

    private string Configured(string name, string configuration)
    {
        _scratch.Write("kohaku.json", configuration);
        return name;
    }
}
