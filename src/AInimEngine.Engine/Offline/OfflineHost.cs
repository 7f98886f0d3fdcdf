using System.Diagnostics;
using AInimEngine.Analysis.Features;
using AInimEngine.Analysis.Ranges;
using AInimEngine.Core.Errors;
using AInimEngine.Core.Frames;
using AInimEngine.Mapping;
using AInimEngine.Media;
using AInimEngine.Neural;

namespace AInimEngine.Engine.Offline;

/// <summary>
/// Renders a track into a video file: <see cref="OpenAsync"/> listens to the whole track and makes a plan,
/// <see cref="RunAsync"/> carries it out. Killed at any time, the same request continues where it was.
/// </summary>
public sealed class OfflineHost : IDisposable
{
    private readonly RenderRequest _request;
    private readonly Scene _scene;
    private readonly FrameProducer _producer;
    private readonly PainterThread _painter;
    private readonly RenderPipeline _pipeline;
    private readonly RenderManifest _manifest;
    private readonly RenderOutput _output;
    private readonly IWarningSink _warnings;
    private string _stage = "rendering";
    private long _started;

    private OfflineHost(
        RenderRequest request, Scene scene, FrameProducer producer, PainterThread painter, RenderPipeline pipeline,
        RenderManifest manifest, RenderOutput output, RenderPlan plan, StageTimes times, IWarningSink warnings)
    {
        _request = request;
        _scene = scene;
        _producer = producer;
        _painter = painter;
        _pipeline = pipeline;
        _manifest = manifest;
        _output = output;
        _warnings = warnings;
        Plan = plan;
        Times = times;
    }

    /// <summary>What will be made.</summary>
    public RenderPlan Plan { get; }

    /// <summary>Busy time of every stage in this run.</summary>
    public StageTimes Times { get; }

    /// <summary>Where the render stands. Any thread.</summary>
    public RenderProgress Progress
    {
        get
        {
            long done = Math.Max(_pipeline.FramesDone, Plan.FirstFrame);
            double elapsed = _started == 0 ? 0 : Stopwatch.GetElapsedTime(_started).TotalSeconds;
            double speed = elapsed > 0 ? (done - Plan.FirstFrame) / elapsed : 0;
            return new RenderProgress(_stage, done, Plan.FrameCount, speed, speed > 0 ? (Plan.FrameCount - done) / speed : double.NaN);
        }
    }
}
