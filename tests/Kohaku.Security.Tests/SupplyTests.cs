using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Kohaku.Architecture.Tests;

namespace Kohaku.Security.Tests;

/// <summary>What comes from elsewhere is what the lock files say, and its licences are told.</summary>
public sealed partial class SupplyTests
{
    private static string Root => Repository.Root;

    private static string Notices => File.ReadAllText(Path.Combine(Root, "THIRD-PARTY-NOTICES.md"));

    public static TheoryData<string> Locks => [.. Git("ls-files", "*packages.lock.json")];

    [Theory]
    [MemberData(nameof(Locks))]
    public void Every_package_of_a_lock_file_is_in_the_list(string file)
    {
        var notices = Notices;
        foreach (var (name, package) in JsonNode.Parse(File.ReadAllText(Path.Combine(Root, file)))!["dependencies"]!.AsObject().SelectMany(framework => framework.Value!.AsObject()))
        {
            if (package!["type"]!.GetValue<string>() == "Project") continue;
            Assert.True(notices.Contains($"| {name} | {package["resolved"]} | ", StringComparison.Ordinal), $"{name} {package["resolved"]} of {file} is not in THIRD-PARTY-NOTICES.md: npm run licences");
            Assert.NotNull(package["contentHash"]);
        }
    }

    [Theory]
    [InlineData("vscode-extension")]
    [InlineData("tests/EndToEnd")]
    [InlineData("tests/Protocol")]
    public void Every_package_of_npm_is_in_the_list_and_has_a_checksum(string folder)
    {
        var notices = Notices;
        foreach (var (place, package) in JsonNode.Parse(File.ReadAllText(Path.Combine(Root, folder, "package-lock.json")))!["packages"]!.AsObject().Where(entry => entry.Key.Length > 0))
        {
            var name = place[(place.LastIndexOf("node_modules/", StringComparison.Ordinal) + "node_modules/".Length)..];
            Assert.True(notices.Contains($"| {name} | {package!["version"]} | ", StringComparison.Ordinal), $"{name} {package["version"]} of {folder} is not in THIRD-PARTY-NOTICES.md: npm run licences");
            Assert.StartsWith("sha512-", package["integrity"]!.GetValue<string>(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_list_names_nothing_that_no_lock_file_names()
    {
        var locks = string.Concat(Git("ls-files", "*packages.lock.json", "*package-lock.json").Select(file => File.ReadAllText(Path.Combine(Root, file))));
        var rows = Row().Matches(Notices);

        Assert.True(rows.Count > 100);
        Assert.All(rows, row => Assert.True(
            locks.Contains($"\"{row.Groups["name"]}\"", StringComparison.Ordinal) || locks.Contains($"node_modules/{row.Groups["name"]}\"", StringComparison.Ordinal), $"{row.Groups["name"]}: npm run licences"));
    }

    [Fact]
    public void Every_licence_allows_what_is_done()
    {
        // Read once by a person; another one needs such a reading, and then a place here.
        string[] shipping = ["MIT", "Apache-2.0", "BSD-3-Clause", "ISC", "BlueOak-1.0.0", "CC-BY-4.0"];
        string[] tools = [.. shipping, "BSD-2-Clause", "0BSD", "Artistic-2.0", "PSF-2.0", "LicenseRef-Microsoft"];
        var parts = Notices.Split("## To build and to test");

        Assert.All(Row().Matches(parts[0]), row => Assert.Contains(row.Groups["licence"].Value, shipping));
        Assert.All(Row().Matches(parts[1]), row => Assert.Contains(row.Groups["licence"].Value, tools));
    }

    [Fact]
    public void The_list_is_as_it_would_be_written_anew()
    {
        var run = Call("node", Path.Combine(Root, ".ci", "licences.mjs"), "--check");
        Assert.True(run.Code == 0, run.Error);
    }

    [Fact]
    public void What_ships_carries_its_licences()
    {
        if (Environment.GetEnvironmentVariable("KOHAKU_NATIVE") is not { Length: > 0 } native) return;

        var folder = Path.GetDirectoryName(native)!;
        Assert.Equal(Notices, File.ReadAllText(Path.Combine(folder, "THIRD-PARTY-NOTICES.md")));
        Assert.Equal(File.ReadAllText(Path.Combine(Root, "LICENSE")), File.ReadAllText(Path.Combine(folder, "LICENSE")));
        foreach (var package in (string[])["Microsoft.ML.OnnxRuntime", "SkiaSharp.NativeAssets.Linux.NoDependencies", "Microsoft.DotNet.ILCompiler", "StreamJsonRpc"])
            Assert.True(new FileInfo(Path.Combine(folder, "notices", $"{package}.txt")).Length > 10_000, package);
    }

    [Fact]
    public void A_restore_refuses_a_lock_file_that_does_not_fit()
    {
        // A project of its own with what the house sets for all: a whole restore of the house would take minutes.
        using var folder = new Folder();
        File.Copy(Path.Combine(Root, "Directory.Build.props"), folder["Directory.Build.props"]);
        File.Copy(Path.Combine(Root, "Directory.Packages.props"), folder["Directory.Packages.props"]);
        File.Copy(Path.Combine(Root, "BannedSymbols.txt"), folder["BannedSymbols.txt"]);
        folder.Write("src/Own/Own.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\"><ItemGroup><PackageReference Include=\"Newtonsoft.Json\" /></ItemGroup></Project>");
        Assert.True(Restore(folder, "").Code == 0, Restore(folder, "").Output);
        Assert.Equal(0, Restore(folder, "true").Code);

        var sound = folder.Read("src/Own/packages.lock.json");
        foreach (var (changed, error) in (ReadOnlySpan<(string, string)>)[
            (Hash().Replace(sound, "\"contentHash\": \"AAAA"), "NU1403"),
            (sound.Replace("\"Newtonsoft.Json\"", "\"Newtonsoft.Json.Bson\"", StringComparison.Ordinal), "NU1004"),
            (sound.Replace("\"requested\": \"[13", "\"requested\": \"[12", StringComparison.Ordinal), "NU1004")])
        {
            Assert.NotEqual(sound, changed);
            folder.Write("src/Own/packages.lock.json", changed);
            var run = Restore(folder, "true");
            Assert.True(run.Code != 0, error);
            Assert.Contains(error, run.Output, StringComparison.Ordinal);
            Assert.Equal(changed, folder.Read("src/Own/packages.lock.json"));
        }
    }

    [Fact]
    public void Every_project_restores_by_its_lock_file_and_npm_by_its_own()
    {
        var build = XDocument.Load(Path.Combine(Root, "Directory.Build.props"));
        Assert.Equal("true", build.Descendants("RestorePackagesWithLockFile").Single().Value);
        Assert.StartsWith("'$(CI)' == 'true'", build.Descendants("RestoreLockedMode").Single().Attribute("Condition")!.Value, StringComparison.Ordinal);
        foreach (var script in Git("ls-files", ".ci/*", "tests/EndToEnd/install.sh"))
        {
            // What code-server ships has a lock file that npm ci refuses: install.sh says so.
            var text = File.ReadAllText(Path.Combine(Root, script)).Replace("npm install --omit=dev --ignore-scripts", "", StringComparison.Ordinal);
            Assert.DoesNotMatch(@"(?m)^[^#]*npm (install|i|update)\b", text);
        }
    }

    private static Outcome Restore(Folder folder, string ci)
    {
        var start = Start("dotnet", ["restore", folder["src/Own"], "--force", "--nologo", "-v", "quiet"]);
        start.WorkingDirectory = folder.Root;
        start.Environment["CI"] = ci;
        return Program.Run(start);
    }

    private static string[] Git(params string[] arguments) => Call("git", ["-C", Root, .. arguments]).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static Outcome Call(string program, params string[] arguments) => Program.Run(Start(program, arguments));

    private static ProcessStartInfo Start(string program, string[] arguments) =>
        new(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };

    [GeneratedRegex(@"(?m)^\| (?!package )(?<name>[^| ]+) \| [^| ]+ \| (?<licence>[^| ]+) \|")]
    private static partial Regex Row();

    [GeneratedRegex("\"contentHash\": \"....")]
    private static partial Regex Hash();
}
