using AInimEngine.Neural.Models;

namespace AInimEngine.Training.Runs;

/// <summary>Says on a model's card how it was made.</summary>
internal static class TrainedCard
{
    /// <summary>The model with its card filled.</summary>
    /// <param name="model">The arrays.</param>
    /// <param name="run">How it was trained.</param>
    /// <param name="best">What the model was measured as.</param>
    /// <param name="seconds">How long training took up to it.</param>
    public static Model Fill(Model model, RunDescription run, BestSnapshot best, double seconds) => new(
        model.Card with
        {
            Licence = run.Request.Licence ?? model.Card.Licence,
            Source = null,
            SourceHash = null,
            Training = new ModelTraining
            {
                DataHash = run.DataHash,
                Pictures = run.DataCount,
                Kimg = best.Kimg,
                Seconds = Math.Round(seconds, 1),
                From = run.Request.From is { } from ? Path.GetFileNameWithoutExtension(from) : null,
                Settings = run.Settings.Describe().ToDictionary(entry => entry.Name, entry => entry.Value, StringComparer.Ordinal),
                Metrics = new Dictionary<string, double>
                {
                    ["swd"] = Math.Round(best.Distance, 2),
                    ["swd_floor"] = Math.Round(best.Floor, 2),
                    ["memorisation"] = Math.Round(best.Memorisation, 3),
                    ["diversity"] = Math.Round(best.Diversity, 3),
                },
            },
        },
        model.Arrays);
}
