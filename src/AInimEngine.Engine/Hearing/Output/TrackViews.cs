using AInimEngine.Analysis.Views;
using AInimEngine.Core.Frames;
using AInimEngine.Media;

namespace AInimEngine.Engine.Hearing.Output;

/// <summary>Makes views of files.</summary>
public static class TrackViews
{
    /// <summary>Columns when every feature is written: 14 minutes at the finest.</summary>
    public const int FeatureColumns = 40_000;

    /// <summary>Columns of a report: 5 minutes at the finest.</summary>
    public const int ReportColumns = 14_000;

    private const int BlockLength = 8192;

    /// <summary>Decodes a heard track once more and looks at it.</summary>
    public static TrackView Make(HeardTrack heard, int mostColumns, CancellationToken cancellation)
    {
        using AudioFile track = AudioFile.Open(heard.Path, warnings: null, tools: null, cancellation);
        var view = new TrackView(heard.Summary, mostColumns);
        var block = new float[BlockLength * AudioFile.Channels];
        for (int read; (read = track.Read(block)) > 0;)
        {
            cancellation.ThrowIfCancellationRequested();
            view.Write(new AudioBlock(block.AsSpan(0, read * AudioFile.Channels), AudioFile.SampleRate, AudioFile.Channels, track.Position - read));
        }
        view.Complete();
        return view;
    }
}
