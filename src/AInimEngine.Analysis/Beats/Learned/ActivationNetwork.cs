using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using AInimEngine.Core.State;

namespace AInimEngine.Analysis.Beats.Learned;

/// <summary>
/// A temporal convolutional network, one frame at a time: every layer keeps the frames that it will read again. A model that
/// looks ahead runs the same way; its layers answer for an earlier frame, and all together <see cref="Delay"/> frames late.
/// </summary>
/// <remarks>
/// Davies and Böck, "Temporal convolutional networks for musical audio beat tracking", EUSIPCO 2019. Sums are vectors of
/// eight outputs, added input by input and never fused, so the bits are the same on every machine.
/// </remarks>
internal sealed class ActivationNetwork : IStateful
{
    private readonly ActivationModel _model;
    private readonly int _channels;
    private readonly float[] _frontHistory, _state, _wide;
    private readonly float[][] _histories;
    private long _frame, _length = long.MaxValue;

    /// <param name="model">Weights, shared between networks.</param>
    internal ActivationNetwork(ActivationModel model)
    {
        _model = model;
        _channels = model.Channels;
        _frontHistory = new float[model.FrontTaps * ActivationFeatures.Count];
        _histories = new float[model.Wide.Length][];
        int delay = model.LooksAhead ? model.FrontTaps / 2 : 0;
        for (int block = 0; block < _histories.Length; block++)
        {
            _histories[block] = new float[((ActivationModel.Taps - 1) * (1 << block) + 1) * _channels];
            delay += model.LooksAhead ? 1 << block : 0;
        }
        Delay = delay;
        _state = new float[_channels];
        _wide = new float[_channels];
    }

    /// <summary>Frames by which an answer comes after the frame that it is for, beside what the model was trained to wait.</summary>
    internal int Delay { get; }

    /// <summary>From now on frames are padding: there is no more sound.</summary>
    internal void End() => _length = _frame;

    /// <summary>Takes a frame and answers for the one <see cref="Delay"/> frames before.</summary>
    /// <param name="features"><see cref="ActivationFeatures.Count"/> floats; zeros after <see cref="End"/>.</param>
    /// <param name="beat">Likelihood of a beat, downbeats included, 0..1.</param>
    /// <param name="downbeat">Likelihood of a downbeat, 0..<paramref name="beat"/>.</param>
    internal void Next(ReadOnlySpan<float> features, out float beat, out float downbeat)
    {
        long time = _frame++;
        int taps = _model.FrontTaps;
        features.CopyTo(Row(_frontHistory, time % taps, ActivationFeatures.Count));
        _model.Front.Biases.CopyTo(_state, 0);
        for (int tap = 0; tap < taps; tap++)
            Add(_frontHistory, (time + 1 + tap) % taps * ActivationFeatures.Count, ActivationFeatures.Count, _model.Front.Weights, tap, _state);
        Rectify(_state);
        if (_model.LooksAhead)
            time -= taps / 2;
        SilenceOutside(time);
        for (int block = 0; block < _histories.Length; block++)
        {
            Block(block, time);
            if (_model.LooksAhead)
                time -= 1 << block;
            SilenceOutside(time);
        }
        Rectify(_state);
        Answer(out beat, out downbeat);
    }

    /// <inheritdoc/>
    public void Reset()
    {
        _frame = 0;
        _length = long.MaxValue;
        Array.Clear(_frontHistory);
        foreach (float[] history in _histories)
            Array.Clear(history);
    }

    /// <inheritdoc/>
    public void Save(StateWriter writer)
    {
        writer.Section("analysis.beats.network", 1);
        writer.Write(_frame);
        writer.Write(_length);
        writer.Write<float>(_frontHistory);
        foreach (float[] history in _histories)
            writer.Write<float>(history);
    }

    /// <inheritdoc/>
    public void Restore(StateReader reader)
    {
        reader.Section("analysis.beats.network", 1);
        _frame = reader.Read<long>();
        _length = reader.Read<long>();
        reader.Read<float>(_frontHistory);
        foreach (float[] history in _histories)
            reader.Read<float>(history);
    }

    private static Span<float> Row(float[] history, long row, int width) => history.AsSpan((int)row * width, width);

    private void Block(int block, long time)
    {
        float[] history = _histories[block];
        int dilation = 1 << block, rows = history.Length / _channels;

        // Frames before the first are zeros, as is what a layer that looks ahead says of them: any clock that moves on will do.
        long clock = time + (1 << 20);
        _state.CopyTo(Row(history, clock % rows, _channels));
        _model.Wide[block].Biases.CopyTo(_wide, 0);
        for (int tap = 0; tap < ActivationModel.Taps; tap++)
            Add(history, (clock + 1 + tap * dilation) % rows * _channels, _channels, _model.Wide[block].Weights, tap, _wide);
        Rectify(_wide);
        if (_model.LooksAhead)
            Row(history, (clock - dilation) % rows, _channels).CopyTo(_state);
        float[] bias = _model.Mix[block].Biases;
        for (int i = 0; i < _channels; i++)
            _state[i] += bias[i];
        Add(_wide, 0, _channels, _model.Mix[block].Weights, 0, _state);
    }

    private void SilenceOutside(long time)
    {
        if (time < 0 || time >= _length)
            Array.Clear(_state);
    }

    private void Answer(out float beat, out float downbeat)
    {
        float a = _model.Head.Biases[0], b = _model.Head.Biases[1];
        for (int i = 0; i < _channels; i++)
        {
            a += _state[i] * _model.Head.Weights[2 * i];
            b += _state[i] * _model.Head.Weights[2 * i + 1];
        }
        float other = Exp(a), first = Exp(b), total = 1 + other + first;
        beat = (other + first) / total;
        downbeat = first / total;
    }

    /// <summary>e^x within 1e-6 of it, of x held to -60..60; the library's differs between machines.</summary>
    private static float Exp(float x)
    {
        double y = Math.Clamp(x, -60f, 60f) * 1.4426950408889634, whole = Math.Round(y), t = (y - whole) * 0.6931471805599453;
        double series = 1 + t * (1 + t * (1.0 / 2 + t * (1.0 / 6 + t * (1.0 / 24 + t * (1.0 / 120 + t * (1.0 / 720))))));
        return (float)(series * BitConverter.Int64BitsToDouble((1023 + (long)whole) << 52));
    }

    private static void Rectify(float[] values)
    {
        for (int i = 0; i < values.Length; i++)
            values[i] = Math.Max(values[i], 0);
    }

    /// <summary>Adds to each output the inputs times the weights of a tap.</summary>
    private static void Add(float[] from, long at, int inputs, float[] weights, int tap, float[] output)
    {
        int outputs = output.Length;
        ref float w = ref weights.AsSpan(tap * inputs * outputs, inputs * outputs)[0];
        ReadOnlySpan<float> x = from.AsSpan((int)at, inputs);
        for (int o = 0; o < outputs; o += 8)
        {
            Vector256<float> sum = Vector256.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(output), (nuint)o);
            nuint row = (nuint)o;
            for (int i = 0; i < x.Length; i++, row += (nuint)outputs)
                sum += Vector256.Create(x[i]) * Vector256.LoadUnsafe(ref w, row);
            sum.StoreUnsafe(ref MemoryMarshal.GetArrayDataReference(output), (nuint)o);
        }
    }
}
