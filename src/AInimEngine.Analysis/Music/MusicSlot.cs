namespace AInimEngine.Analysis.Music;

/// <summary>Offsets in <see cref="MusicTable.Layout"/>; a test holds them against the table.</summary>
internal enum MusicSlot
{
    Track, Tempo, TempoConfidence,
    Beat, BeatSine, BeatPulse, BeatPlace, BeatCount, BeatConfidence,
    Bar, BarSine, BarPulse, BarCount, BarConfidence,
    Bar4, Bar4Sine,
    Section, SectionPulse, SectionSeconds, SectionIndex, SectionLabel, SectionEnergy, SectionConfidence,
    Build, Drop, DropGlow, Break,
    Novelty,
    Key, KeyFifths, KeyMinor, KeyConfidence,
}
