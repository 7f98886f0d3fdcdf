using System.Text;
using AInimEngine.Core.Frames;

namespace AInimEngine.Control.Osc;

/// <summary>The fields of a feature layout that go out, and the strongest onset since they went out last.</summary>
internal sealed class OscFeatureFields
{
    private readonly byte[][] _addresses;
    private readonly int[] _offsets, _lengths;
    private readonly bool[] _isOnset;
    private readonly float[] _strongest, _held = new float[1];

    internal OscFeatureFields(FrameLayout layout)
    {
        FrameField[] fields = [.. layout.Fields.Where(field => !field.Name.StartsWith("raw.", StringComparison.Ordinal) && field.Name != "onset.at" && field.Length <= 256)];
        _isOnset = [.. fields.Select(field => field.Length == 1 && (field.Name == "onset" || field.Name.StartsWith("onset.", StringComparison.Ordinal)))];
        _addresses = [.. fields.Select((field, i) => Encoding.UTF8.GetBytes(_isOnset[i] ? "/ainim/" + field.Name.Replace('.', '/') : "/ainim/audio/" + field.Name))];
        _offsets = [.. fields.Select(field => layout.OffsetOf(field.Name))];
        _lengths = [.. fields.Select(field => field.Length)];
        _strongest = new float[fields.Length];
    }

    /// <summary>Fields.</summary>
    internal int Count => _addresses.Length;

    internal ReadOnlySpan<byte> AddressOf(int field) => _addresses[field];

    /// <summary>Keeps the onsets of a frame that may not be sent.</summary>
    internal void Hear(FeatureFrame frame)
    {
        for (int i = 0; i < _offsets.Length; i++)
        {
            if (_isOnset[i])
                _strongest[i] = Math.Max(_strongest[i], frame.Values[_offsets[i]]);
        }
    }

    /// <summary>What is to be sent of a field; false of an onset that did not happen.</summary>
    internal bool TryTake(int field, FeatureFrame frame, out ReadOnlySpan<float> values)
    {
        if (!_isOnset[field])
        {
            values = frame.Values.AsSpan(_offsets[field], _lengths[field]);
            return true;
        }
        (_held[0], _strongest[field]) = (_strongest[field], 0);
        values = _held;
        return _held[0] > 0;
    }
}
