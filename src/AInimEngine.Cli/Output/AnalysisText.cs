using System.Globalization;
using AInimEngine.Analysis.Music;
using AInimEngine.Analysis.Tracks;
using AInimEngine.Engine.Hearing;

namespace AInimEngine.Cli.Output;

/// <summary>The sentences about what was heard in a track.</summary>
public static class AnalysisText
{
    private const int BarWidth = 24;

    /// <summary>The summary, a line each.</summary>
    /// <param name="heard">The track.</param>
    /// <param name="isLive">The causal analyser heard it.</param>
    public static IEnumerable<string> Lines(HeardTrack heard, bool isLive)
    {
        TrackAnalysis analysis = heard.Analysis;
        string how = isLive ? ", as heard live" : heard.Corrections is { } file ? $", corrected by {Path.GetFileName(file)}" : "";
        yield return $"{Path.GetFileName(heard.Path)}: {Clock(analysis.Duration)}{how}";
        yield return $"tempo     {Tempo(analysis)}";
        if (analysis.Beats.Times.Count > 0 && analysis.Tempo.Confidence >= MusicClock.LeastConfidence)
            yield return $"beats     {analysis.Beats.Times.Count} from {Clock(analysis.Beats.Times[0])} on ({Sure(analysis.Beats.Confidence)}), in {analysis.Beats.BeatsPerBar}/4 ({Sure(analysis.Beats.DownbeatConfidence)})";
        if (!isLive)
            foreach (string line in WholeTrack(analysis))
                yield return line;
        OnsetTrack onsets = analysis.Onsets;
        yield return $"onsets    {onsets.All.Count}: {onsets.Low.Count} low, {onsets.Mid.Count} mid, {onsets.High.Count} high";
        if (isLive)
            yield break;
        if (analysis.Sections.Count > 0)
            yield return $"sections  ({Sure(analysis.SectionConfidence)})";
        foreach (Section section in analysis.Sections)
            yield return $"  {Clock(section.Start),9}  {section.Label,-10} {new string('#', (int)Math.Round(Math.Clamp(section.Energy, 0, 1) * BarWidth))}";
        if (analysis.Events.Count > 0)
            yield return "events";
        foreach (EnergyEvent happening in analysis.Events)
            yield return $"  {Clock(happening.Start),9}  {Event(happening)}";
        if (analysis.Tempo.Confidence < Likely && heard.Corrections is null)
            yield return $"What you know better goes into {Path.GetFileName(heard.Path)}{TrackCorrections.Suffix}; docs/hearing.md explains it.";
    }

    private const double Certain = 0.8, Likely = 0.55;

    /// <summary>A confidence in words.</summary>
    public static string Sure(double confidence) => confidence switch
    {
        >= Certain => "sure",
        >= Likely => "fairly sure",
        >= MusicClock.LeastConfidence => "unsure",
        _ => "a guess",
    };

    private static IEnumerable<string> WholeTrack(TrackAnalysis analysis)
    {
        KeyEstimate key = analysis.Key.Global;
        string tuning = Math.Abs(analysis.Key.TuningCents) >= 1 ? FormattableString.Invariant($", tuned {analysis.Key.TuningCents:+0;-0} cents from A = 440 Hz") : "";
        yield return key.Tonic < 0 ? "key       none heard" : $"key       {key.Name} ({Sure(key.Confidence)}){tuning}";
        LoudnessReport loudness = analysis.Loudness;
        yield return loudness.Integrated <= -70
            ? "loudness  silence"
            : FormattableString.Invariant($"loudness  {loudness.Integrated:f1} LUFS, range {loudness.Range:f1} LU, true peak {loudness.TruePeak:f1} dBTP");
    }

    private static string Tempo(TrackAnalysis analysis)
    {
        TempoEstimate tempo = analysis.Tempo;
        if (tempo.Bpm <= 0)
            return "no pulse heard";
        string others = string.Join(", ", tempo.Alternatives.Where(other => other.Weight >= 0.01).Take(3).Select(other => FormattableString.Invariant($"{other.Bpm:f1} ({other.Weight * 100:f0} %)")));
        string text = FormattableString.Invariant($"{tempo.Bpm:f2} BPM, {(tempo.IsSteady ? "steady" : "varying")} ({Sure(tempo.Confidence)})");
        if (tempo.Confidence < MusicClock.LeastConfidence)
            text += ", too unsure to be used";
        return others.Length > 0 ? $"{text}; otherwise {others}" : text;
    }

    private static string Event(EnergyEvent happening) => happening.Kind switch
    {
        EnergyEventKind.BuildUp => $"build-up of {PlanText.Duration(happening.End - happening.Start)}",
        EnergyEventKind.Break => $"break of {PlanText.Duration(happening.End - happening.Start)}",
        _ => FormattableString.Invariant($"drop ({happening.Strength * 100:f0} %)"),
    };

    /// <summary>"3:07.25".</summary>
    private static string Clock(double seconds)
    {
        long hundredths = (long)Math.Round(seconds * 100);
        return string.Create(CultureInfo.InvariantCulture, $"{hundredths / 6000}:{hundredths / 100 % 60:d2}.{hundredths % 100:d2}");
    }
}
