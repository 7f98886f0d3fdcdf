using System.Diagnostics;
using AInimEngine.Analysis;
using AInimEngine.Analysis.Beats;
using AInimEngine.Analysis.Features;
using AInimEngine.Analysis.Spectrum;
using AInimEngine.Audio;
using AInimEngine.Audio.Level;
using AInimEngine.Control.Tempo;
using AInimEngine.Core.Control;
using AInimEngine.Core.Frames;
using AInimEngine.Engine.Live.Hands;

namespace AInimEngine.Engine.Live;

/// <summary>
/// The hearing thread: takes sound as it comes, sets its level, and says at every hop what is heard and where the beat is.
/// Owns the thread; the source is the caller's and outlives it.
/// </summary>
internal sealed class LiveEar : IDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(100);

    private readonly ISoundSource _source;
    private readonly LiveAnalyzer _analyzer;
    private readonly FeatureFrame _hop = new(FeatureTable.Layout);
    private readonly float[] _block = new float[1024 * Hop.Channels];
    private readonly Thread _thread;
    private volatile bool _stop;
    private string? _failure;
    private FreeBands? _bands;
    private long _position, _hops;

    internal LiveEar(ISoundSource source, AutoGainSettings gain, FreeBands bands)
    {
        _source = source;
        Gain = new AutoGain(gain);
        _analyzer = new LiveAnalyzer(Beats, bands);
        _thread = new Thread(Hear) { Name = "hearing", IsBackground = true, Priority = ThreadPriority.AboveNormal };
        _thread.Start();
    }

    /// <summary>Features, newest first.</summary>
    internal HeardSound Sound { get; } = new();

    /// <summary>The beat, foreseen.</summary>
    internal HeardBeat Beat { get; } = new();

    /// <summary>What hands did to the tempo.</summary>
    internal TempoQueue Commands { get; } = new();

    /// <summary>Level meter; its gain may be looked at from any thread.</summary>
    internal AutoGain Gain { get; }

    /// <summary>Takes sound as the show log and recordings need it: after the gain, 48 kHz stereo. Set before it plays; called on the hearing thread.</summary>
    internal Action<ReadOnlySpan<float>, long>? Listener { get; set; }

    /// <summary>Tells other programs what is heard; null for nobody. Set before it plays.</summary>
    internal FeatureTeller? Teller { get; set; }

    /// <summary>Is told what is done when, for measurements; null for nobody. Set before it plays.</summary>
    internal Latency.IEarProbe? Probe { get; set; }

    /// <summary>Hops heard so far.</summary>
    internal long Hops => Volatile.Read(ref _hops);

    /// <summary>Why nothing is heard any more, or null.</summary>
    internal string? Failure => Volatile.Read(ref _failure);

    private LiveBeats Beats { get; } = new();

    /// <summary>The bands of the preset that plays. Any thread.</summary>
    internal FreeBands Bands
    {
        set => Volatile.Write(ref _bands, value);
    }

    /// <summary>Ends the thread.</summary>
    public void Dispose()
    {
        _stop = true;
        _thread.Join();
    }

    private void Hear()
    {
        while (!_stop)
        {
            try
            {
                if (_source.Wait(LongestWait))
                    Take();
                else if (_source.Ended)
                    return;
            }
#pragma warning disable CA1031 // Whatever it is: the picture goes on without it, and the overlay says so.
            catch (Exception error)
#pragma warning restore CA1031
            {
                Volatile.Write(ref _failure, error.Message);
                return;
            }
        }
    }

    private void Take()
    {
        for (int count; (count = _source.Read(_block)) > 0 && !_stop;)
        {
            if (Interlocked.Exchange(ref _bands, null) is { } bands)
                _analyzer.Listen(bands);
            Span<float> samples = _block.AsSpan(0, count * Hop.Channels);
            Gain.Process(samples);
            Listener?.Invoke(samples, _position);
            Probe?.Took(samples, _source.Time);
            _analyzer.Write(new AudioBlock(samples, Hop.SampleRate, Hop.Channels, _position));
            _position += count;
            while (Commands.TryRead(out TempoCommand command))
                Beats.Apply(command, _position + SamplesBetween(_source.Time, command.Timestamp));
            while (_analyzer.TryRead(_hop))
            {
                long end = _hop.FirstSample + _hop.SampleCount;
                Sound.Give(_hop, TimeOf(end));
                Probe?.Told(_hop);
                Teller?.Take(_hop);
                if (Beats.TryRead(out BeatFrame beat))
                {
                    Beat.Give(beat, TimeOf(beat.Sample));
                    Teller?.Take(beat);
                }
                Volatile.Write(ref _hops, _hops + 1);
            }
        }
    }

    /// <summary>Monotonic time of a sample: the newest one's, less what lies between.</summary>
    private long TimeOf(long sample) => _source.Time + (long)((sample - _position) * ((double)Stopwatch.Frequency / Hop.SampleRate));

    private static long SamplesBetween(long from, long to) => (long)((to - from) * ((double)Hop.SampleRate / Stopwatch.Frequency));
}
