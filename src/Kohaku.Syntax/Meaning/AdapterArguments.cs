namespace Kohaku.Syntax.Meaning;

/// <summary>What a <c>&lt;lora:…&gt;</c> asks for, as A1111 1.10 reads it (<c>extra_networks_lora.py</c>).</summary>
/// <param name="Name">The network's name or alias.</param>
/// <param name="TextWeight">The text encoders' weight: the second argument or <c>te=</c>, 1 without.</param>
/// <param name="UNetWeight">The UNet's: the third argument or <c>unet=</c>; the encoders' without.</param>
public sealed record AdapterArguments(string Name, double TextWeight, double UNetWeight)
{
    /// <summary>Whether a kind of network is one of these: <c>lora</c> and <c>lyco</c>, which A1111 treats alike.</summary>
    public static bool IsAdapter(string kind) => kind is "lora" or "lyco";

    /// <summary>Reads a call's arguments. <c>dyn=</c>, the fourth, has no effect here.</summary>
    /// <param name="call">The network.</param>
    /// <param name="arguments">What it asks for, or null.</param>
    /// <param name="problem">What is wrong with it, or null.</param>
    public static bool TryRead(NetworkCall call, out AdapterArguments? arguments, out string? problem)
    {
        ArgumentNullException.ThrowIfNull(call);
        var positional = new List<string>();
        var named = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var argument in call.Arguments)
        {
            // Python's split("=", 2) makes three parts of a=b=c, which A1111 takes for a plain argument.
            if (argument.Split('=', 3) is [var key, var value]) named[key] = value;
            else positional.Add(argument);
        }

        arguments = null;
        if (positional.Count == 0 || positional[0].Length == 0)
        {
            problem = $"<{call.Kind}:{string.Join(':', call.Arguments)}> names no network";
            return false;
        }

        if (!TryWeight(1, "te", 1, out var text) || !TryWeight(2, "unet", text, out var unet))
        {
            problem = $"<{call.Kind}:{string.Join(':', call.Arguments)}> has a weight that is no number";
            return false;
        }

        problem = null;
        arguments = new AdapterArguments(positional[0], text, unet);
        return true;

        // A1111 converts the positional one even where the named one then wins.
        bool TryWeight(int place, string name, double without, out double weight)
        {
            weight = without;
            if (positional.Count > place && !PythonText.TryParseFloat(positional[place], out weight)) return false;
            if (named.TryGetValue(name, out var word) && !PythonText.TryParseFloat(word, out weight)) return false;
            return double.IsFinite(weight);
        }
    }
}
