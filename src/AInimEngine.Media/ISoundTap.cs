namespace AInimEngine.Media;

/// <summary>
/// Hears a sound as its file holds it: at its own rate, with its own channels, before anything is resampled or mixed.
/// NaN and infinity are 0 already. Called from one thread at a time, not always the reader's; everything has been heard
/// once <see cref="AudioFile.Ended"/>.
/// </summary>
public interface ISoundTap
{
    /// <summary>Decoding starts at the first sample; again when the reader goes back.</summary>
    /// <param name="stream">Rate, channels and layout of what follows.</param>
    void Start(MediaStream stream);

    /// <summary>Hears the next samples.</summary>
    /// <param name="interleaved">Whole frames of all channels; valid during the call.</param>
    void Hear(ReadOnlySpan<float> interleaved);
}
