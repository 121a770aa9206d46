using Kohaku.Syntax;

namespace Kohaku.Fuzzing.Texts;

/// <summary>How a case's text is read: its first byte says so, the rest is the text.</summary>
internal static class Options
{
    /// <summary>The way of reading and the text of an input.</summary>
    public static (ParseOptions Options, string Text) Read(byte[] input, bool libraryOnly = false)
    {
        var bits = input.Length > 0 ? input[0] : 0;
        var form = libraryOnly ? TextForm.Library : (bits & 0x30) switch { 0x10 => TextForm.Positive, 0x20 => TextForm.Negative, _ => TextForm.Library };
        var options = new ParseOptions(form, (bits & 1) != 0 ? Dialect.ComfyUI : Dialect.A1111, (bits & 2) != 0, Comments: libraryOnly || (bits & 4) == 0);
        return (options, Engine.WildText.Of(input.AsSpan(Math.Min(1, input.Length))));
    }

    /// <summary>An input of a text and a byte that says how it is read.</summary>
    public static byte[] Input(int bits, string text) => [(byte)bits, .. Engine.WildText.Bytes(text)];

    /// <summary>An input, for people.</summary>
    public static string Show(byte[] input) => $"{(input.Length > 0 ? input[0] : 0):x2} {Engine.Shown.Of(Engine.WildText.Of(input.AsSpan(Math.Min(1, input.Length))))}";
}
