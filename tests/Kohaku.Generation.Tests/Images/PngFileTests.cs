using CsCheck;
using Kohaku.Files;
using Kohaku.Generation.Images;

namespace Kohaku.Generation.Tests.Images;

public sealed class PngFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kohaku-png-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Any_pixels_come_back()
    {
        Gen.Select(Gen.Int[1, 40], Gen.Int[1, 40], Gen.Int[0, 3]).SelectMany((width, height, kind) =>
                Gen.Byte.Array[width * height * 3].Select(noise => new RgbImage(width, height, Pattern(noise, width, kind))))
            .Sample(image =>
            {
                var path = Path.Combine(_folder, $"{Guid.NewGuid():N}.png");
                Assert.Null(PngFile.Write(path, image, []));
                var read = ImageFile.Read(path);
                return (read.Width, read.Height) == (image.Width, image.Height) && read.Pixels.AsSpan().SequenceEqual(image.Pixels);
            }, iter: 200);
    }

    [Fact]
    public void Any_text_comes_back_through_the_projects_own_reader()
    {
        Gen.String[Gen.OneOf(Gen.Char[' ', '~'], Gen.Char['\u00A0', '\u00FF'], Gen.Char['ぁ', '龠'], Gen.Const('\n')), 0, 60].Sample(text =>
        {
            var path = Path.Combine(_folder, $"{Guid.NewGuid():N}.png");
            Assert.Null(PngFile.Write(path, Dot, [new PngText("parameters", text), new PngText("kohaku", "1girl")]));
            Assert.True(PngTexts.TryRead(path, out var texts, out _));
            return texts.SequenceEqual([new PngText("parameters", text), new PngText("kohaku", "1girl")]);
        }, iter: 300);
    }

    [Theory]
    [InlineData("1girl, solo", "tEXt")]
    [InlineData("café", "tEXt")]
    [InlineData("初音ミク", "iTXt")]
    [InlineData("Ã©", "iTXt")]
    public void Latin_1_is_a_tEXt_chunk_as_Pillow_writes_it_and_all_else_iTXt(string text, string chunk)
    {
        var bytes = PngFile.Encode(Dot, [new PngText("parameters", text)]);

        Assert.Equal(chunk, System.Text.Encoding.ASCII.GetString(bytes, 37, 4));
    }

    [Fact]
    public void A_file_that_is_there_stays_as_it_is()
    {
        var path = Path.Combine(_folder, "a.png");
        Assert.Null(PngFile.Write(path, Dot, []));
        var before = File.ReadAllBytes(path);

        var problem = PngFile.Write(path, new RgbImage(1, 1, [9, 9, 9]), []);

        Assert.Contains("exists, nothing was written", problem!.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFiles(_folder));
    }

    [Fact]
    public void Of_many_writers_of_one_name_one_wins_and_its_file_is_whole()
    {
        var path = Path.Combine(_folder, "a.png");
        var problems = new FileProblem?[16];
        Parallel.For(0, problems.Length, i => problems[i] = PngFile.Write(path, new RgbImage(1, 1, [(byte)i, 0, 0]), []));

        var winner = Array.FindIndex(problems, problem => problem is null);
        Assert.Equal(1, problems.Count(problem => problem is null));
        Assert.Equal(winner, ImageFile.Read(path).Pixels[0]);
        Assert.Equal([path], Directory.GetFiles(_folder));
    }

    private static RgbImage Dot { get; } = new(1, 1, [1, 2, 3]);

    // Noise, flat, slopes and columns: each filter of PNG is the best for one of them.
    private static byte[] Pattern(byte[] noise, int width, int kind) => [.. noise.Select((value, i) => kind switch
    {
        1 => (byte)7,
        2 => (byte)(i / 3 % width * 5 + i / 3 / width * 3),
        3 => (byte)(i / 3 % width * 37),
        _ => value,
    })];
}
