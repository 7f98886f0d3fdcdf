using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using AInimEngine.Core.State;

namespace AInimEngine.Analysis.Spectrum;

/// <summary>
/// Splits the power of a spectrum into what lasts (tones) and what is broad (hits): a median over the past 180 ms against
/// one over 400 Hz, as soft masks P^2/(H^2+P^2) (Fitzgerald, "Harmonic/percussive separation using median filtering",
/// DAFx 2010, eq. 1 to 6). Causal: the time median looks back only, so a new tone counts as a hit for its first 90 ms.
/// </summary>
/// <remarks>Every second spectrum, 93.75 a second: medians are the dearest part of a hop, and levels change no faster.</remarks>
internal sealed class HarmonicPercussive : IStateful
{
    private const int Taps = 17, Half = Taps / 2;

    /// <summary>Bins from 23 Hz to 16 kHz: 85 vectors of eight.</summary>
    private const int First = 1, Count = 680;

    private const int Row = Count + 2 * Half;

    // Rows carry a margin on either side, so that the median over frequency runs over whole vectors.
    private readonly float[] _history = new float[Taps * Row];
    private int _newest;
    private bool _skips;
    private float _harmonic, _percussive;

    /// <summary>Hears a spectrum and gives the RMS amplitudes of its two parts; they add up in power.</summary>
    internal void Hear(ReadOnlySpan<float> power, ReadOnlySpan<float> amplitude, out float harmonic, out float percussive)
    {
        if (!_skips)
            Split(power, amplitude);
        _skips = !_skips;
        (harmonic, percussive) = (_harmonic, _percussive);
    }

    /// <inheritdoc/>
    public void Reset()
    {
        Array.Clear(_history);
        _newest = 0;
        _skips = false;
        _harmonic = _percussive = 0;
    }

    /// <inheritdoc/>
    public void Save(StateWriter writer)
    {
        writer.Section("analysis.parts", 1);
        writer.Write<float>(_history);
        writer.Write(_newest);
        writer.Write(_skips);
        writer.Write(_harmonic);
        writer.Write(_percussive);
    }

    /// <inheritdoc/>
    public void Restore(StateReader reader)
    {
        reader.Section("analysis.parts", 1);
        reader.Read<float>(_history);
        _newest = reader.Read<int>();
        _skips = reader.Read<bool>();
        _harmonic = reader.Read<float>();
        _percussive = reader.Read<float>();
    }

    private void Split(ReadOnlySpan<float> power, ReadOnlySpan<float> amplitude)
    {
        _newest = (_newest + 1) % Taps;
        Span<float> now = _history.AsSpan(_newest * Row, Row);
        amplitude.Slice(First, Count).CopyTo(now[Half..]);
        for (int i = 1; i <= Half; i++)
        {
            now[Half - i] = now[Half + i];
            now[Half + Count - 1 + i] = now[Half + Count - 1 - i];
        }
        ref float history = ref MemoryMarshal.GetArrayDataReference(_history);
        ref float row = ref MemoryMarshal.GetReference(now);
        ref float p = ref MemoryMarshal.GetReference(power[First..]);
        Vector256<float> tones = Vector256<float>.Zero, all = Vector256<float>.Zero, tiny = Vector256.Create(1e-20f);
        for (nuint i = 0; i < Count; i += 8)
        {
            Vector256<float> lasting = Median(ref history, i + Half, Row), broad = Median(ref row, i, 1);
            (lasting, broad) = (lasting * lasting, broad * broad);
            Vector256<float> here = Vector256.LoadUnsafe(ref p, i);
            tones += here * lasting / (lasting + broad + tiny);
            all += here;
        }
        float harmonic = VectorMath.Sum(tones);
        _harmonic = MathF.Sqrt(harmonic);
        _percussive = MathF.Sqrt(Math.Max(0, VectorMath.Sum(all) - harmonic));
    }

    /// <summary>
    /// Medians of seventeen in eight lanes: of ten, the smallest and the largest cannot be the median and are forgotten;
    /// one more comes in, and so on.
    /// </summary>
    private static Vector256<float> Median(ref float values, nuint first, nuint step)
    {
        // Amplitudes are finite, so the machine's own minimum will do; the careful one is four times as dear.
        Span<Vector256<float>> kept = stackalloc Vector256<float>[Half];
        Vector256<float> a = Vector256.LoadUnsafe(ref values, first), b = Vector256.LoadUnsafe(ref values, first + step);
        nuint next = first + 2 * step;
        for (int i = 0; i < kept.Length; i++, next += step)
            kept[i] = Vector256.LoadUnsafe(ref values, next);
        for (int count = kept.Length; ; count--, next += step)
        {
            Vector256<float> low = Vector256.MinNative(a, b), high = Vector256.MaxNative(a, b);
            for (int i = 0; i < count; i++)
            {
                Vector256<float> x = kept[i], above = Vector256.MaxNative(low, x);
                low = Vector256.MinNative(low, x);
                kept[i] = Vector256.MinNative(high, above);
                high = Vector256.MaxNative(high, above);
            }
            if (count == 1)
                return kept[0];
            (a, b) = (kept[count - 1], Vector256.LoadUnsafe(ref values, next));
        }
    }
}
