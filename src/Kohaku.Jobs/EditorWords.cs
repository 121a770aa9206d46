using System.Text;

namespace Kohaku.Jobs;

/// <summary>Messages name the command line's options; in an editor the same values come from settings and fields, and are called so.</summary>
/// <remarks>One text for both readers: what is written for the command line is read through this on its way to an editor.</remarks>
public static class EditorWords
{
    /// <summary>Options with what follows them, and what an editor calls them. Of two that fit, the longer stands first.</summary>
    private static readonly (string Option, string Word)[] s_words =
    [
        ("--hires-upscaler", "the upscaler"),
        ("--hires-steps", "hires steps"),
        ("--hires WxH", "a hires size"),
        ("--hires", "a hires size"),
        ("--init IMAGE", "an image to start from"),
        ("--init", "an image to start from"),
        ("--denoise", "the denoising strength"),
        ("--steps", "steps"),
        ("--sampler", "the sampler"),
        ("--schedule", "the schedule"),
        ("--cfg", "the guidance scale"),
        ("--seed-dialect", "the seed dialect"),
        ("--seed", "the seed"),
        ("--emphasis", "the emphasis mode"),
        ("--size", "the size"),
        ("--batch", "the number of images"),
        ("--prompt", "the prompt"),
        ("--negative", "the negative prompt"),
        ("--model", "kohaku.generate.model"),
        ("--vae", "kohaku.generate.vae"),
        ("--lora-dir DIR", "kohaku.generate.loraFolders"),
        ("--lora-dir", "kohaku.generate.loraFolders"),
        ("--device", "kohaku.generate.device"),
        ("--gpu-library", "kohaku.generate.gpuLibrary"),
        ("--precision", "kohaku.generate.precision"),
        ("--out", "kohaku.generate.outputFolder"),
    ];

    /// <summary>The options that have a word.</summary>
    public static IEnumerable<string> Options => s_words.Select(row => row.Option);

    /// <summary>A message as an editor says it.</summary>
    /// <param name="message">Written for the command line. What stands in backticks is the user's and stays.</param>
    public static string Of(string message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (!message.Contains("--", StringComparison.Ordinal)) return message;

        var said = new StringBuilder(message.Length + 32);
        var isQuoted = false;
        for (var at = 0; at < message.Length;)
        {
            if (message[at] == '`') isQuoted = !isQuoted;
            if (!isQuoted && (at == 0 || message[at - 1] is ' ' or '(') && At(message.AsSpan(at)) is { Option: { } option } row)
            {
                said.Append(row.Word);
                at += option.Length;
                continue;
            }

            said.Append(message[at++]);
        }

        return said.ToString();
    }

    private static (string Option, string Word) At(ReadOnlySpan<char> text)
    {
        foreach (var row in s_words)
        {
            if (text.StartsWith(row.Option, StringComparison.Ordinal) && (text.Length == row.Option.Length || text[row.Option.Length] is ' ' or ',' or ';' or ':' or '.' or ')')) return row;
        }

        return default;
    }
}
