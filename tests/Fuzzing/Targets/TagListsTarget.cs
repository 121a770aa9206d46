using System.Text;
using Kohaku.Fuzzing.Engine;
using Kohaku.Fuzzing.Texts;
using Kohaku.Tags;

namespace Kohaku.Fuzzing.Targets;

/// <summary>Lists of tags (CSV, TSV, fact files, translations): any bytes are rows or one error that names the file; what was read makes a sound index and database, and is found there.</summary>
/// <remarks>An input's first byte says which form the rest has.</remarks>
internal sealed class TagListsTarget : Target
{
    private const int MostRowsInDatabase = 40;

    private static readonly string[] s_pieces =
    [
        ",", "\t", "\n", "\r\n", "\"", "\"\"", " ", "0", "1", "3", "4", "5", "9", "general", "artist", "character", "copyright", "100", "1000000", "99999999999", "-1", "1e3", "1girl", "long_hair", "Long Hair", "a_(b)", "長髪", "é", "name", "tag", "category", "count", "alias", "aliases",
        "removed-later", "untrained", "deprecated", "kohaku-tags\t1\tgeneral\t2023-11-30\n", "kohaku-tags", "2023-13-40", "\0", "\uFEFF", "#", "_", "__",
    ];

    private readonly CaseFile _file = new();
    private int _number;

    /// <summary>What is tested.</summary>
    public Func<string, bool, TagList> Read { get; init; } = static (path, isTranslations) => isTranslations ? TagLists.Translations(path) : TagLists.Read(path);

    /// <inheritdoc/>
    public override string Name => "taglists";

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Words { get; } = [.. s_pieces.Select(piece => Encoding.UTF8.GetBytes(piece)), [0xFF]];

    /// <inheritdoc/>
    public override byte[] Make(Dice dice)
    {
        var form = dice.Below(4);
        var divider = form is 1 or 2 ? "\t" : ",";
        var text = new StringBuilder(form == 2 ? "kohaku-tags\t1\tgeneral\t2023-11-30\n" : dice.OneIn(4) ? "name,category,count,alias\n" : "");
        for (var rows = dice.Length(10); rows > 0; rows--)
        {
            text.Append(dice.OneIn(12) ? dice.Pick(s_pieces) : PromptTexts.Tag(dice).Replace(' ', '_'));
            if (form == 3) text.Append(',').Append(dice.OneIn(3) ? "\"a, b\"" : PromptTexts.Tag(dice));
            else if (form == 2) text.Append('\t').Append(dice.Below(5000)).Append(dice.Pick("", "\tb c", "\t\t1girl solo", "\t\t\tdeprecated"));
            else
            {
                text.Append(divider).Append(dice.OneIn(12) ? dice.Pick(s_pieces) : dice.Below(6).ToString(System.Globalization.CultureInfo.InvariantCulture)).Append(divider).Append(dice.OneIn(12) ? dice.Pick(s_pieces) : dice.Below(100_000));
                if (dice.OneIn(2)) text.Append(divider).Append(dice.OneIn(3) ? dice.Pick(s_pieces) : "\"x_y,z\"");
            }

            text.Append(dice.OneIn(8) ? "\r\n" : "\n");
        }

        return [(byte)form, .. WildText.Bytes(text.ToString())];
    }

    /// <inheritdoc/>
    public override void Check(byte[] input)
    {
        var form = input.Length > 0 ? input[0] & 3 : 0;
        var bytes = input.AsSpan(Math.Min(1, input.Length));
        var path = _file.Write(form is 1 or 2 ? "a.tsv" : "a.csv", bytes);
        TagList list;
        try
        {
            list = Read(path, form == 3);
        }
        catch (TagDataException error)
        {
            Must.Hold(error.Message.StartsWith(path, StringComparison.Ordinal) && error.Message.Length > path.Length + 3, "an error names the file and says what is wrong", () => error.Message);
            Must.Hold(error.Message.IndexOf('\n', StringComparison.Ordinal) < 0 || bytes.IndexOf((byte)'\n') >= 0, "an error is one line");
            return;
        }

        CheckList(list);
        _number++;
    }

    /// <inheritdoc/>
    public override string Show(byte[] input) => input.Length == 0 ? "" : $"{input[0] & 3} {Shown.Of(WildText.Of(input.AsSpan(1)))}";

    /// <inheritdoc/>
    public override void Dispose()
    {
        _file.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override IEnumerable<byte[]> Begin() => Corpus.Of("taglists").SelectMany(text => new byte[] { 0, 1, 2, 3 }.Select(form => (byte[])[form, .. text]));

    private void CheckList(TagList list)
    {
        foreach (var row in list.Rows)
        {
            Must.Hold(row.Name.Length > 0 && row.Posts >= 0, "a tag has a name and a number of posts");
            Must.Hold(Enum.IsDefined(row.Category), "a tag has a category that there is");
        }

        using var index = TagIndex.FromBytes(list.ToIndex().Build());
        index.Verify();
        foreach (var row in list.Rows)
        {
            var name = TagText.Normalised(row.Name);
            if (name.Length == 0 || LeftOut.Is(name)) continue;
            Must.Hold(index.TryFind(row.Name, out var match) && index.KeyString(match.Tag.Value) == name, "a tag that was read is found", () => row.Name);
        }

        if (list.Rows.Count is 0 or > MostRowsInDatabase || _number % 16 != 0) return;

        // Through the database and back nothing is lost.
        var database = Path.Combine(_file.Folder, "a.db");
        File.Delete(database);
        TagDatabase.Write(database, index);
        TagDatabase.Verify(database);
        using var again = TagIndex.FromBytes(TagDatabase.Read(database).ToIndex().Build());
        Must.Equal(index.ContentHash, again.ContentHash, "a database gives back the tags that were written");
    }
}
