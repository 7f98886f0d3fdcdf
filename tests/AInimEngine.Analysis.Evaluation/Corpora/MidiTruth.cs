using AInimEngine.Analysis.Midi;

namespace AInimEngine.Analysis.Evaluation.Corpora;

/// <summary>Beats, bars and onsets that a MIDI file's tempo map, time signatures and notes tell.</summary>
internal static class MidiTruth
{
    /// <summary>A player starts this much early at most and still means the beat, seconds.</summary>
    private const double Early = 0.06;

    private const int FewestNotes = 40, FewestBeats = 17;

    /// <summary>The truth of the first <paramref name="seconds"/>, or the reason why the file tells none.</summary>
    internal static (Truth? Truth, string? Reason) Of(MidiFile file, double seconds)
    {
        MidiNote[] notes = [.. file.Tracks.SelectMany(track => track.Notes).OrderBy(note => note.Start)];
        if (notes.Length < FewestNotes)
            return (null, $"it has {notes.Length} notes");
        if (file.Tempo.TicksPerQuarter == 0)
            return (null, "it is timed by SMPTE frames");
        TimeSignature? odd = file.TimeSignatures.Cast<TimeSignature?>().FirstOrDefault(signature => signature!.Value.QuartersPerBeat < 0.75);
        if (odd is { } signature)
            return (null, $"what is a beat of {signature.Numerator}/{signature.Denominator}?");

        List<(double Tick, double Length, bool IsFirst)> grid = Grid(file, Math.Min(file.EndTick, file.Tempo.TicksAt(seconds)));
        MidiNote[] heard = [.. notes.Where(note => file.Tempo.SecondsAt(note.Start) <= seconds)];
        double onGrid = OnGrid(heard, grid, out double onBeat);
        if (onGrid <= 0.5 || onBeat <= 0.2)
            return (null, $"its notes do not keep to its tempo map ({onGrid:0.00} on the grid, {onBeat:0.00} on beats)");

        double first = file.Tempo.SecondsAt(notes[0].Start) - Early;
        double last = Math.Min(seconds, notes.Max(note => file.Tempo.SecondsAt(note.End)));
        double[] Times(IEnumerable<(double Tick, double Length, bool IsFirst)> lines) =>
            [.. lines.Select(line => file.Tempo.SecondsAt(line.Tick)).Where(time => time >= first && time <= last)];
        double[] beats = Times(grid);
        if (beats.Length < FewestBeats)
            return (null, $"it has {beats.Length} beats");
        return (new Truth
        {
            Beats = beats,
            Downbeats = Times(grid.Where(line => line.IsFirst)),
            Onsets = Truth.Merge(heard.Select(note => file.Tempo.SecondsAt(note.Start))),
            Tempo = Truth.MedianTempo(beats),
            Meter = [.. file.TimeSignatures.Select(s => $"{s.Numerator}/{s.Denominator}")],
        }, null);
    }

    private static List<(double Tick, double Length, bool IsFirst)> Grid(MidiFile file, double end)
    {
        var grid = new List<(double, double, bool)>();
        for (int i = 0; i < file.TimeSignatures.Count; i++)
        {
            TimeSignature signature = file.TimeSignatures[i];
            double to = i + 1 < file.TimeSignatures.Count ? Math.Min(end + 1, file.TimeSignatures[i + 1].Tick) : end + 1;
            double beat = signature.QuartersPerBeat * file.Tempo.TicksPerQuarter;
            double perBar = signature.QuartersPerBar / signature.QuartersPerBeat;
            for (int k = 0; signature.Tick + k * beat < to; k++)
                grid.Add((signature.Tick + k * beat, beat, k % perBar == 0));
        }
        return grid;
    }

    /// <summary>
    /// How well notes keep to the lines of sixteenths, triplets or swung eighths: the mean cosine of their phase there, 1 if
    /// all lie on lines, 0 if they lie anywhere. Files played without a click have a tempo map that means nothing.
    /// </summary>
    /// <param name="onBeat">Share of notes within 6 % of a beat.</param>
    private static double OnGrid(MidiNote[] notes, List<(double Tick, double Length, bool IsFirst)> grid, out double onBeat)
    {
        int[] divisions = [4, 3, 6];
        var cosines = new double[divisions.Length];
        int line = 0, near = 0;
        foreach (MidiNote note in notes)
        {
            while (line + 1 < grid.Count && grid[line + 1].Tick <= note.Start)
                line++;
            double phase = (note.Start - grid[line].Tick) / grid[line].Length;
            near += phase is < 0.06 or > 0.94 ? 1 : 0;
            for (int i = 0; i < divisions.Length; i++)
                cosines[i] += Math.Cos(2 * Math.PI * divisions[i] * phase);
        }
        onBeat = (double)near / notes.Length;
        return cosines.Max() / notes.Length;
    }
}
