using AInimEngine.Core.Errors;

namespace AInimEngine.Engine.Hearing;

/// <summary>Lets the live analyser hear a file as if it were played, and collects what it decides in real time.</summary>
public static class LiveTrack
{
    /// <summary>Hears a track.</summary>
    public static HeardTrack Hear(string path, IWarningSink? warnings, IProgress<double>? progress, CancellationToken cancellation) =>
        new TrackAnalyzer(null, warnings).Analyze(path, progress, cancellation);
}
