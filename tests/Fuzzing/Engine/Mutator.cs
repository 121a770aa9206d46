namespace Kohaku.Fuzzing.Engine;

/// <summary>Damages an input as AFL's havoc stage does: a few small changes, one upon the other.</summary>
internal static class Mutator
{
    private const int MostChanges = 6;

    /// <summary>The changed input.</summary>
    /// <param name="input">What is changed; it stays as it is.</param>
    /// <param name="other">Gives pieces.</param>
    /// <param name="target">Knows words and the longest input.</param>
    /// <param name="dice">Decides.</param>
    public static byte[] Change(byte[] input, byte[] other, Target target, Dice dice)
    {
        var bytes = new List<byte>(input);
        for (var i = 1 + dice.Below(MostChanges); i > 0; i--) ChangeOnce(bytes, other, target.Words, dice);
        if (bytes.Count > target.MaximumLength) bytes.RemoveRange(target.MaximumLength, bytes.Count - target.MaximumLength);
        return [.. bytes];
    }

    private static void ChangeOnce(List<byte> bytes, byte[] other, IReadOnlyList<byte[]> words, Dice dice)
    {
        var at = dice.Below(bytes.Count + 1);
        var length = Math.Min(bytes.Count - at, 1 + dice.Length(dice.OneIn(4) ? 64 : 8));
        switch (dice.Below(10))
        {
            case 0 when length > 0:
                bytes.RemoveRange(at, length);
                break;
            case 1 when length > 0:
                bytes.InsertRange(dice.Below(bytes.Count + 1), bytes.GetRange(at, length));
                break;
            case 2 when at < bytes.Count:
                bytes[at] ^= (byte)(1 << dice.Below(8));
                break;
            case 3 when at < bytes.Count:
                bytes[at] = dice.Pick<byte>(0, 1, 0x0A, 0x0D, 0x20, 0x22, 0x2C, 0x5C, 0x7F, 0x80, 0xC2, 0xED, 0xEF, 0xFF, (byte)dice.Below(256));
                break;
            case 4 when words.Count > 0 && length > 0:
                bytes.RemoveRange(at, length);
                bytes.InsertRange(at, words[dice.Below(words.Count)]);
                break;
            case 5:
                bytes.Insert(at, (byte)dice.Below(256));
                break;
            case 6 when other.Length > 0:
                var from = dice.Below(other.Length);
                bytes.InsertRange(at, other[from..Math.Min(other.Length, from + 1 + dice.Length(64))]);
                break;
            case 7 when bytes.Count > 0 && dice.OneIn(4):
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 8 when length > 0:
                for (var copies = dice.Below(dice.OneIn(8) ? 64 : 4); copies > 0; copies--) bytes.InsertRange(at, bytes.GetRange(at, length));
                break;
            default:
                if (words.Count > 0) bytes.InsertRange(at, words[dice.Below(words.Count)]);
                break;
        }
    }
}
