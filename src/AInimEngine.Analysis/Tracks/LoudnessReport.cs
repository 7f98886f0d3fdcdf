namespace AInimEngine.Analysis.Tracks;

/// <summary>Loudness of a track (ITU-R BS.1770-5, EBU Tech 3341 and 3342), measured on the file's own channels.</summary>
/// <param name="Integrated">LUFS, gated; -70 where nothing is loud enough.</param>
/// <param name="MomentaryMax">Largest loudness of 400 ms, LUFS.</param>
/// <param name="ShortTermMax">Largest loudness of 3 s, LUFS.</param>
/// <param name="Range">Loudness range, LU.</param>
/// <param name="TruePeak">dBTP by fourfold oversampling.</param>
public sealed record LoudnessReport(double Integrated, double MomentaryMax, double ShortTermMax, double Range, double TruePeak);
