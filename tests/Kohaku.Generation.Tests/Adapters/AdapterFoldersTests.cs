using Kohaku.Files;
using Kohaku.Generation.Adapters;
using Kohaku.Generation.Models;
using Kohaku.Syntax.Meaning;

namespace Kohaku.Generation.Tests.Adapters;

public sealed class AdapterFoldersTests
{
    [Fact]
    public void A_name_is_a_files_then_an_alias()
    {
        using var folder = new AdapterFixture();
        var (style, other) = (Write(folder, "one/style.safetensors", null), Write(folder, "two/deep/file.safetensors", "alias"));
        Write(folder, "two/third.safetensors", "style");
        var folders = Folders(folder, "one", "two");
        Assert.Equal((style, other, other), (folders.PathOf("style"), folders.PathOf("file"), folders.PathOf("alias")));
    }

    [Fact]
    public void The_first_folder_wins()
    {
        using var folder = new AdapterFixture();
        var (one, two) = (Write(folder, "one/style.safetensors", null), Write(folder, "two/style.safetensors", null));
        Assert.Equal((one, two), (Folders(folder, "one", "two").PathOf("style"), Folders(folder, "two", "one").PathOf("style")));
    }

    [Theory]
    [InlineData("stile", "The nearest is style")]
    [InlineData("Style", "The nearest is style")]
    [InlineData("somethingelse", "Check the name, or give its folder: --lora-dir DIR")]
    public void A_name_that_is_not_there_is_told_with_the_nearest(string name, string help)
    {
        using var folder = new AdapterFixture();
        Write(folder, "one/style.safetensors", null);
        var missing = Assert.Throws<ModelException>(() => Folders(folder, "one").PathOf(name));
        Assert.Equal(($"There is no network {name} in {folder["one"]}", help), (missing.Message, missing.Help));
    }

    [Fact]
    public void Without_a_folder_the_option_is_named() =>
        Assert.Equal("Give the folder: --lora-dir DIR", Assert.Throws<ModelException>(() => new AdapterFolders([], _ => { }).PathOf("style")).Help);

    [Fact]
    public void An_alias_of_two_files_is_none()
    {
        using var folder = new AdapterFixture();
        Write(folder, "one/a.safetensors", "same");
        Write(folder, "one/b.safetensors", "same");
        Assert.Equal("same is the alias of 2 networks: a, b", Assert.Throws<ModelException>(() => Folders(folder, "one").PathOf("same")).Message);
    }

    [Fact]
    public void An_alias_that_A1111_reserves_is_none()
    {
        using var folder = new AdapterFixture();
        Write(folder, "one/a.safetensors", "None");
        Assert.StartsWith("There is no network None", Assert.Throws<ModelException>(() => Folders(folder, "one").PathOf("None")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pickle_is_refused()
    {
        using var folder = new AdapterFixture();
        File.Copy(Write(folder, "one/a.safetensors", null), folder["one/style.pt"]);
        Assert.Contains("not a .safetensors file", Assert.Throws<ModelException>(() => Folders(folder, "one").PathOf("style")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_calls_of_a_name_have_the_weights_of_the_last()
    {
        using var folder = new AdapterFixture();
        var style = Write(folder, "one/style.safetensors", "alias");
        var calls = Folders(folder, "one").Resolve([new AdapterArguments("style", 0.5, 0.6), new AdapterArguments("alias", 1, 1), new AdapterArguments("style", 0.25, 0.75)]);
        Assert.Equal([new AdapterCall(style, 0.25, 0.75), new AdapterCall(style, 1, 1), new AdapterCall(style, 0.25, 0.75)], calls);
    }

    [Fact]
    public void A_prompts_networks_are_called_kind_by_kind()
    {
        using var folder = new AdapterFixture();
        var (a, b, c) = (Write(folder, "one/a.safetensors", null), Write(folder, "one/b.safetensors", null), Write(folder, "one/c.safetensors", null));
        var warnings = new List<string>();
        var calls = Folders(folder, "one").Resolve(Networks.Extract("<lyco:a:0.5>, 1girl <hypernet:x:1> <lora:b> <lyco:c:1:0.2>").Calls, warnings.Add);
        Assert.Equal([new AdapterCall(a, 0.5, 0.5), new AdapterCall(c, 1, 0.2), new AdapterCall(b, 1, 1)], calls);
        Assert.StartsWith("<hypernet:x:1> has no effect", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_weight_that_is_no_number_is_an_error()
    {
        using var folder = new AdapterFixture();
        Write(folder, "one/a.safetensors", null);
        Assert.Throws<ModelException>(() => Folders(folder, "one").Resolve(Networks.Extract("<lora:a:x>").Calls, Assert.Fail));
    }

    private static AdapterFolders Folders(AdapterFixture folder, params string[] names) => new([.. names.Select(name => folder[name])], problem => Assert.Fail(problem.ToString()));

    private static string Write(AdapterFixture folder, string name, string? alias)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder[name])!);
        using var writer = SafetensorsWriter.Create(folder[name], [("t", "F32", [1], 4)], alias is null ? new Dictionary<string, string>() : new Dictionary<string, string> { ["ss_output_name"] = alias });
        writer.Commit();
        return folder[name];
    }
}
