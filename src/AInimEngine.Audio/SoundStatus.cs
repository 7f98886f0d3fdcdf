using System.Diagnostics;

namespace AInimEngine.Audio;

/// <summary>What a source of sound does, for people. Immutable: replaced as a whole when something changes.</summary>
/// <param name="State">What it does.</param>
/// <param name="Device">The device's name, or what was asked for as long as none was found.</param>
/// <param name="Problem">Why there is none, in one line, or null.</param>
/// <param name="RetryAt">Monotonic time of the next attempt, while there is no device; otherwise 0.</param>
public sealed record SoundStatus(SoundState State, string Device, string? Problem = null, long RetryAt = 0)
{
    /// <summary>"listening to Scarlett 2i2", "lost Scarlett 2i2, trying again in 4 s". Makes a new string: for overlays that changed, not for every frame.</summary>
    /// <param name="now">Monotonic time.</param>
    public string InWords(long now) => State switch
    {
        SoundState.Opening => $"opening {Device}",
        SoundState.Listening => $"listening to {Device}",
        SoundState.Missing => $"no sound: {Problem?.TrimEnd('.')}{Again(now)}",
        SoundState.Lost => $"lost {Device}{Again(now)}",
        SoundState.Playing => $"playing on {Device}",
        SoundState.PlayingSilently => $"playing silently{(Problem is null ? "" : $": {Problem.TrimEnd('.')}")}",
        _ => "the sound is over",
    };

    private string Again(long now)
    {
        long left = Math.Max(0, RetryAt - now);
        return $", trying again in {(left + Stopwatch.Frequency - 1) / Stopwatch.Frequency} s";
    }
}
