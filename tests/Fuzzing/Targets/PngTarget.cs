using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Kohaku.Files;
using Kohaku.Fuzzing.Engine;
using Kohaku.Fuzzing.Texts;

namespace Kohaku.Fuzzing.Targets;

/// <summary>Images: any bytes are texts or one problem, in little memory; what the program writes it reads again; chunks that are sound are read as they were written.</summary>
internal sealed class PngTarget : Target
{
    /// <summary>What a hostile image may cost: a few texts of the greatest length, packed and as UTF-16.</summary>
    private const long MostMemory = 256L << 20;

    private static readonly string[] s_keywords = ["parameters", "prompt", "workflow", "kohaku", "Comment", ""];

    private readonly CaseFile _file = new();

    /// <summary>What is tested.</summary>
    public Func<string, (IReadOnlyList<PngText>?, FileProblem?)> Read { get; init; } = static path => PngTexts.TryRead(path, out var texts, out var problem) ? (texts, null) : (null, problem);

    /// <inheritdoc/>
    public override string Name => "png";

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Words { get; } = [.. new[] { "tEXt", "zTXt", "iTXt", "IEND", "IHDR", "IDAT", "parameters\0", "prompt\0", "\0\0\0\0", "\0\0\0\u0001", "{\"1\":{}}" }.Select(word => Encoding.Latin1.GetBytes(word))];

    /// <inheritdoc/>
    public override byte[] Make(Dice dice)
    {
        var image = new List<byte>([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        Chunk(image, "IHDR", [0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0], dice);
        for (var texts = dice.Length(4); texts > 0; texts--) Text(image, dice);
        if (!dice.OneIn(10)) Chunk(image, "IEND", [], dice);
        return [.. image];
    }

    /// <inheritdoc/>
    public override void Check(byte[] input)
    {
        var path = _file.Write("a.png", input);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var (texts, problem) = Read(path);
        Must.Hold(texts is not null != problem is not null, "an image has texts or a problem");
        Must.Hold(GC.GetAllocatedBytesForCurrentThread() - before < MostMemory, "an image costs little memory");
        if (problem is not null) Must.Hold(problem.Path == path && problem.Message.Length > 0, "a problem says where and what");
        else Must.Same(Sound(input), texts!.Select(text => (text.Keyword, text.Text)), "sound texts are read as they were written");

        var opened = HostDocument.TryRead(path, InputKind.Png, HostOptions.Default, out var document, out var fault);
        Must.Hold(opened == document is not null && opened == fault is null, "an image is a document or has a problem");
        if (texts is null) Must.Hold(!opened, "an image without sound texts is no document");
        if (document is not null) Must.Hold(document.Prompts.All(prompt => prompt.Text.Map.ToHost(prompt.Text.Text.Length) <= document.File.Text.Length), "a prompt lies in its chunk");
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _file.Dispose();
        base.Dispose();
    }

    // The specification's layout, read once more in the plainest way, of an image that was accepted.
    private static IEnumerable<(string, string)> Sound(byte[] image)
    {
        for (var at = 8; at + 12 <= image.Length;)
        {
            var size = BinaryPrimitives.ReadInt32BigEndian(image.AsSpan(at));
            var type = Encoding.ASCII.GetString(image, at + 4, 4);
            var data = image.AsSpan(at + 8, size).ToArray();
            at += 12 + size;
            if (type == "IEND") yield break;
            if (type is not ("tEXt" or "zTXt" or "iTXt")) continue;

            var end = Array.IndexOf(data, (byte)0);
            var keyword = Encoding.Latin1.GetString(data, 0, end);
            var rest = data[(end + 1)..];
            if (type == "iTXt")
            {
                var packed = rest[0] != 0;
                rest = rest[2..];
                for (var i = 0; i < 2; i++) rest = rest[(Array.IndexOf(rest, (byte)0) + 1)..];
                yield return (keyword, Encoding.UTF8.GetString(packed ? Unpacked(rest) : rest));
            }
            else
            {
                if (type == "zTXt") rest = Unpacked(rest[1..]);
                yield return (keyword, System.Text.Unicode.Utf8.IsValid(rest) ? Encoding.UTF8.GetString(rest) : Encoding.Latin1.GetString(rest));
            }
        }
    }

    private static byte[] Unpacked(byte[] packed)
    {
        using var stream = new ZLibStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        stream.CopyTo(plain);
        return plain.ToArray();
    }

    private static void Text(List<byte> image, Dice dice)
    {
        var keyword = Encoding.Latin1.GetBytes(s_keywords[dice.Below(s_keywords.Length)]);
        var text = dice.OneIn(400) ? new byte[dice.Pick(1 << 20, 17 << 20)] : WildText.Bytes(PromptTexts.Of(dice, 8));
        byte[] packed = dice.OneIn(8) ? text : Packed(text, dice);
        switch (dice.Below(4))
        {
            case 0:
                Chunk(image, "tEXt", [.. keyword, 0, .. text], dice);
                break;
            case 1:
                Chunk(image, "zTXt", [.. keyword, 0, (byte)(dice.OneIn(20) ? 1 : 0), .. packed], dice);
                break;
            case 2:
                Chunk(image, "iTXt", [.. keyword, 0, 1, 0, .. "en\0"u8, .. "\0"u8, .. packed], dice);
                break;
            default:
                Chunk(image, "iTXt", [.. keyword, 0, 0, 0, .. (dice.OneIn(10) ? ReadOnlySpan<byte>.Empty : "\0"u8), .. "\0"u8, .. text], dice);
                break;
        }
    }

    private static byte[] Packed(byte[] text, Dice dice)
    {
        using var packed = new MemoryStream();
        using (var stream = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true)) stream.Write(text);
        var bytes = packed.ToArray();
        if (dice.OneIn(10) && bytes.Length > 0) bytes[dice.Below(bytes.Length)] ^= (byte)(1 << dice.Below(8));
        return dice.OneIn(20) ? bytes[..dice.Below(bytes.Length)] : bytes;
    }

    private static void Chunk(List<byte> image, string type, byte[] data, Dice dice)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(type), .. data];
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, dice.OneIn(60) ? dice.Pick(int.MaxValue, -1, data.Length + 1, 0, 1 << 25) : data.Length);
        var sum = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(sum, Crc32.Of(body) ^ (dice.OneIn(60) ? 1u : 0u));
        image.AddRange([.. length, .. body, .. sum]);
    }
}
