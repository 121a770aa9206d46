using System.Diagnostics;

namespace Kohaku.Security.Tests;

/// <summary>What is said, and what is written, depends on no language, no time zone and no clock.</summary>
public sealed class LocaleTests : IClassFixture<LocaleTests.Reference>
{
    private readonly Reference _reference;

    public LocaleTests(Reference reference) => _reference = reference;

    // The decimal sign is what the C library says of the locale: without it the locale is not there, and the test would prove nothing.
    [Theory]
    [InlineData("tr_TR", "UTF-8", ",")]
    [InlineData("de_DE", "UTF-8", ",")]
    [InlineData("ar_EG", "UTF-8", ".")]
    [InlineData("ar_SA", "UTF-8", ".")]
    [InlineData("fa_IR", "UTF-8", ".")]
    public void In_every_language_the_bytes_are_the_same(string language, string encoding, string decimalSign)
    {
        using var locales = new Folder();
        var name = $"{language}.{encoding}";
        Assert.Equal(0, Call("localedef", ["--no-archive", "-i", language, "-f", encoding, locales[name]], []).Code);
        (string, string?)[] environment = [("LOCPATH", locales.Root), ("LC_ALL", name), ("LANG", name)];
        Assert.Equal(decimalSign + "\n", Call("locale", ["decimal_point"], environment).Output);

        Assert.Equal(_reference.InUtf8, Tour.Take(_reference.Folder, [], environment));
    }

    [Theory]
    [InlineData("nonsense.UTF-8")]
    [InlineData("tr_TR.utf8")]
    public void A_locale_that_is_not_there_is_as_any(string name) =>
        Assert.Equal(_reference.InUtf8, Tour.Take(_reference.Folder, [], ("LC_ALL", name), ("LANG", name)));

    [Theory]
    [InlineData("POSIX")]
    [InlineData("tr_TR.ISO-8859-9")]
    [InlineData("nonsense")]
    public void Where_a_locale_is_not_UTF_8_pages_are_ASCII_and_all_else_is_the_same(string name)
    {
        var said = Tour.Take(_reference.Folder, [], ("LC_ALL", name));

        Assert.Equal(_reference.InC, said);
        Assert.All(said.Where(text => text.StartsWith("$ kohaku lint .", StringComparison.Ordinal)), text => Assert.DoesNotContain("┌", text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Asia/Kathmandu")]
    [InlineData("America/St_Johns")]
    [InlineData(":/nowhere")]
    [InlineData("XXX-25:61")]
    public void In_every_time_zone_the_bytes_are_the_same(string zone) =>
        Assert.Equal(_reference.InUtf8, Tour.Take(_reference.Folder, [], ("LC_ALL", "C.UTF-8"), ("TZ", zone)));

    [Theory]
    [InlineData("1969-07-20 20:17:40")]
    [InlineData("1985-10-26 01:21:00")]
    [InlineData("2040-02-29 23:59:59")]
    public void At_every_time_the_bytes_are_the_same(string time)
    {
        string[] clock = ["faketime", "-f", $"@{time}"];
        Assert.StartsWith(time[..4], Call("faketime", ["-f", $"@{time}", "date", "+%Y"], []).Output, StringComparison.Ordinal);
        Assert.Contains("to libfaketime.so.1 [0]: normal symbol `clock_gettime'", Program.Run(Program.Start(_reference.Folder.Root, clock, [("LD_DEBUG", "bindings")], "--version")).Error.Replace("/usr/lib/x86_64-linux-gnu/faketime/", "", StringComparison.Ordinal), StringComparison.Ordinal);

        Assert.Equal(_reference.InUtf8, Tour.Take(_reference.Folder, clock, ("LC_ALL", "C.UTF-8"), ("DONT_FAKE_MONOTONIC", "1")));
    }

    [Fact]
    public void A_clock_that_goes_back_loses_nothing_that_was_imported()
    {
        using var folder = new Folder();
        folder.Write("first.csv", "first tag of all,0,5000,\n");
        folder.Write("second.csv", "second tag of all,0,5000,\n");
        foreach (var (list, time) in (ReadOnlySpan<(string, string)>)[("first.csv", "2040-01-01 00:00:00"), ("second.csv", "1985-01-01 00:00:00")])
        {
            var import = Program.Run(Program.Start(folder.Root, ["faketime", "-f", $"@{time}"], [("DONT_FAKE_MONOTONIC", "1")], "tags", "import", list));
            Assert.True(import.Code == 0, import.Error);
        }

        foreach (var tag in (string[])["first tag of all", "second tag of all"]) Assert.Equal(0, folder.Run("tags", "info", tag).Code);
    }

    private static Outcome Call(string program, string[] arguments, (string Name, string? Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return Program.Run(start);
    }

    /// <summary>What the tour says in C, with and without UTF-8; the folder is the same for all, since paths are said.</summary>
    public sealed class Reference : IDisposable
    {
        internal Folder Folder { get; } = new();

        internal IReadOnlyList<string> InUtf8 { get; }

        internal IReadOnlyList<string> InC { get; }

        public Reference()
        {
            InUtf8 = Tour.Take(Folder, [], ("LC_ALL", "C.UTF-8"), ("TZ", "UTC"));
            InC = Tour.Take(Folder, [], ("LC_ALL", "C"), ("TZ", "UTC"));
        }

        public void Dispose() => Folder.Dispose();
    }
}
