using AInimEngine.Neural.Models;

namespace AInimEngine.Training.Runs;

/// <summary>Says on a model's card how it was made.</summary>
internal static class TrainedCard
{
    /// <summary>The model with its card filled.</summary>
    /// <param name="model">The arrays.</param>
    /// <param name="parts">Of the run.</param>
    /// <param name="state">Where it stands.</param>
    /// <param name="seconds">How long it has trained.</param>
    /// <param name="best">What the model was measured as.</param>
    public static Model Fill(Model model, RunParts parts, RunState state, double seconds, BestSnapshot best) =>
        new(model.Card with { Licence = parts.Description.Request.Licence }, model.Arrays);
}
