using Kohaku.Generation.Noise;

namespace Kohaku.Generation.Sampling;

/// <summary>
/// UniPC, B₁(h), which predicts the image, of order 3 (Zhao et al. 2023, algorithms 5 and 6; <c>multistep_uni_pc_bh_update</c>): a predictor to the next
/// point, then a corrector with what the model says there; a lower order at the start and the end; no corrector at the last point.
/// </summary>
internal static class UniPCSampler
{
    private const int Order = 3;

    /// <summary>Takes all steps.</summary>
    /// <param name="run">The run; its noise levels are not looked at.</param>
    /// <param name="points">Points, from noise to image.</param>
    /// <param name="order">The highest order, 1 to 3.</param>
    public static void Run(SamplerRun run, ReadOnlySpan<TimedPoint> points, int order = Order)
    {
        var steps = points.Length - 1;
        order = Math.Clamp(Math.Min(order, steps), 1, Order);
        var (predicted, start, trial) = (run.Buffer(), run.Buffer(), run.Buffer());
        var images = new float[Order + 1][];
        for (var i = 0; i <= Order; i++) images[i] = run.Buffer();

        var updates = new Update[steps];
        for (var step = 1; step <= steps; step++) updates[step - 1] = Update.Of(points, step, step < order ? step : Math.Min(order, steps + 1 - step));

        Image(run, run.X, points[0], predicted, images[0]);
        for (var step = 1; step <= steps; step++)
        {
            var update = updates[step - 1];
            var last = images[(step - 1) % images.Length];
            LatentSums.Combine(points[step].Deviation / points[step - 1].Deviation, run.X, -points[step].Alpha * update.Growth, last, start);
            start.CopyTo(trial, 0);
            Bend(update, update.Predictor, points[step].Alpha, images, step, trial);
            if (step == steps)
            {
                trial.CopyTo(run.X, 0);
            }
            else
            {
                var next = images[step % images.Length];
                Image(run, trial, points[step], predicted, next);
                start.CopyTo(run.X, 0);
                Bend(update, update.Corrector, points[step].Alpha, images, step, run.X);
                var weight = -points[step].Alpha * update.Width * update.Corrector[^1];
                LatentSums.Add(weight, next, run.X);
                LatentSums.Add(-weight, last, run.X);
            }

            run.Observer?.Invoke(step - 1, run.X, images[(step == steps ? step - 1 : step) % images.Length]);
        }
    }

    /// <summary>What the model takes the image to be at a point.</summary>
    private static void Image(SamplerRun run, float[] x, TimedPoint point, float[] predicted, float[] image)
    {
        run.Denoiser.Predict(x, point.Time, predicted);
        LatentSums.Combine(1 / point.Alpha, x, -point.Deviation / point.Alpha, predicted, image);
    }

    /// <summary>Adds the weighted differences to earlier images.</summary>
    private static void Bend(Update update, double[] weights, double alpha, float[][] images, int step, float[] x)
    {
        for (var i = 0; i < update.Ratios.Length - 1; i++)
        {
            var weight = -alpha * update.Width * weights[i] / update.Ratios[i];
            LatentSums.Add(weight, images[(step - 2 - i) % images.Length], x);
            LatentSums.Add(-weight, images[(step - 1) % images.Length], x);
        }
    }

    /// <summary>The scalars of one step.</summary>
    /// <param name="Width">B₁(h) = −h.</param>
    /// <param name="Growth">e⁻ʰ − 1.</param>
    /// <param name="Ratios">Where earlier points lie, in steps; 1 for the point itself comes last.</param>
    /// <param name="Predictor">Weights of the differences to earlier images.</param>
    /// <param name="Corrector">The same, and that of the difference to the new one.</param>
    private sealed record Update(double Width, double Growth, double[] Ratios, double[] Predictor, double[] Corrector)
    {
        public static Update Of(ReadOnlySpan<TimedPoint> points, int step, int order)
        {
            var before = points[step - 1].Lambda;
            var height = points[step].Lambda - before;
            var ratios = new double[order];
            for (var i = 0; i < order - 1; i++) ratios[i] = (points[step - 2 - i].Lambda - before) / height;
            ratios[^1] = 1;

            var growth = Times.Expm1(-height);
            var sides = new double[order];
            double phi = (growth / -height) - 1, factorial = 1;
            for (var i = 0; i < order; i++)
            {
                sides[i] = phi * factorial / -height;
                factorial *= i + 2;
                phi = (phi / -height) - (1 / factorial);
            }

            double[] predictor = order switch { 1 => [], 2 => [0.5], _ => Solve(ratios[..^1], sides[..^1]) };
            return new Update(-height, growth, ratios, predictor, order == 1 ? [0.5] : Solve(ratios, sides));
        }

        /// <summary>Σⱼ ratioⱼⁱ · xⱼ = sideᵢ, by elimination with pivots.</summary>
        private static double[] Solve(double[] ratios, double[] sides)
        {
            var count = ratios.Length;
            var rows = new double[count][];
            for (var i = 0; i < count; i++) rows[i] = [.. ratios.Select(ratio => Math.Pow(ratio, i)), sides[i]];
            for (var column = 0; column < count; column++)
            {
                var pivot = Enumerable.Range(column, count - column).MaxBy(row => Math.Abs(rows[row][column]));
                (rows[column], rows[pivot]) = (rows[pivot], rows[column]);
                for (var row = 0; row < count; row++)
                {
                    if (row == column) continue;
                    var factor = rows[row][column] / rows[column][column];
                    for (var i = column; i <= count; i++) rows[row][i] -= factor * rows[column][i];
                }
            }

            return [.. rows.Select((row, i) => row[count] / row[i])];
        }
    }
}
