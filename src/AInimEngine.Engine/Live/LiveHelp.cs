using AInimEngine.Control.Tempo;
using AInimEngine.Core.Control;
using AInimEngine.Engine.Live.Hands;

namespace AInimEngine.Engine.Live;

/// <summary>What rows do in the few words that a column of keys has room for.</summary>
internal static class LiveHelp
{
    private static readonly Dictionary<string, string> s_words = new()
    {
        [LiveRows.Next] = "next preset",
        [LiveRows.Previous] = "preset before",
        [LiveRows.Any] = "another preset by chance",
        [LiveRows.Mark] = "mark as a favourite, or not",
        [LiveRows.AnyFavourite] = "a favourite by chance",
        [LiveRows.Blackout] = "blackout",
        [LiveRows.Freeze] = "freeze the generator",
        [LiveRows.Panic] = "panic: all as at the start",
        [TempoRows.Tap] = "tap the beat",
        [TempoRows.Resync] = "the bar begins now",
        [TempoRows.Half] = "half tempo",
        [TempoRows.Double] = "double tempo",
        [TempoRows.Earlier] = "beats earlier",
        [TempoRows.Later] = "beats later",
        [TempoRows.Lock] = "hold the tempo",
        [LiveRows.Intensity] = "intensity",
        [LiveRows.Speed] = "speed",
        [LiveRows.Brightness] = "brightness",
        [LiveRows.Overlay] = "performer's overlay",
        [LiveRows.Help] = "these keys",
        [LiveRows.TestPattern] = "test pattern",
        [LiveRows.Record] = "record, stop",
        [MidiRows.Learn] = "learn a MIDI control",
        [LiveRows.FullScreen] = "full screen",
        [LiveRows.Release] = "let go of all parameters",
    };

    /// <summary>The words of a row: its own description where it has no shorter ones.</summary>
    internal static string Of(ControlRow row) => s_words.GetValueOrDefault(row.Id, row.Description.TrimEnd('.'));
}
