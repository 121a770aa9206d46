using Kohaku.Syntax;

namespace Kohaku.Analysis.Linting;

/// <summary>The name in <c>&lt;lora:name:0.8&gt;</c>.</summary>
internal static class NetworkName
{
    /// <summary>Reads it; false for kinds that are no files in folders.</summary>
    public static bool TryRead(PromptView prompt, TextSpan network, out TextSpan name)
    {
        name = default;
        var text = prompt.Slice(network);
        var colon = text.IndexOf(':');
        var kind = text[1..colon];
        if (kind is not ("lora" or "lyco" or "locon" or "hypernet")) return false;
        var rest = text[(colon + 1)..^1];
        var length = rest.IndexOf(':');
        if (length < 0) length = rest.Length;
        name = new TextSpan(network.Start + colon + 1, length);
        return length > 0;
    }
}
