namespace AInimEngine.Audio.Playback;

/// <summary>Gives the next samples of a track, at 48 kHz in stereo. May take its time; called by one thread.</summary>
/// <param name="interleaved">Left, right, ...; of even length.</param>
/// <returns>Samples per channel; less than asked only at the end, 0 after it.</returns>
public delegate int SoundReader(Span<float> interleaved);
