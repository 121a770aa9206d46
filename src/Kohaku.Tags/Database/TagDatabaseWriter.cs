using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Kohaku.Tags;

/// <summary>Fills a new database with the facts of an index; tag n of the index has id n + 1.</summary>
internal sealed class TagDatabaseWriter(SqliteConnection connection, TagIndex index, IProgress<ImportProgress>? progress, CancellationToken cancellation)
{
    /// <summary>Writes everything.</summary>
    public void WriteAll()
    {
        WriteWords();
        WriteTags();
        WriteSpellings("INSERT INTO aliases (tag, name) VALUES ($a, $b)", index.Count, index.NamesAndAliases);
        WriteImplications();
        WriteSpellings("INSERT INTO translations (tag, text) VALUES ($a, $b)", index.NamesAndAliases, index.NamesAndAliases + index.TranslationCount);
    }

    private void WriteWords()
    {
        Insert("INSERT INTO meta (key, value) VALUES ($a, $b)", 2, insert =>
        {
            insert("as_of", index.AsOf.ToString(CultureInfo.InvariantCulture));
            insert("content", index.ContentHash);
            insert("facts", Sum());
        });
        Insert("INSERT INTO categories (id, name) VALUES ($a, $b)", 2, insert =>
        {
            foreach (var category in (TagCategory[])[TagCategory.General, TagCategory.Artist, TagCategory.Series, TagCategory.Character, TagCategory.Meta])
            {
                insert((long)category, category.Word());
            }
        });
        Insert("INSERT INTO flags (bit, name) VALUES ($a, $b)", 2, insert =>
        {
            foreach (var flag in (TagFlags[])[TagFlags.RemovedLater, TagFlags.Untrained, TagFlags.Deprecated])
            {
                insert((long)flag, flag.Words());
            }
        });
    }

    private string Sum()
    {
        var sum = new FactSum();
        sum.AsOf(index.AsOf);
        for (var tag = 0; tag < index.Count; tag++)
        {
            var name = index.KeyString(tag);
            var record = index.Records[tag];
            sum.Tag(name, (long)record.Category, record.Posts, (long)record.Flags);
            foreach (var alias in index.AliasesOf(tag)) sum.Alias(name, alias);
            foreach (var text in index.TranslationTexts(tag)) sum.Translation(name, text);
            foreach (var implied in index.ImplicationsOf(tag))
            {
                if ((implied & 1) != 0) sum.Implication(name, index.KeyString(implied >> 1));
            }
        }

        return sum.ToString();
    }

    private void WriteTags() => Insert("INSERT INTO tags (id, name, category, posts, flags) VALUES ($a, $b, $c, $d, $e)", 5, insert =>
    {
        for (var tag = 0; tag < index.Count; tag++)
        {
            Report(tag);
            var record = index.Records[tag];
            insert(tag + 1L, index.KeyString(tag), (long)record.Category, (long)record.Posts, (long)record.Flags);
        }
    });

    private void WriteSpellings(string statement, int first, int end) => Insert(statement, 2, insert =>
    {
        for (var key = first; key < end; key++)
        {
            Report(key);
            insert(index.TagOf(key) + 1L, index.KeyString(key));
        }
    });

    private void WriteImplications() => Insert("INSERT INTO implications (tag, implied) VALUES ($a, $b)", 2, insert =>
    {
        for (var tag = 0; tag < index.Count; tag++)
        {
            foreach (var implied in index.ImplicationsOf(tag))
            {
                if ((implied & 1) != 0)
                {
                    insert(tag + 1L, (implied >> 1) + 1L);
                }
            }
        }
    });

    private void Insert(string statement, int columns, Action<Inserting> rows)
    {
        using var command = connection.CreateCommand();
        command.CommandText = statement;
        for (var column = 0; column < columns; column++)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = $"${(char)('a' + column)}" });
        }

        rows(values =>
        {
            for (var column = 0; column < values.Length; column++)
            {
                command.Parameters[column].Value = values[column];
            }

            command.ExecuteNonQuery();
        });
    }

    private void Report(int key)
    {
        if (key % 4096 == 0)
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Report(new ImportProgress("writing the database", key, index.NamesAndAliases + index.TranslationCount));
        }
    }

    private delegate void Inserting(params object[] values);
}
