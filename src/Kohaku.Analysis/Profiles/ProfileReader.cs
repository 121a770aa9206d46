using System.Buffers.Binary;
using System.Text;

namespace Kohaku.Analysis.Profiles;

/// <summary>Reads a compiled profile.</summary>
internal ref struct ProfileReader(byte[] file)
{
    private readonly byte[] file = file;
    private int position;

    private delegate T ReadItem<T>(ref ProfileReader reader);

    public Profile Read()
    {
        try
        {
            if (Int() != (int)ProfileWriter.Magic) throw new InvalidDataException("this is no compiled profile");
            if (Int() is var version and not ProfileWriter.Version)
            {
                throw new InvalidDataException($"this compiled profile has version {version}; this program reads version {ProfileWriter.Version}");
            }

            var data = new ProfileData(
                Text(),
                Text(),
                List(static (ref r) => new Section(r.Text(), r.List(static (ref s) => (SectionPart)s.Int()))),
                List(static (ref r) => new PeopleCountWord(r.Text(), r.TextOrNull(), r.Int(), r.Int())),
                List(static (ref r) => new QualityWord(r.Text(), r.Int(), (QualityEnd)r.Int())),
                List(static (ref r) => new RatingWord(r.Text(), r.Text(), r.Int() != 0, r.TextOrNull())),
                List(static (ref r) => new DateWord(r.Text(), r.Int(), r.Int())),
                [],
                List(static (ref r) => r.Text()),
                new Thresholds(Int(), Int()),
                new EmphasisRange(Double(), Double(), List(static (ref r) => r.Double()), Text()),
                new Resolution(Int(), Int(), Int(), Int(), Int(), Int(), Double()),
                new GenerationDefaults(Int(), Text(), Text(), Double(), Int(), Int(), Int()),
                new UntrainedWords(List(static (ref r) => r.Text()), List(static (ref r) => r.Text())),
                Int());
            var pool = Text();
            return new Profile(data, new WordTable(file, Bytes(), Bytes(), pool));
        }
        catch (ArgumentOutOfRangeException cut)
        {
            throw new InvalidDataException("this compiled profile is cut short", cut);
        }
    }

    private T[] List<T>(ReadItem<T> read)
    {
        var count = Int();
        if (count < 0 || count > file.Length - position) throw new InvalidDataException("this compiled profile is cut short");

        var items = new T[count];
        for (var i = 0; i < items.Length; i++) items[i] = read(ref this);
        return items;
    }

    private string Text() => Encoding.UTF8.GetString(file.AsSpan(Bytes()));

    private string? TextOrNull() => Text() is { Length: > 0 } text ? text : null;

    private Range Bytes()
    {
        var length = Int();
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, file.Length - position);
        position += length;
        return (position - length)..position;
    }

    private int Int()
    {
        var value = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(position));
        position += sizeof(int);
        return value;
    }

    private double Double()
    {
        var value = BinaryPrimitives.ReadDoubleLittleEndian(file.AsSpan(position));
        position += sizeof(double);
        return value;
    }
}
