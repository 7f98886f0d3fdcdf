using AInimEngine.Core.Errors;
using AInimEngine.Neural;
using AInimEngine.Neural.Models;
using AInimEngine.Training.Data;
using AInimEngine.Training.Learning;
using AInimEngine.Training.Measures;
using AInimEngine.Training.Reports;

namespace AInimEngine.Training.Runs;

/// <summary>Opens a run: refuses what cannot be, goes on with what was begun, derives and measures the rest.</summary>
/// <param name="warnings">Told what people should know.</param>
/// <param name="status">Told what is done, in a few words.</param>
/// <param name="clock">Measures time.</param>
public sealed class TrainingOpening(IWarningSink warnings, Action<string> status, TimeProvider clock)
{
    // A measure takes at most a tenth of the time: as long as the meter took for the pictures, and what decoding takes,
    // about a quarter of learning from as many.
    private const double LeastMeasureSeconds = 30, MostMeasureSeconds = 600, MeasuresInARun = 40, MostMeasureShare = 0.1, DecodeShare = 0.25;
    private const int LeastMeasured = 64, MostMeasured = QualityMeter.GoodCount, MostMeasuredPixels = MostMeasured * 64 * 64 * 6;
    private const long DiskReserve = 50_000_000;

    /// <summary>Opens a new run, or goes on with the one that the output has.</summary>
    /// <param name="request">The dials.</param>
    /// <param name="stop">Ends it early.</param>
    /// <exception cref="AInimException">Something asked for cannot be; says what to do.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public TrainingRun Open(TrainingRequest request, CancellationToken stop)
    {
        RunDescription? found = Find(request);
        RequestCheck.Check(request, found);
        RunFolder folder = RunFolder.Open(request.Output);
        var opened = new Stack<IDisposable>([folder]);
        try
        {
            // Once more, now that nobody else can change it.
            found = Find(request);
            TrainingRun run = Open(request, found, folder, opened, stop);
            opened.Clear();
            return run;
        }
        finally
        {
            while (opened.TryPop(out IDisposable? part))
                part.Dispose();
        }
    }

    // The run to go on with; null to begin one.
    private static RunDescription? Find(TrainingRequest request)
    {
        try
        {
            RunDescription? found = RunFolder.Describe(request.Output);
            if (found is not null && !(request.Overwrite && found.Differences(request).Count > 0))
                RequestCheck.CheckSame(request, found);
            else
                found = null;
            return found;
        }
        catch (AInimException error) when (error.ExitCode == ExitCode.Input && request.Overwrite)
        {
            return null;
        }
    }

    private TrainingRun Open(TrainingRequest request, RunDescription? found, RunFolder folder, Stack<IDisposable> opened, CancellationToken stop)
    {
        bool isGpu = Torch.IsCudaAvailable;
        Device device = isGpu ? Device.Cuda() : Device.Cpu;
        TrainingCheckpoint? checkpoint = null;
        // Killed before its first checkpoint, a run has only its name: what it goes on from is loaded whole again.
        if (found is not null && (!CanGoOn(request, folder, out checkpoint) || checkpoint is null))
            found = null;
        RunStart? start = found is null ? RunStart.Load(request) : RunStart.Reload(folder);
        status("preparing the pictures");
        RunPictures pictures = RunPictures.Open(request, found?.Settings.Resolution ?? start?.Model.Card.Resolution, isGpu, warnings, status, stop);
        opened.Push(pictures.Set);
        if (found is not null && pictures.Set.Hash != found.DataHash)
        {
            if (!request.Overwrite)
                throw new AInimException(ExitCode.Input, $"the pictures in '{request.Data}' are not those that the training of '{request.Output}' began with ({found.DataCount} then, {pictures.Set.Count} now). Put them back, or start over with --overwrite.");
            (found, checkpoint, start) = (null, null, RunStart.Load(request));
        }
        status("measuring the pictures");
        long began = clock.GetTimestamp();
        var meter = new QualityMeter(pictures.Set, request.Seed);
        opened.Push(meter);
        double meterSeconds = clock.GetElapsedTime(began).TotalSeconds;
        stop.ThrowIfCancellationRequested();
        status("measuring the speed");
        double stepSeconds;
        if (found is null)
            (found, start, stepSeconds) = Begin(request, folder, pictures.Set, start, device, meterSeconds, stop);
        else
            (found, stepSeconds) = (found with { Request = request }, SpeedTest.Seconds(found.Settings, pictures.Set, start?.Learning, device, clock, stop));
        RunState state = checkpoint?.State ?? new RunState();
        TrainingPlan plan = Plan(found, folder, pictures, state, stepSeconds);
        CheckRoom(plan);
        folder.Write(found);
        Trainer trainer = Trainer.Create(found.Settings, pictures.Set, start?.Learning, device);
        opened.Push(trainer);
        if (checkpoint is not null)
            trainer.Restore(checkpoint.Arrays);
        else
            new TrainingCheckpoint(trainer.Save(), state).Write(folder);
        var parts = new RunParts { Folder = folder, Description = found, Set = pictures.Set, Trainer = trainer, Meter = meter, Device = device, DataLines = pictures.Lines };
        return new TrainingRun(parts, state, plan, clock);
    }

    // Whether the run that was found can go on, and from where. When it is over or broken, and the user said that it may
    // be thrown away, it cannot.
    private bool CanGoOn(TrainingRequest request, RunFolder folder, out TrainingCheckpoint? checkpoint)
    {
        checkpoint = null;
        try
        {
            checkpoint = TrainingCheckpoint.Read(folder, out string? note);
            if (note is not null)
                warnings.Warn(note);
            if (checkpoint?.State is { IsFinished: true } state && IsThere(request, state) && File.Exists(request.Output))
                throw new AInimException(ExitCode.Output, FormattableString.Invariant($"the training of '{request.Output}' is finished ({state.ImagesSeen / 1000.0:0.#} kimg in {state.Seconds / 60:0.#} min). Train on with more --minutes or --kimg, or start over with --overwrite."));
            return true;
        }
        catch (AInimException) when (request.Overwrite)
        {
            checkpoint = null;
            return false;
        }
    }

    private static bool IsThere(TrainingRequest request, RunState state) => request.Kimg is { } kimg
        ? state.ImagesSeen >= kimg * 1000
        : state.Seconds >= (request.Minutes ?? TrainingRequest.DefaultMinutes) * 60;

    private (RunDescription Description, RunStart? Start, double StepSeconds) Begin(TrainingRequest request, RunFolder folder, TrainingSet set, RunStart? start, Device device, double meterSeconds, CancellationToken stop)
    {
        TrainingSettings settings = RunSettings.Derive(request, set, start, device != Device.Cpu);
        bool knows = start?.Learning.Discriminator is not null;
        start = start?.For(settings, request.Grow);
        if (knows && start?.Learning.Discriminator is null)
            warnings.Warn($"the discriminator that '{request.From}' was trained with is of another size and is not used: a new one learns, which takes some thousand pictures longer.");
        settings = RunSettings.Freeze(settings, start, request.Grow);
        (settings, double stepSeconds) = SpeedTest.Choose(settings, set, start?.Learning, device, clock, stop);
        double speed = settings.Batch / stepSeconds;
        double kimg = request.Kimg ?? Math.Max(settings.Batch / 1000.0, (request.Minutes ?? TrainingRequest.DefaultMinutes) * 60 * speed / 1000);
        int pictures = MeasuredPictures(set.Count, set.Resolution);
        double cost = meterSeconds + (pictures + RunMeasure.StatisticsSamples) * DecodeShare / speed;
        double measureSeconds = Math.Clamp(Math.Max(kimg * 1000 / speed / MeasuresInARun, cost / MostMeasureShare), LeastMeasureSeconds, MostMeasureSeconds);
        double measureKimg = request.MeasureKimg ?? measureSeconds * speed / 1000;
        folder.Empty();
        start?.Save(folder);
        return (new RunDescription
        {
            Request = request,
            Settings = settings with { Kimg = kimg },
            DataHash = set.Hash,
            DataCount = set.Count,
            MeasureSteps = Math.Max(1, (long)Math.Round(measureKimg * 1000 / settings.Batch)),
            MeasurePictures = pictures,
        }, start, stepSeconds);
    }

    /// <summary>How many generated pictures a measure takes: as many as there are real ones, within memory and patience.</summary>
    /// <param name="count">Real pictures.</param>
    /// <param name="resolution">Their side, pixels.</param>
    internal static int MeasuredPictures(int count, int resolution) =>
        Math.Max(LeastMeasured, Math.Min(count, Math.Min(MostMeasured, MostMeasuredPixels / (resolution * resolution))));

    private static TrainingPlan Plan(RunDescription run, RunFolder folder, RunPictures pictures, RunState state, double stepSeconds)
    {
        long picture = 3L * run.Settings.Resolution * run.Settings.Resolution;
        long sheet = picture * SampleSheet.Columns(run.Settings.Resolution) * SampleSheet.Columns(run.Settings.Resolution);
        long weights = RunSettings.Parameters(run.Settings) * sizeof(float);
        double measures = run.Settings.Kimg * 1000 / run.Settings.Batch / run.MeasureSteps;
        return new TrainingPlan
        {
            Output = folder.Output,
            Folder = folder.ShownPath,
            Pictures = pictures.Set.Count,
            DataLines = pictures.Lines,
            Settings = run.Settings,
            From = run.Request.From,
            GoalKimg = run.Request.Kimg,
            GoalSeconds = run.Request.Kimg is null ? (run.Request.Minutes ?? TrainingRequest.DefaultMinutes) * 60 : null,
            MeasureSteps = run.MeasureSteps,
            // A measure holds its pictures as floats and bytes, and descriptors of both sets.
            Estimate = new TrainingEstimate(run.Settings.Batch / stepSeconds, MachineMemory.Peak + run.MeasurePictures * picture * 8, 8 * weights + (long)(measures * sheet)),
            DoneKimg = state.ImagesSeen / 1000.0,
            DoneSeconds = state.Seconds,
        };
    }

    // Refused now rather than after an hour.
    private void CheckRoom(TrainingPlan plan)
    {
        long room = Room(plan.Output);
        if (room < plan.Estimate.DiskBytes + DiskReserve)
            throw new AInimException(ExitCode.Output, FormattableString.Invariant($"too little room beside '{plan.Output}': the training takes about {plan.Estimate.DiskBytes / 1e6:f0} MB and {room / 1e6:f0} MB are free. Make space there, or choose another output."));
        long more = plan.Estimate.MemoryBytes - MachineMemory.Used;
        if (MachineMemory.Available is > 0 and var free && more > free)
            warnings.Warn(FormattableString.Invariant($"this may need {more / 1e9:f1} GB more memory and {free / 1e9:f1} GB are free. Close other programs, or choose a smaller --size or --width."));
    }

    private static long Room(string output)
    {
        try
        {
            return new DriveInfo(Path.GetDirectoryName(Path.GetFullPath(output))!).AvailableFreeSpace;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return long.MaxValue;
        }
    }
}
