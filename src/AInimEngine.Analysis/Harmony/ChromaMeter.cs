using AInimEngine.Analysis.Features;
using AInimEngine.Analysis.Spectrum;
using AInimEngine.Core.Frames;

namespace AInimEngine.Analysis.Harmony;

/// <summary>
/// Measures pitch classes: takes the sound of a track, gives a <see cref="ChromaTrack"/>. Bounded: 150 bytes for every
/// 85 ms, 19 MB for three hours.
/// </summary>
/// <remarks>
/// The shared transform has bins 23.4 Hz apart, wider than a semitone below 400 Hz, so the sound is decimated to 6 kHz and
/// seen through the same 2048 points: bins of 2.93 Hz, two notes a semitone apart told apart from 100 Hz up. Peaks are
/// interpolated (a parabola through the logarithm of three bins) and folded by amplitude to the power 0.4 (so
/// that the loudest partial is not the only one heard), each also, weaker, onto the notes of which it may be the second
/// to fourth harmonic (Gomez 2006, 3.3).
/// </remarks>
internal sealed class ChromaMeter
{
    private const int CellOut = PitchGrid.CellSize / Decimator.Factor, History = 2560;
    private const double BinHertz = Hop.BinHertz / Decimator.Factor;

    // The window centred on a cell ends this long before the newest of the two cells after it.
    private const int WindowAt = History - 2 * CellOut - CellOut / 2 - Hop.WindowSize / 2 + Decimator.Delay;

    private readonly SampleFifo _fifo = new();
    private readonly Decimator _left = new(), _right = new();
    private readonly float[] _planar = new float[PitchGrid.CellSize];
    private readonly float[] _leftHistory = new float[History], _rightHistory = new float[History];
    private readonly StereoSpectrum _spectrum = new();
    private readonly PeakFolder _folder = new(BinHertz);
    private readonly List<float> _fine = [], _tonal = [];
    private long _samples, _cells;

    /// <summary>Takes in 48 kHz stereo sound that follows the last block.</summary>
    internal void Write(in AudioBlock block)
    {
        _fifo.Write(block);
        _samples += block.Length;
        while (_fifo.TryTake(PitchGrid.CellSize, out ReadOnlySpan<float> stereo))
            Hear(stereo);
    }

    /// <summary>The track ends here.</summary>
    internal ChromaTrack Complete()
    {
        int cells = (int)((_samples + PitchGrid.CellSize - 1) / PitchGrid.CellSize);
        while (_tonal.Count < cells)
        {
            _fifo.WriteSilence(PitchGrid.CellSize);
            _fifo.TryTake(PitchGrid.CellSize, out ReadOnlySpan<float> stereo);
            Hear(stereo);
        }
        return new ChromaTrack([.. _fine], [.. _tonal], _folder.TuningCents);
    }

    private void Hear(ReadOnlySpan<float> stereo)
    {
        Decimate(stereo, 0, _left, _leftHistory);
        Decimate(stereo, 1, _right, _rightHistory);
        if (_cells++ < 2)
            return;
        _spectrum.Transform(_leftHistory.AsSpan(WindowAt, Hop.WindowSize), _rightHistory.AsSpan(WindowAt, Hop.WindowSize));
        Span<float> fine = stackalloc float[PitchGrid.Fine];
        _tonal.Add(_folder.Fold(_spectrum.Power, fine));
        foreach (float x in fine)
            _fine.Add(x);
    }

    private void Decimate(ReadOnlySpan<float> stereo, int channel, Decimator decimator, float[] history)
    {
        for (int i = 0; i < _planar.Length; i++)
            _planar[i] = stereo[2 * i + channel];
        history.AsSpan(CellOut).CopyTo(history);
        decimator.Process(_planar, history.AsSpan(History - CellOut));
    }
}
