using AInimEngine.Core.Frames;

namespace AInimEngine.Analysis.Music;

/// <summary>
/// What presets can listen to beside the features: where in beat, bar and section the music is. Layout, documentation and
/// schema are made from this table. Filled frame by frame by <see cref="MusicClock"/>.
/// </summary>
/// <remarks>
/// A value speaks of the last sample of its frame, so that the frame that holds a beat is the first to show it; a pulse
/// is in the frame that holds its instant, and in no other.
/// </remarks>
public static class MusicTable
{
    private const int LongestSection = 3600;

    /// <summary>The sources, in order of offset.</summary>
    public static FrameLayout Layout { get; } = new(
    [
        Level("track", "How much of the track has passed."),
        new("tempo", 1, "BPM", 0, 220, "Beats a minute around here; 0 where no pulse is trusted."),
        Level("tempo.confidence", "How sure the tempo is."),
        Level("beat", "Phase in the beat: 0 on it, rising to 1 at the next. 0 before the first beat, and a beat after the last."),
        Level("beat.sine", "1 on the beat, 0 half-way between two: a cosine."),
        Level("beat.pulse", "1 in the frame that holds a beat."),
        Level("beat.place", "Place of the beat in its bar, in steps: 0, 1/4, 2/4, 3/4 in 4/4."),
        new("beat.count", 1, "beats", 0, 65536, "Beats since the first, that one counted."),
        Level("beat.confidence", "How sure the beats are; 0 where there are none, and then all that counts beats is 0."),
        Level("bar", "Phase in the bar."),
        Level("bar.sine", "1 on the downbeat, 0 in the middle of the bar: a cosine."),
        Level("bar.pulse", "1 in the frame that holds a downbeat."),
        new("bar.count", 1, "bars", 0, 16384, "Bars since the first downbeat, that one counted."),
        Level("bar.confidence", "How sure the places in the bar are."),
        Level("bar4", "Phase in the phrase of four bars, counted from the start of the section."),
        Level("bar4.sine", "1 at the start of the phrase, 0 in its middle: a cosine."),
        Level("section", "How much of the section has passed."),
        Level("section.pulse", "1 in the frame in which a section begins."),
        new("section.seconds", 1, "s", 0, LongestSection, "Time since the section began."),
        new("section.index", 1, "", 0, 63, "Number of the section, from 0."),
        new("section.label", 1, "", 0, 31, "Which kind of section: those that sound alike share a number, in order of appearance."),
        Level("section.energy", "Mean loudness of the section against the loudest one."),
        Level("section.confidence", "How sure the sections are."),
        Level("build", "How much of a build-up has passed; 0 outside one."),
        Level("drop", "In the frame in which the full sound enters: how strongly."),
        Level("drop.glow", "The same, falling to 1/e in each second after it."),
        Level("break", "1 while drums and bass are gone."),
        Level("novelty", "How new the sound is."),
        new("key", 1, "", 0, 11, "Tonic of the key around here, C = 0 to B = 11; 0 where there is none."),
        new("key.fifths", 1, "", 0, 11, "The same around the circle of fifths, C = 0, G = 1 to F = 11: related keys are near."),
        Level("key.minor", "1 in a minor key."),
        Level("key.confidence", "How sure the key is; 0 where there is none."),
    ]);

    private static FrameField Level(string name, string description) => new(name, 1, "", 0, 1, description);
}
