using System.Text;
using System.Text.Json;

namespace Kohaku.Cli.Tests.Commands;

public sealed class LintTests : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_clean_run_is_one_line_and_exits_with_0()
    {
        var run = Lint(_folder.Write("a.prompt", "1girl, smile"));

        Assert.Equal((0, ""), (run.Code, run.Output));
        Assert.Matches(@"^1 prompt clean \(\d+ ms\)\n$", run.Error);
    }

    [Fact]
    public void A_warning_is_shown_and_exits_with_1()
    {
        var run = Lint(_folder.Write("a.prompt", "1girl, long_hair"));

        Assert.Equal(1, run.Code);
        Assert.Equal(
            """
            warning[KHK001] underscore-in-tag: the model was trained on `long hair`
              ┌─ a.prompt:1:8
            1 │ 1girl, long_hair
              │        ^^^^^^^^^ fix: long hair
              = about the rule: kohaku explain underscore-in-tag


            """.ReplaceLineEndings("\n"),
            run.Output);
        Assert.Matches(@"^1 finding in 1 of 1 prompt, 1 fixable with --fix \(\d+ ms\)\n$", run.Error);
    }

    [Theory]
    [InlineData("error", 0)]
    [InlineData("warning", 1)]
    [InlineData("hint", 1)]
    [InlineData("none", 0)]
    public void Fail_on_decides_the_exit_code(string severity, int code) =>
        Assert.Equal(code, Lint(_folder.Write("a.prompt", "long_hair"), "--fail-on", severity).Code);

    [Theory]
    [InlineData("error", 0)]
    [InlineData("warning", 1)]
    [InlineData("hint", 1)]
    [InlineData("none", 0)]
    public void Fail_on_decides_the_exit_code_of_a_stream_too(string severity, int code) =>
        Assert.Equal(code, Cli.Run(["lint", "--input", "jsonl", "--format", "jsonl", "--fail-on", severity, "-"], """{"prompt": "long_hair"}""").Code);

    [Fact]
    public void Fix_writes_the_file_and_reports_what_is_left()
    {
        var path = _folder.Write("a.prompt", "1girl, long_hair\r\n");
        var run = Lint(path, "--fix");

        Assert.Equal(0, run.Code);
        Assert.Equal("1girl, long hair\r\n", _folder.Read("a.prompt"));
        Assert.StartsWith("1 finding fixed; 1 prompt clean", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Fixing_twice_changes_nothing_more()
    {
        var path = _folder.Write("a.prompt", "1girl, long_hair, smile, smile");
        Lint(path, "--fix");
        var once = _folder.Read("a.prompt");
        Lint(path, "--fix");

        Assert.Equal(once, _folder.Read("a.prompt"));
    }

    [Fact]
    public void Diff_shows_the_fix_and_writes_nothing()
    {
        var path = _folder.Write("a.prompt", "1girl, long_hair\nsmile");
        var run = Lint(path, "--diff");

        Assert.Equal(1, run.Code);
        Assert.Equal("--- a.prompt\n+++ a.prompt\n@@ -1,2 +1,2 @@\n-1girl, long_hair\n+1girl, long hair\n smile\n\\ No newline at end of file\n", run.Output);
        Assert.Equal("1girl, long_hair\nsmile", _folder.Read("a.prompt"));
    }

    [Fact]
    public void Standard_input_is_linted_under_a_name_of_its_own() =>
        Assert.StartsWith("<stdin>:1:1: warning[KHK001]", Cli.Run(["lint", "-", "--format", "concise"], "long_hair").Output, StringComparison.Ordinal);

    [Fact]
    public void Standard_input_is_linted_under_the_name_given() =>
        Assert.StartsWith("library/a.prompt:1:1: ", Cli.Run(["lint", "-", "--format", "concise", "--stdin-filename", "library/a.prompt"], "long_hair").Output, StringComparison.Ordinal);

    [Fact]
    public void Fixed_standard_input_is_on_standard_output()
    {
        var run = Cli.Run(["lint", "-", "--fix"], "long_hair, \ud83d\ude00");

        Assert.Equal("long hair, \ud83d\ude00", run.Output);
    }

    [Fact]
    public void A_prompt_on_the_command_line_has_no_comments() =>
        Assert.Contains("KHK001", Cli.Run("lint", "--prompt", "a # b, long_hair", "--format", "concise").Output, StringComparison.Ordinal);

    [Fact]
    public void A_prompt_that_begins_with_an_at_sign_is_no_response_file() =>
        Assert.Equal(1, Cli.Run("lint", "--prompt", "@long_hair_x").Code);

    [Fact]
    public void A_directory_is_searched_in_order()
    {
        _folder.Write("b/2.prompt", "long_hair");
        _folder.Write("a/1.prompt", "long_hair");
        _folder.Write("b/10.prompt", "long_hair");
        var lines = Lint(_folder.Path, "--format", "concise").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(["a/1.prompt", "b/10.prompt", "b/2.prompt"], lines.Select(line => line.Split(':')[0]));
    }

    [Theory]
    [InlineData("full")]
    [InlineData("json")]
    [InlineData("sarif")]
    [InlineData("junit")]
    public void Output_is_the_same_whatever_the_number_of_jobs(string format)
    {
        for (var i = 0; i < 100; i++) _folder.Write($"{i % 7}/{i}.prompt", string.Concat(Enumerable.Repeat("long_hair, smile, ", i)));

        Assert.Equal(Lint(_folder.Path, "--format", format, "--jobs", "1").Output, Lint(_folder.Path, "--format", format, "--jobs", "7").Output);
    }

    [Fact]
    public void A_file_that_is_no_text_is_one_error_and_the_rest_goes_on()
    {
        _folder.Write("a.prompt", [0x80, 0x81]);
        _folder.Write("b.prompt", "long_hair");
        var run = Lint(_folder.Path, "--format", "concise");

        Assert.Equal(2, run.Code);
        Assert.StartsWith("b.prompt:1:1: ", run.Output, StringComparison.Ordinal);
        Assert.Equal(1, run.Error.Split('\n').Count(line => line.StartsWith("error: a.prompt:1: not text", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_file_that_is_not_there_exits_with_2()
    {
        var run = _folder.Run("lint", _folder["none.prompt"]);

        Assert.Equal((2, "error: none.prompt: no such file or directory; check the path\n"), (run.Code, run.Error));
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public void UTF_16_with_a_mark_is_fixed_in_place(string name)
    {
        var encoding = Encoding.GetEncoding(name);
        var path = _folder.Write("a.prompt", [.. encoding.GetPreamble(), .. encoding.GetBytes("long_hair, 初音")]);
        Lint(path, "--fix");

        Assert.Equal([.. encoding.GetPreamble(), .. encoding.GetBytes("long hair, 初音")], File.ReadAllBytes(path));
    }

    [Fact]
    public void A_NUL_is_text() => Assert.Equal(1, Lint(_folder.Write("a.prompt", "a\0b, long_hair")).Code);

    [Fact]
    public void Statistics_count_by_rule()
    {
        var run = Lint(_folder.Write("a.prompt", "long_hair, blue_eyes, smile, smile"), "--statistics", "--select", "KHK001,duplicate-tag");

        Assert.Equal(
            """
            findings  rule                       with a safe fix
                   2  KHK001  underscore-in-tag                2  ▕████████████████████▏
                   1  KHK102  duplicate-tag                    1  ▕██████████░░░░░░░░░░▏

            """.ReplaceLineEndings("\n"),
            run.Output);
    }

    [Fact]
    public void A_short_option_takes_its_value_attached() =>
        Assert.StartsWith("a.prompt:1:1: ", Lint(_folder.Write("a.prompt", "long_hair"), "-fconcise", "-j2", "-q").Output, StringComparison.Ordinal);

    [Fact]
    public void Select_runs_only_these_rules() =>
        Assert.Equal(["KHK102"], Codes(Lint(_folder.Write("a.prompt", "long_hair, smile, smile"), "--format", "jsonl", "--select", "duplicate-tag")));

    [Fact]
    public void Ignore_leaves_rules_out() =>
        Assert.Equal(["KHK102"], Codes(Lint(_folder.Write("a.prompt", "long_hair, smile, smile"), "--format", "jsonl", "--ignore", "KHK0")));

    [Fact]
    public void An_unknown_rule_names_the_nearest()
    {
        var run = _folder.Run("lint", "--select", "duplicated-tag");

        Assert.Equal((2, "error: duplicated-tag: no such rule\n  = The nearest is duplicate-tag\n"), (run.Code, run.Error));
    }

    [Fact]
    public void A_report_goes_to_a_file_whole()
    {
        var path = _folder.Write("a.prompt", "long_hair");
        var run = Lint(path, "--format", "sarif", "--output-file", _folder["report.sarif"]);

        Assert.Equal("", run.Output);
        using var json = JsonDocument.Parse(_folder.Read("report.sarif"));
        Assert.Equal(1, json.RootElement.GetProperty("runs")[0].GetProperty("results").GetArrayLength());
    }

    [Fact]
    public void A_baseline_hides_what_it_holds_and_shows_what_is_new()
    {
        var path = _folder.Write("a.prompt", "long_hair");
        Assert.Equal(0, Lint(path, "--write-baseline", "--baseline", _folder["known.json"]).Code);
        Assert.Equal(0, Lint(path, "--baseline", _folder["known.json"]).Code);

        _folder.Write("a.prompt", "# an edit above\nlong_hair");
        Assert.Equal(0, Lint(path, "--baseline", _folder["known.json"]).Code);

        _folder.Write("a.prompt", "long_hair, blue_eyes");
        Assert.Equal(1, Lint(path, "--baseline", _folder["known.json"]).Code);
    }

    [Fact]
    public void A_baseline_counts_by_file_and_rule()
    {
        _folder.Write("b/a.prompt", "long_hair, blue_eyes");
        Lint(_folder.Path, "--write-baseline", "--baseline", _folder["known.json"]);

        Assert.Equal("""{"version":1,"files":{"b/a.prompt":{"KHK001":2}}}""", string.Concat(_folder.Read("known.json").Where(c => !char.IsWhiteSpace(c))));
    }

    [Theory]
    [InlineData("{ \"baseline\": \"notes.txt\" }", "notes.txt")]
    [InlineData("{}", "kohaku-baseline.json")]
    public void A_baseline_is_written_over_no_other_file_that_only_the_configuration_or_nobody_names(string configuration, string name)
    {
        _folder.Write("kohaku.json", configuration);
        _folder.Write("a.prompt", "long_hair");
        _folder.Write(name, "mine");
        var run = _folder.Run("lint", _folder.Path, "--write-baseline");

        Assert.Equal((2, "mine"), (run.Code, _folder.Read(name)));
        Assert.Contains($"{name}: no baseline: ", run.Error, StringComparison.Ordinal);
        Assert.Contains($"nothing was written\n  = To write over it name it: --baseline {name}\n", run.Error, StringComparison.Ordinal);

        Assert.Equal(0, Lint(_folder.Path, "--write-baseline", "--baseline", _folder[name]).Code);
        Assert.Equal(0, _folder.Run("lint", _folder.Path, "--write-baseline").Code);
    }

    [Fact]
    public void A_broken_baseline_is_one_error()
    {
        var run = Lint(_folder.Write("a.prompt", "x"), "--baseline", _folder.Write("known.json", "{"));

        Assert.Equal(2, run.Code);
        Assert.Contains("known.json: no baseline: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Configuration_is_found_above_the_file()
    {
        _folder.Write("kohaku.json", """{ "rules": { "underscore-in-tag": "error" } }""");

        Assert.Contains("error[KHK001]", Lint(_folder.Write("library/a.prompt", "long_hair")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_prompts_says_so()
    {
        var run = _folder.Run("lint", _folder.Path);

        Assert.Equal(0, run.Code);
        Assert.StartsWith("no prompt files in ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Configurations_that_extend_each_other_are_said_and_the_run_goes_on()
    {
        _folder.Write("kohaku.json", """{ "extends": "b.json" }""");
        _folder.Write("b.json", """{ "extends": "kohaku.json" }""");
        var run = _folder.Run("lint", _folder.Write("a.prompt", "long_hair"));

        Assert.Equal(1, run.Code);
        Assert.Contains("warning: b.json:1:14: extends: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_truncated_image_is_one_error()
    {
        var run = Lint(_folder.Write("a.png", [0x89, .. "PNG\r\n\u001a\n\0\0\0\rIHDR"u8]));

        Assert.Equal(2, run.Code);
        Assert.Equal(1, run.Error.Count(c => c == '\n'));
        Assert.StartsWith("error: a.png: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_quote_that_is_never_closed_is_said_with_its_place() =>
        Assert.StartsWith("error: styles.csv:2:3: ", Lint(_folder.Write("styles.csv", "name,prompt,negative_prompt\na,\"b\n")).Error, StringComparison.Ordinal);

    [Fact]
    public void Many_files_come_in_their_order_and_one_that_is_no_text_stops_none()
    {
        for (var i = 0; i < 200; i++) _folder.Write($"library/{i:000}.prompt", "1girl, long_hair");
        _folder.Write("library/100.prompt", new byte[] { 0xFF, 0x31, 0xFE, 0x00, 0xC3 });
        var run = Lint(_folder.Path, "--format", "concise", "--select", "KHK001");

        Assert.Equal(2, run.Code);
        Assert.Equal(
            Enumerable.Range(0, 200).Where(i => i != 100).Select(i => $"{i:000}.prompt"),
            run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => Path.GetFileName(line[..line.IndexOf(':', StringComparison.Ordinal)])));
        Assert.Contains("100.prompt", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_style_and_its_negative_prompt_are_one_prompt()
    {
        var run = Lint(_folder.Write("styles.csv", "name,prompt,negative_prompt\na,\"1girl, smile\",\"lowres, smile, bad_hands\"\n"), "--format", "concise");

        Assert.Contains("styles.csv:2:11: info[KHK106]", run.Output, StringComparison.Ordinal);
        Assert.Contains("styles.csv:2:34: warning[KHK001]", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_record_of_a_file_has_the_comments_that_a_record_of_a_stream_has()
    {
        const string record = """{"prompt": "1girl, #compass, solo"}""";
        var file = Lint(_folder.Write("a.jsonl", record), "--format", "jsonl", "--select", "KHK210");
        var stream = Cli.Run(["lint", "--input", "jsonl", "--format", "jsonl", "--select", "KHK210", "-"], record);

        Assert.Contains("KHK210", file.Output, StringComparison.Ordinal);
        Assert.Contains("KHK210", stream.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1girl, smile\\nNegative prompt: bad_hands\\nSteps: 20, Sampler: Euler a, Seed: 12", 31)]
    [InlineData("1girl, smile\\nNegative prompt: bad_hands", 31)]
    public void Infotext_in_a_record_is_read_as_infotext(string prompt, int column)
    {
        var record = $$"""{"prompt": "{{prompt}}"}""";
        const string rules = "KHK001,KHK206,KHK102";
        var file = Lint(_folder.Write("a.jsonl", record), "--format", "jsonl", "--select", rules);
        var stream = Cli.Run(["lint", "--input", "jsonl", "--format", "jsonl", "--select", rules, "-"], record);

        Assert.Equal(["KHK001"], Codes(file));
        Assert.Equal(
            $$"""{"line":1,"findings":[{"code":"KHK001","field":"prompt","column":{{column}},"endColumn":{{column + 9}},"fix":"bad hands"}]}""" + "\n",
            stream.Output);
    }

    [Theory]
    [InlineData("a, reverse:1999")]
    [InlineData("a\\nSteps: 20, reverse:1999")]
    public void A_prompt_in_a_record_is_no_infotext_for_a_number_at_its_end(string prompt) =>
        Assert.Contains("KHK206", Cli.Run(["lint", "--input", "jsonl", "--format", "jsonl", "--select", "KHK206", "-"], $$"""{"prompt": "{{prompt}}"}""").Output, StringComparison.Ordinal);

    [Fact]
    public void A_network_that_is_in_no_folder_is_reported()
    {
        _folder.Write("models/here.safetensors", new byte[16]);
        _folder.Write("kohaku.json", """{ "networks": ["models"] }""");
        var run = Lint(_folder.Write("a.prompt", "1girl, <lora:here:1>, <lora:gone:1>"), "--format", "jsonl", "--select", "KHK218");

        Assert.Equal(["KHK218"], Codes(run));
        Assert.Contains("gone", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void An_embedding_of_a_configured_folder_is_known()
    {
        _folder.Write("kohaku.json", """{ "sentences": "report", "embeddings": ["embeddings"] }""");
        var path = _folder.Write("a.prompt", "1girl, qqbadhands");
        _folder.Write("embeddings/other.pt", "");
        Assert.Equal(["KHK002"], Codes(Lint(path, "--format", "jsonl", "--select", "KHK002")));

        _folder.Write("embeddings/qqbadhands.pt", "");
        Assert.Empty(Codes(Lint(path, "--format", "jsonl", "--select", "KHK002")));
    }

    [Fact]
    public void Tokens_are_counted_where_a_prompt_may_be_too_long() =>
        Assert.Equal(["KHK302"], Codes(Lint(_folder.Write("a.prompt", string.Concat(Enumerable.Range(0, 300).Select(i => $"word {i}, "))), "--format", "jsonl", "--select", "KHK302")));

    [Fact]
    public void A_problem_in_the_configuration_is_said_and_the_run_goes_on()
    {
        _folder.Write("kohaku.json", """{ "rules": { "duplicate-tags": "error" } }""");
        var run = _folder.Run("lint", _folder.Write("a.prompt", "smile"));

        Assert.Equal(0, run.Code);
        Assert.StartsWith("warning: kohaku.json:1:", run.Error, StringComparison.Ordinal);
        Assert.Contains("the nearest is duplicate-tag", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_record_is_found_where_it_stands_in_its_file()
    {
        var path = _folder.Write("a.jsonl", "{\"prompt\": \"smile\"}\n{\"id\": 7, \"prompt\": \"\\u0031girl, long_hair\"}\n");

        Assert.StartsWith("a.jsonl:2:34: ", Lint(path, "--format", "concise").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_style_is_fixed_in_its_csv()
    {
        var path = _folder.Write("styles.csv", "name,prompt,negative_prompt\nmine,\"{prompt}, long_hair\",\n");
        Lint(path, "--fix");

        Assert.Equal("name,prompt,negative_prompt\nmine,\"{prompt}, long hair\",\n", _folder.Read("styles.csv"));
    }

    [Fact]
    public void Watch_lints_again_when_a_file_changes()
    {
        _folder.Write("a.prompt", "smile");
        _folder.Write("other.prompt", "smile");

        Assert.Equal(["a.prompt:1:1: warning[KHK001]"], Watched(() => _folder.Write("a.prompt", "long_hair"), "KHK001"));
    }

    [Fact]
    public void Watch_lints_a_folder_that_was_moved_in()
    {
        _folder.Write("library/a.prompt", "smile");
        _folder.Write("elsewhere/new/b.prompt", "long_hair");

        var found = Watched(() => Directory.Move(_folder["elsewhere/new"], _folder["library/new"]), "KHK001", "library");
        Assert.Equal(["library/new/b.prompt:1:1: warning[KHK001]"], found);
    }

    [Theory]
    [InlineData("kohaku.json", """{"rules": {"KHK104": "error"}}""")]
    [InlineData(".kohakuignore", "nothing/")]
    public void Watch_lints_all_when_what_decides_about_others_changes(string name, string text)
    {
        _folder.Write("a.prompt", "1girl, long_hair");

        Assert.Equal(2, Watched(() => _folder.Write(name, text), "KHK001", times: 2).Count(line => line == "a.prompt:1:8: warning[KHK001]"));
    }

    [Theory]
    [InlineData("jsonl")]
    [InlineData("lines")]
    public void Parts_of_a_stream_give_what_the_whole_gives(string form)
    {
        var lines = Enumerable.Range(0, 1000)
            .Select(i => form == "jsonl" ? $$"""{"id": {{i}}, "prompt": "1girl, long_hair, {{i}} smile, smile"}""" : $"1girl, long_hair, {i} smile, smile").ToList();
        lines[337] = "{ no record";
        lines[400] = "\ufeff" + lines[400];
        string Answers(int first, int end) =>
            Cli.Run(["lint", "--input", form, "--format", "jsonl", "--first-line", $"{first + 1}", "-"], string.Concat(lines[first..end].Select(line => line + "\n"))).Output;

        Assert.Equal(Answers(0, 1000), Answers(0, 1) + Answers(1, 400) + Answers(400, 401) + Answers(401, 1000));
    }

    [Fact]
    public void A_stream_may_be_longer_than_32_bits_count()
    {
        Assert.StartsWith("{\"line\":3000000000,", Cli.Run(["lint", "--input", "lines", "--format", "jsonl", "--first-line", "3000000000", "-"], "long_hair").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_first_line_belongs_to_a_stream()
    {
        Assert.Equal(2, Lint(_folder.Write("a.prompt", "smile"), "--first-line", "7").Code);
    }

    // What was found at the start and after a change, each up to its message.
    private List<string> Watched(Action change, string finding, string folder = "", int times = 1)
    {
        // So that a change that nobody saw is a failure, and no test without an end.
        using var stop = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        using var output = new ChangeThenStop(change, finding, times, stop);

        Assert.Equal(0, output.Run(Path.Combine(_folder.Path, folder)));
        Assert.True(output.Text.Split(finding).Length > times, output.Text);
        return [.. output.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line[(_folder.Path.Length + 1)..(line.IndexOf(']', StringComparison.Ordinal) + 1)])];
    }

    private Cli.Result Lint(params string[] arguments) => _folder.Run(["lint", .. arguments]);

    private static IEnumerable<string?> Codes(Cli.Result run) =>
        run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("code").GetString());
}
