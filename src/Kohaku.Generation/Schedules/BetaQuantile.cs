namespace Kohaku.Generation.Schedules;

/// <summary>Quantiles of the Beta(0.6, 0.6) distribution, at which "Beta Sampling is All You Need" (Lee et al. 2024) places steps: scipy's <c>beta.ppf</c>.</summary>
internal static class BetaQuantile
{
    private const double Shape = 0.6;

    /// <summary>B(0.6, 0.6) = Γ(0.6)² / Γ(1.2).</summary>
    private const double Complete = 1.4891922488128171 * 1.4891922488128171 / 0.9181687423997607;

    /// <summary>Below which number the given part of the distribution lies.</summary>
    /// <param name="probability">0 to 1.</param>
    public static double Of(double probability)
    {
        if (probability > 0.5) return 1 - Of(1 - probability);
        if (probability <= 0) return 0;

        // The distribution function is concave up to ½, so that Newton's steps come from below and never pass the root.
        var x = Math.Min(0.5, Math.Pow(probability * Shape * Complete, 1 / Shape));
        for (var i = 0; i < 50; i++)
        {
            var next = x - ((Below(x) - probability) / Density(x));
            if (Math.Abs(next - x) <= 1e-16 * x) return next;
            x = next;
        }

        return x;
    }

    private static double Density(double x) => Math.Pow(x * (1 - x), Shape - 1) / Complete;

    /// <summary>The regularised incomplete beta function for x ≤ ½, by its power series (DLMF 8.17.8).</summary>
    private static double Below(double x)
    {
        double sum = 1, term = 1;
        for (var n = 0; term > 1e-17 * sum; n++)
        {
            term *= x * ((2 * Shape) + n) / (Shape + 1 + n);
            sum += term;
        }

        return Math.Pow(x * (1 - x), Shape) / (Shape * Complete) * sum;
    }
}
