using System.Globalization;
using Kohaku.Syntax;

namespace Kohaku.LanguageServer.Hovering;

/// <summary>How a weight came about: the brackets round a place, outermost first.</summary>
internal static class WeightProduct
{
    // More brackets than anybody writes; beyond them only the product is shown.
    private const int MostFactors = 6;

    /// <summary><c>1.1 × 1.3 = 1.43</c>, or the number alone where one bracket made it or the product is not the whole truth (ComfyUI's explicit weights).</summary>
    /// <param name="tree">The text.</param>
    /// <param name="group">Innermost bracket, or −1.</param>
    /// <param name="weight">The effective weight.</param>
    public static string Of(SyntaxTree tree, int group, double weight)
    {
        var factors = new List<double>();
        var product = 1.0;
        for (; group >= 0 && factors.Count <= MostFactors; group = tree.Groups[group].Parent)
        {
            var factor = tree.Groups[group].Multiplier;
            if (factor == 1) continue;

            factors.Insert(0, factor);
            product *= factor;
        }

        var result = Number(weight);
        if (factors.Count is < 2 or > MostFactors || Math.Abs(product - weight) > 0.0005) return result;
        return $"{string.Join(" × ", factors.Select(Number))} = {result}";
    }

    /// <summary>A weight, at most three digits behind the point; what is not finite by its name.</summary>
    public static string Number(double weight) => weight.ToString("0.###", CultureInfo.InvariantCulture);
}
