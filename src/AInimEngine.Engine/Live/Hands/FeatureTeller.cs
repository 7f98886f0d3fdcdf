using AInimEngine.Analysis.Beats;
using AInimEngine.Control.Osc;
using AInimEngine.Core.Frames;

namespace AInimEngine.Engine.Live.Hands;

/// <summary>
/// Tells lights and other programs what is heard, hop by hop, and every beat when it falls. The hearing thread; allocates
/// nothing.
/// </summary>
internal sealed class FeatureTeller(OscSender sender)
{
    private double _phase;
    private bool _runs;

    /// <summary>A hop was heard.</summary>
    internal void Take(FeatureFrame hop) => sender.Send(hop);

    /// <summary>Where the beat is now.</summary>
    internal void Take(in BeatFrame beat)
    {
        bool trusted = beat.Bpm > 0 && beat.Confidence >= Analysis.Music.MusicClock.LeastConfidence;
        sender.SetTempo(trusted ? beat.Bpm : 0, trusted ? (float)beat.Phase : 0, trusted ? (float)beat.BarPhase : 0);
        // A correction may take the phase back over a beat: only a wrap forwards is a beat.
        if (trusted && _runs && beat.Phase < _phase - 0.5)
            sender.SendBeat(Math.Min((int)(beat.BarPhase * beat.BeatsPerBar), beat.BeatsPerBar - 1) + 1);
        (_phase, _runs) = (beat.Phase, trusted);
    }
}
