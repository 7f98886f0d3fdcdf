using AInimEngine.Engine.Offline;
using AInimEngine.Rendering.Safety;

namespace AInimEngine.Cli.Output;

/// <summary>The sentences about a render, shared by terminal and log.</summary>
public static class PlanText
{
    /// <summary>What will be made.</summary>
    public static IEnumerable<string> Lines(RenderPlan plan, bool verbose)
    {
        yield return $"{plan.Output}: {plan.FrameCount} frames, {Duration(plan.DurationSeconds)} at {plan.Fps} fps, {plan.Width}x{plan.Height} {plan.Codec}, sound {plan.Sound}";
        yield return $"preset {plan.Preset} on {plan.Generator}; expect about {Duration(plan.EstimatedSeconds)} and {Bytes(plan.EstimatedBytes)} ({Bytes(plan.FreeBytes)} free)";
        if (plan.FirstFrame > 0)
            yield return $"continuing at frame {plan.FirstFrame}";
        if (verbose)
            foreach ((string key, string value) in plan.Details)
                yield return $"  {key}: {value}";
    }

    /// <summary>One line of progress for a log.</summary>
    public static string ProgressLine(RenderProgress now) =>
        $"{now.Stage}: {now.FramesDone}/{now.FrameCount} frames, {now.FramesPerSecond:f1} fps, {Left(now)} left";

    /// <summary>Progress in few characters, beside a bar.</summary>
    public static string ShortProgress(RenderProgress now) =>
        $"{now.Stage} {now.FramesDone}/{now.FrameCount}, {now.FramesPerSecond:f1} fps, {Left(now)} left";

    /// <summary>What was made.</summary>
    public static IEnumerable<string> DoneLines(RenderPlan plan, TimeSpan elapsed, StageTimes times, LimiterRecord limited, bool verbose)
    {
        yield return $"wrote {plan.Output}: {plan.FrameCount} frames, {Bytes(new FileInfo(plan.Output).Length)}, in {Duration(elapsed.TotalSeconds)}";
        if (limited.Frames > 0)
            yield return $"flashes were limited in {limited.Frames} frames: {Stretches(limited)}";
        if (!verbose)
            yield break;
        for (int i = 0; i < StageTimes.Names.Count; i++)
            yield return $"  {StageTimes.Names[i]}: {times.Seconds((Stage)i):f2} s";
    }

    /// <summary>"3.2 s", "4 min 05 s" or "1 h 02 min".</summary>
    public static string Duration(double seconds)
    {
        if (!double.IsFinite(seconds))
            return "?";
        if (seconds < 60)
            return $"{seconds:f1} s";
        var span = TimeSpan.FromSeconds(Math.Round(seconds));
        return span.TotalHours >= 1 ? $"{(int)span.TotalHours} h {span.Minutes:d2} min" : $"{span.Minutes} min {span.Seconds:d2} s";
    }

    /// <summary>"12 kB", "34 MB" or "5.6 GB".</summary>
    public static string Bytes(long bytes) => bytes switch
    {
        < 0 => "?",
        < 1_000_000 => $"{bytes / 1000.0:f0} kB",
        < 1_000_000_000 => $"{bytes / 1e6:f0} MB",
        _ => $"{bytes / 1e9:f1} GB",
    };

    private static string Stretches(LimiterRecord limited)
    {
        const int shown = 8;
        string text = string.Join(", ", Enumerable.Range(0, Math.Min(shown, limited.Count)).Select(i => $"{Clock(limited[i].Start)} to {Clock(limited[i].End)}"));
        return limited.Count > shown ? $"{text} and {limited.Count - shown} more stretches" : text;
    }

    /// <summary>"1:07.5".</summary>
    public static string Clock(double seconds)
    {
        double tenths = Math.Round(seconds * 10);
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{(int)(tenths / 600)}:{tenths % 600 / 10:00.0}");
    }

    private static string Left(RenderProgress now) => double.IsFinite(now.SecondsLeft) ? Duration(now.SecondsLeft) : "?";
}
