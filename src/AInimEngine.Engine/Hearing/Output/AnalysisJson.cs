using System.Text.Encodings.Web;
using System.Text.Json;
using AInimEngine.Analysis.Features;
using AInimEngine.Analysis.Tracks;
using AInimEngine.Analysis.Views;
using AInimEngine.Core.Frames;

namespace AInimEngine.Engine.Hearing.Output;

/// <summary>Writes an analysis as JSON for other programs. Instants are seconds to the microsecond; keys are stable.</summary>
public static class AnalysisJson
{
    private static readonly JsonWriterOptions s_options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes everything.</summary>
    /// <param name="output">Stays open.</param>
    /// <param name="heard">The track.</param>
    /// <param name="isLive">The causal analyser heard it, and what only whole-track analysis knows is absent.</param>
    /// <param name="features">Every feature over time, or null to leave them out.</param>
    public static void Write(Stream output, HeardTrack heard, bool isLive, TrackView? features)
    {
        TrackAnalysis analysis = heard.Analysis;
        using (var json = new Utf8JsonWriter(output, s_options))
        {
            json.WriteStartObject();
            json.WriteNumber("version", 1);
            json.WriteString("mode", isLive ? "live" : "whole");
            json.WriteString("file", Path.GetFileName(heard.Path));
            json.WriteString("sha256", heard.Hash);
            Number(json, "duration", analysis.Duration);
            WriteBeats(json, analysis);
            WriteOnsets(json, analysis.Onsets);
            if (!isLive)
                WriteStructure(json, analysis);
            if (features is not null)
                WriteFeatures(json, features);
            json.WriteEndObject();
        }
        output.Write("\n"u8);
    }

    private static void WriteBeats(Utf8JsonWriter json, TrackAnalysis analysis)
    {
        TempoEstimate tempo = analysis.Tempo;
        BeatTrack beats = analysis.Beats;
        json.WriteNumber("tempo", Math.Round(tempo.Bpm, 3));
        Number(json, "tempo_confidence", tempo.Confidence);
        json.WriteBoolean("tempo_steady", tempo.IsSteady);
        json.WriteStartArray("tempo_alternatives");
        foreach (TempoCandidate other in tempo.Alternatives)
        {
            json.WriteStartObject();
            json.WriteNumber("tempo", Math.Round(other.Bpm, 3));
            Number(json, "weight", other.Weight);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        Numbers(json, "beats", beats.Times);
        Numbers(json, "downbeats", beats.Downbeats);
        json.WriteNumber("beats_per_bar", beats.BeatsPerBar);
        Number(json, "beats_confidence", beats.Confidence);
        Number(json, "downbeats_confidence", beats.DownbeatConfidence);
    }

    private static void WriteOnsets(Utf8JsonWriter json, OnsetTrack onsets)
    {
        Numbers(json, "onsets", onsets.All.Select(onset => onset.Time));
        Numbers(json, "onset_strengths", onsets.All.Select(onset => (double)onset.Strength));
        Numbers(json, "onsets_low", onsets.Low.Select(onset => onset.Time));
        Numbers(json, "onsets_mid", onsets.Mid.Select(onset => onset.Time));
        Numbers(json, "onsets_high", onsets.High.Select(onset => onset.Time));
    }

    private static void WriteStructure(Utf8JsonWriter json, TrackAnalysis analysis)
    {
        json.WriteStartArray("sections");
        foreach (Section section in analysis.Sections)
        {
            json.WriteStartObject();
            Span(json, section.Start, section.End);
            json.WriteString("label", section.Label);
            Number(json, "energy", section.Energy);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        Number(json, "sections_confidence", analysis.SectionConfidence);
        json.WriteStartArray("events");
        foreach (EnergyEvent happening in analysis.Events)
        {
            json.WriteStartObject();
            json.WriteString("kind", NameOf(happening.Kind));
            Span(json, happening.Start, happening.End);
            Number(json, "strength", happening.Strength);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteString("key", analysis.Key.Global.Name);
        Number(json, "key_confidence", analysis.Key.Global.Confidence);
        json.WriteStartArray("keys");
        foreach (KeySpan span in analysis.Key.Spans)
        {
            json.WriteStartObject();
            Span(json, span.Start, span.End);
            json.WriteString("key", span.Key.Name);
            Number(json, "confidence", span.Key.Confidence);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteNumber("tuning_cents", Math.Round(analysis.Key.TuningCents, 2));
        json.WriteStartObject("loudness");
        Number(json, "integrated", analysis.Loudness.Integrated);
        Number(json, "momentary_max", analysis.Loudness.MomentaryMax);
        Number(json, "short_term_max", analysis.Loudness.ShortTermMax);
        Number(json, "range", analysis.Loudness.Range);
        Number(json, "true_peak", analysis.Loudness.TruePeak);
        json.WriteEndObject();
        json.WriteStartObject("novelty");
        Number(json, "rate", analysis.Novelty.Rate);
        Numbers(json, "values", analysis.Novelty.Values.Select(value => (double)value));
        json.WriteEndObject();
    }

    /// <summary>"build-up", "drop" or "break".</summary>
    internal static string NameOf(EnergyEventKind kind) => kind == EnergyEventKind.BuildUp ? "build-up" : kind.ToString().ToLowerInvariant();

    /// <summary>Each feature normalised under its name and raw under "raw." and its name; lists of lists where it is several floats.</summary>
    private static void WriteFeatures(Utf8JsonWriter json, TrackView view)
    {
        json.WriteStartObject("features");
        Number(json, "rate", view.Rate);
        json.WriteStartObject("values");
        foreach (FrameField field in FeatureTable.Layout.Fields)
        {
            int offset = FeatureTable.Layout.OffsetOf(field.Name);
            json.WriteStartArray(field.Name);
            for (int column = 0; column < view.Count; column++)
            {
                ReadOnlySpan<float> values = view.Features(column).Slice(offset, field.Length);
                if (field.Length > 1)
                    json.WriteStartArray();
                foreach (float value in values)
                    json.WriteNumberValue(Math.Round((double)value, 5));
                if (field.Length > 1)
                    json.WriteEndArray();
            }
            json.WriteEndArray();
        }
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Span(Utf8JsonWriter json, double start, double end)
    {
        Number(json, "start", start);
        Number(json, "end", end);
    }

    private static void Number(Utf8JsonWriter json, string name, double value) => json.WriteNumber(name, Math.Round(value, 6));

    private static void Numbers(Utf8JsonWriter json, string name, IEnumerable<double> values)
    {
        json.WriteStartArray(name);
        foreach (double value in values)
            json.WriteNumberValue(Math.Round(value, 6));
        json.WriteEndArray();
    }
}
