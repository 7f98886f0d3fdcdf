using System.Runtime.Intrinsics;
using AInimEngine.Core.State;

namespace AInimEngine.Analysis.Loudness;

/// <summary>
/// The K filter of ITU-R BS.1770-5, Annex 1: a high shelf for the head, then a high-pass, both channels side by side in
/// double precision. Coefficients are the recommendation's own for 48 kHz.
/// </summary>
internal sealed class KWeighting : IStateful
{
    private const double Denormal = 1e-30;
    private Vector128<double> _shelf1, _shelf2, _pass1, _pass2;

    /// <summary>Filters interleaved stereo and returns the sum of squares over both channels.</summary>
    internal double Energy(ReadOnlySpan<float> stereo)
    {
        Vector128<double> s1 = _shelf1, s2 = _shelf2, p1 = _pass1, p2 = _pass2, sum = Vector128<double>.Zero;
        for (int i = 0; i + 1 < stereo.Length; i += 2)
        {
            Vector128<double> x = Vector128.Create((double)stereo[i], stereo[i + 1]);

            // Transposed direct form II: two states per section.
            Vector128<double> y = x * 1.53512485958697 + s1;
            s1 = s2 - x * 2.69169618940638 + y * 1.69065929318241;
            s2 = x * 1.19839281085285 - y * 0.73248077421585;
            Vector128<double> z = y + p1;
            p1 = p2 - y * 2.0 + z * 1.99004745483398;
            p2 = y - z * 0.99007225036621;
            sum += z * z;
        }
        (_shelf1, _shelf2, _pass1, _pass2) = (Settle(s1), Settle(s2), Settle(p1), Settle(p2));
        return sum[0] + sum[1];
    }

    /// <inheritdoc/>
    public void Reset() => _shelf1 = _shelf2 = _pass1 = _pass2 = Vector128<double>.Zero;

    /// <inheritdoc/>
    public void Save(StateWriter writer)
    {
        writer.Section("analysis.kweighting", 1);
        writer.Write(_shelf1);
        writer.Write(_shelf2);
        writer.Write(_pass1);
        writer.Write(_pass2);
    }

    /// <inheritdoc/>
    public void Restore(StateReader reader)
    {
        reader.Section("analysis.kweighting", 1);
        _shelf1 = reader.Read<Vector128<double>>();
        _shelf2 = reader.Read<Vector128<double>>();
        _pass1 = reader.Read<Vector128<double>>();
        _pass2 = reader.Read<Vector128<double>>();
    }

    /// <summary>A decaying filter ends in denormal numbers, which are a hundred times slower; below -600 dB it is zero.</summary>
    private static Vector128<double> Settle(Vector128<double> state) =>
        Vector128.ConditionalSelect(Vector128.GreaterThan(Vector128.Abs(state), Vector128.Create(Denormal)), state, Vector128<double>.Zero);
}
