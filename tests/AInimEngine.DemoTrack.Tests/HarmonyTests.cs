using AInimEngine.DemoTrack.Composition;

namespace AInimEngine.DemoTrack.Tests;

public sealed class HarmonyTests
{
    [Fact]
    public void NoVoiceLeapsFromChordToChord()
    {
        foreach ((Chord before, Chord after) in Harmony.Chords.Zip(Harmony.Chords.Skip(1)))
        {
            for (int voice = 0; voice < before.Voices.Length; voice++)
                Assert.InRange(Math.Abs(after.Voices[voice] - before.Voices[voice]), 0, 2);
        }
    }

    [Fact]
    public void ChordsFillEveryBarWithoutGap()
    {
        int step = 0;
        foreach (Chord chord in Harmony.Chords)
        {
            Assert.Equal(step, chord.Bar * Song.StepsPerBar + chord.Step);
            step += chord.Length;
        }
        Assert.Equal(Song.Bars * Song.StepsPerBar, step);
    }

    [Fact]
    public void TheTuneStaysInAMinorWithItsRaisedSeventh()
    {
        int[] scale = [9, 11, 0, 2, 4, 5, 7, 8]; // A B C D E F G G#
        Assert.All(Melody.Lead.Concat(Melody.Bell).Concat(Melody.Arpeggio), note => Assert.Contains(note.Pitch % 12, scale));
    }
}
