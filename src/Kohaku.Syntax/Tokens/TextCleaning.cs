namespace Kohaku.Syntax.Tokens;

/// <summary>What becomes of a text before it is tokenized.</summary>
public enum TextCleaning
{
    /// <summary>
    /// AUTOMATIC1111: open_clip's tokenizer cleans as ftfy and HTML unescaping do, so full-width forms, curly quotes, Latin ligatures,
    /// control characters and character references become plain. Wrongly decoded text is not repaired. Special tokens are <c>&lt;start_of_text&gt;</c> and <c>&lt;end_of_text&gt;</c>.
    /// </summary>
    Ftfy,

    /// <summary>
    /// transformers, hence diffusers and ComfyUI: canonical composition (NFC) and lower case only. Special tokens are <c>&lt;|startoftext|&gt;</c> and <c>&lt;|endoftext|&gt;</c>.
    /// </summary>
    Canonical,
}
