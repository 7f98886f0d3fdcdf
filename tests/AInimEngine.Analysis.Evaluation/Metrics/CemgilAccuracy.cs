namespace AInimEngine.Analysis.Evaluation.Metrics;

/// <summary>
/// Accuracy of Cemgil et al., "On tempo tracking: tempogram representation and Kalman filtering" (J. New Music Research
/// 29(4), 2000): each true beat counts by a Gaussian of the distance of the nearest estimate.
/// </summary>
internal static class CemgilAccuracy
{
    private const double Sigma = 0.04;

    /// <summary>0..1; the Gaussians over the mean of both counts.</summary>
    internal static double Of(ReadOnlySpan<double> truth, ReadOnlySpan<double> estimate)
    {
        if (truth.Length == 0 || estimate.Length == 0)
            return 0;
        double sum = 0;
        foreach (double beat in truth)
        {
            double distance = beat - estimate[Nearest.To(estimate, beat)];
            sum += Math.Exp(-distance * distance / (2 * Sigma * Sigma));
        }
        return sum / (0.5 * (truth.Length + estimate.Length));
    }
}
