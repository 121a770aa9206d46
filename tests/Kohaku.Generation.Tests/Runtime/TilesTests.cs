using CsCheck;
using Kohaku.Generation.Runtime;

namespace Kohaku.Generation.Tests.Runtime;

public sealed class TilesTests
{
    [Fact]
    public void Tiles_cover_a_side_overlap_as_asked_and_their_weights_add_up_to_one() =>
        Gen.Select(Gen.Int[1, 700], Gen.Int[40, 200]).Sample((length, size) =>
        {
            const int overlap = 16;
            var tiles = Tiles.Of(length, size, overlap);
            var sums = new double[length];
            for (var tile = 0; tile < tiles.Starts.Count; tile++)
            {
                for (var i = 0; i < tiles.Size; i++) sums[tiles.Starts[tile] + i] += tiles.WeightsOf(tile)[i];
                if (tile > 0 && tiles.Starts[tile - 1] + tiles.Size - tiles.Starts[tile] < overlap) return false;
            }

            return tiles.Size <= size && tiles.Starts[0] == 0 && tiles.Starts[^1] + tiles.Size == length && sums.All(sum => Math.Abs(sum - 1) < 1e-5);
        });

    [Fact]
    public void A_side_that_fits_is_one_tile()
    {
        var tiles = Tiles.Of(128, 128, 32);
        Assert.Equal([0], tiles.Starts);
        Assert.Equal(128, tiles.Size);
    }

    [Fact]
    public void What_is_cut_and_added_again_is_what_it_was()
    {
        var (rows, columns) = (Tiles.Of(61, 24, 8), Tiles.Of(50, 24, 8));
        var source = new float[2 * 61 * 50];
        for (var i = 0; i < source.Length; i++) source[i] = MathF.Sin(i);
        var target = new float[source.Length];
        for (var row = 0; row < rows.Starts.Count; row++)
        {
            for (var column = 0; column < columns.Starts.Count; column++)
                TiledImages.Add(TiledImages.Cut(source, 2, rows, row, columns, column), target, 2, rows, row, columns, column);
        }

        Graphs.Close.To(source, target, 1e-5);
    }
}
