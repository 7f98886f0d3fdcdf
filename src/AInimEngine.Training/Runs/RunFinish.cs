using AInimEngine.Core.Errors;
using AInimEngine.Neural.Models;
using AInimEngine.Training.Learning;
using AInimEngine.Training.Measures;
using AInimEngine.Training.Reports;

namespace AInimEngine.Training.Runs;

/// <summary>What a run leaves: the best model under its name, a loop through it, and a report.</summary>
/// <param name="parts">Of the run.</param>
/// <param name="plan">What it was to do.</param>
internal sealed class RunFinish(RunParts parts, TrainingPlan plan)
{
    private const int ReportRows = 4;

    /// <summary>Writes them.</summary>
    /// <param name="state">Where the run stands.</param>
    /// <param name="records">Its measures.</param>
    /// <param name="say">Told what is done.</param>
    /// <exception cref="AInimException">A file cannot be written.</exception>
    public void Write(RunState state, IReadOnlyList<TrainingRecord> records, Action<string> say)
    {
        say("saving the model");
        // While training, statistics were measured over few samples; what plays is worth more.
        Model best = ModelFile.Open(parts.Folder.BestPath);
        Model model = AverageModel.Make(best, new Dictionary<string, WeightArray>(), new StepDraws(parts.Description.Settings.Seed), AverageModel.Samples);
        // A later sitting may say more of the licence than the one that found the best.
        if (parts.Description.Request.Licence is { } licence)
            model = new Model(model.Card with { Licence = licence }, model.Arrays);
        ModelFile.Save(model, plan.Output, overwrite: true);
        say("filming a walk");
        WalkClip.Write(model, parts.Folder.WalkPath, new WalkSettings { Seconds = parts.Description.Request.WalkSeconds });
        say("writing the report");
        TrainingReport.Write(parts.Folder.ReportPath, Contents(state, model, records));
    }

    private ReportContents Contents(RunState state, Model model, IReadOnlyList<TrainingRecord> records)
    {
        TrainingSettings settings = parts.Description.Settings;
        int resolution = settings.Resolution, columns = SampleSheet.Columns(resolution);
        PictureStack made = PictureStack.Of(GeneratedPictures.Make(model, parts.Description.MeasurePictures, settings.Seed, parts.Device), resolution);
        QualityReport quality = parts.Meter.Measure(made);
        List<ReportPicture> pictures =
        [
            ReportPicture.Of("Generated pictures", "What the model makes of fixed latents, not chosen.", SampleSheet.Draw(made, columns)),
            ReportPicture.Of("Training pictures", "As the networks see them.", SampleSheet.Draw(parts.Set, columns, columns)),
        ];
        if (quality.Nearest.Count > 0)
            pictures.Add(ReportPicture.Of("Nearest pairs", "The generated pictures that are nearest to a training picture, each with it on the right.", SampleSheet.DrawPairs(made, parts.Set, [.. quality.Nearest.Take(columns / 2 * ReportRows)], columns / 2)));
        return new ReportContents
        {
            Name = Path.GetFileNameWithoutExtension(parts.Description.Request.Output),
            Records = records,
            State = State(state),
            Warnings = TrainingVerdict.Judge(records),
            Pictures = pictures,
            Sections =
            [
                new ReportSection("Pictures", [.. parts.DataLines.Select((line, i) => (i == 0 ? "used" : "", line))]),
                new ReportSection("Settings", settings.Describe()),
            ],
        };
    }

    private string State(RunState state)
    {
        string goal = plan.GoalKimg is { } kimg ? Say($"{kimg:0.#} thousand pictures") : Say($"{plan.GoalSeconds / 60:0.#} minutes");
        string stands = state.IsFinished ? Say($"Finished: {goal}.") : Say($"Stopped at {state.ImagesSeen / 1000.0:0.#} thousand pictures; the goal was {goal}.");
        return state.Best is { } best ? Say($"{stands} The model is the snapshot at {best.Kimg:0.#} thousand pictures.") : stands;
    }

    private static string Say(FormattableString text) => FormattableString.Invariant(text);
}
