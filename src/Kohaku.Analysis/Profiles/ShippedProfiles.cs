using System.Buffers.Text;

namespace Kohaku.Analysis.Profiles;

/// <summary>The profiles that ship, compiled into the program: reading them touches no file and no JSON.</summary>
internal static partial class ShippedProfiles
{
    private static Profile? delta;
    private static Profile? epsilon;

    public static IReadOnlyList<string> Ids { get; } = ["kohaku-xl-delta", "kohaku-xl-epsilon"];

    public static Profile? Find(string id) => id switch
    {
        "kohaku-xl-delta" => delta ??= Profile.Read(Decoded(Delta)),
        "kohaku-xl-epsilon" => epsilon ??= Profile.Read(Decoded(Epsilon)),
        _ => null,
    };

    private static byte[] Decoded(ReadOnlySpan<byte> base64)
    {
        var bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(base64.Length)];
        Base64.DecodeFromUtf8(base64, bytes, out _, out var length);
        return bytes.AsSpan(0, length).ToArray();
    }
}
