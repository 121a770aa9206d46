using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Kohaku.Analysis.Profiles;

/// <summary>Writes a profile in the form that <see cref="ProfileReader"/> takes: fields one after the other, little-endian, strings as UTF-8 with their length before them.</summary>
internal sealed class ProfileWriter
{
    /// <summary>First in every compiled profile.</summary>
    public const uint Magic = 0x50_4B_48_4B;

    /// <summary>Rises with every change of the form.</summary>
    public const ushort Version = 1;

    private readonly ArrayBufferWriter<byte> written = new();

    /// <summary>The whole of a compiled profile.</summary>
    public static byte[] Write(ProfileData data)
    {
        var writer = new ProfileWriter();
        writer.Int((int)Magic);
        writer.Int(Version);
        writer.Text(data.Id);
        writer.Text(data.Title);
        writer.List(data.Sections, section =>
        {
            writer.Text(section.Name);
            writer.List(section.Parts, part => writer.Int((int)part));
        });
        writer.Words(data);
        writer.Numbers(data);
        writer.WordTable(data);
        return writer.written.WrittenSpan.ToArray();
    }

    private void Words(ProfileData data)
    {
        List(data.PeopleCounts, count =>
        {
            Text(count.Word);
            Text(count.Group ?? "");
            Int(count.Minimum);
            Int(count.Maximum);
        });
        List(data.Qualities, quality =>
        {
            Text(quality.Word);
            Int(quality.Percentile);
            Int((int)quality.End);
        });
        List(data.Ratings, rating =>
        {
            Text(rating.Word);
            Text(rating.Danbooru);
            Int(rating.Sexual ? 1 : 0);
            Text(rating.GoesWith ?? "");
        });
        List(data.Dates, date =>
        {
            Text(date.Word);
            Int(date.First);
            Int(date.Last);
        });
        List(data.YearForms, Text);
    }

    private void Numbers(ProfileData data)
    {
        Int(data.Thresholds.Strong);
        Int(data.Thresholds.Weak);
        Double(data.Emphasis.Weak);
        Double(data.Emphasis.Maximum);
        List(data.Emphasis.Choices, Double);
        Text(data.Emphasis.Mode);
        Int(data.Resolution.HardMinimum);
        Int(data.Resolution.TrainedMinimum);
        Int(data.Resolution.Maximum);
        Int(data.Resolution.Multiple);
        Int(data.Resolution.BucketArea);
        Int(data.Resolution.BucketStep);
        Double(data.Resolution.RecommendedScale);
        Int(data.Generation.Steps);
        Text(data.Generation.Sampler);
        Text(data.Generation.Schedule);
        Double(data.Generation.GuidanceScale);
        Int(data.Generation.Width);
        Int(data.Generation.Height);
        Int(data.Generation.ClipSkip);
        List(data.Untrained.Meta, Text);
        List(data.Untrained.Artist, Text);
        Int(data.KeepUnderscoreUpTo);
    }

    /// <summary>The special words and their synonyms, hashed.</summary>
    private void WordTable(ProfileData data)
    {
        var pool = new StringBuilder();
        var entries = new List<(WordEntry Entry, string Folded)>();
        foreach (var (kind, words) in SpecialWords(data))
        {
            for (var i = 0; i < words.Count; i++) Add(words[i], words[i], kind, i, WordUse.Special);
        }

        foreach (var synonym in data.Synonyms)
        {
            Add(synonym.Word, synonym.Replacement, synonym.Kind, 0, synonym.IsCertain ? WordUse.CertainSynonym : WordUse.LikelySynonym);
        }

        var slots = new ushort[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(4, entries.Count * 2))];
        for (var i = 0; i < entries.Count; i++)
        {
            var slot = Profiles.WordTable.Hash(entries[i].Folded) & (uint)(slots.Length - 1);
            while (slots[slot] != 0) slot = (slot + 1) & (uint)(slots.Length - 1);
            slots[slot] = (ushort)(i + 1);
        }

        Text(pool.ToString());
        Bytes(MemoryMarshal.AsBytes(slots.AsSpan()));
        Bytes(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(entries.ConvertAll(e => e.Entry))));

        void Add(string word, string replacement, SpecialKind kind, int index, WordUse use)
        {
            var folded = Folded(word);
            entries.Add((
                new WordEntry
                {
                    Start = Pool(folded),
                    Length = (ushort)folded.Length,
                    ReplacementStart = Pool(replacement),
                    ReplacementLength = (ushort)replacement.Length,
                    Kind = kind,
                    Index = (byte)index,
                    Use = use,
                },
                folded));
        }

        ushort Pool(string text)
        {
            var at = pool.ToString().IndexOf(text, StringComparison.Ordinal);
            if (at >= 0) return (ushort)at;
            at = pool.Length;
            pool.Append(text);
            return checked((ushort)at);
        }
    }

    /// <summary>The form in which words are compared.</summary>
    public static string Folded(string word)
    {
        Span<char> folded = stackalloc char[Profiles.WordTable.LongestWord];
        return folded[..Profiles.WordTable.Fold(word, folded)].ToString();
    }

    /// <summary>All special words by kind.</summary>
    public static IEnumerable<(SpecialKind Kind, IReadOnlyList<string> Words)> SpecialWords(ProfileData data) =>
    [
        (SpecialKind.PeopleCount, [.. data.PeopleCounts.Select(word => word.Word)]),
        (SpecialKind.Quality, [.. data.Qualities.Select(word => word.Word)]),
        (SpecialKind.Rating, [.. data.Ratings.Select(word => word.Word)]),
        (SpecialKind.Date, [.. data.Dates.Select(word => word.Word)]),
    ];

    private void List<T>(IReadOnlyList<T> items, Action<T> write)
    {
        Int(items.Count);
        foreach (var item in items) write(item);
    }

    private void Text(string text) => Bytes(Encoding.UTF8.GetBytes(text));

    private void Bytes(ReadOnlySpan<byte> bytes)
    {
        Int(bytes.Length);
        written.Write(bytes);
    }

    private void Int(int value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        written.Write(bytes);
    }

    private void Double(double value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(double)];
        BinaryPrimitives.WriteDoubleLittleEndian(bytes, value);
        written.Write(bytes);
    }
}
