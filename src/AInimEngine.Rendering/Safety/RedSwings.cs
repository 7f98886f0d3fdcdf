using AInimEngine.Core.State;

namespace AInimEngine.Rendering.Safety;

/// <summary>
/// Finds each block's transitions to and from a saturated red: between extremes of R/(R+G+B), the redder one saturated,
/// further apart in the CIE 1976 u'v' diagram than the rule allows.
/// </summary>
internal sealed class RedSwings(int blocks)
{
    private readonly Chroma[] _least = new Chroma[blocks], _most = new Chroma[blocks];
    private readonly sbyte[] _directions = new sbyte[blocks];

    /// <summary>Takes a block's first colour, linear light.</summary>
    public void Begin(int block, float red, float green, float blue)
    {
        Chroma chroma = Chroma.Of(red, green, blue);
        (_least[block], _most[block], _directions[block]) = (chroma, chroma, 0);
    }

    /// <summary>Takes a block's next colour; true when that completes a transition.</summary>
    public bool Add(int block, float red, float green, float blue)
    {
        Chroma chroma = Chroma.Of(red, green, blue);
        if (WouldTurn(block, in chroma, FlashRules.Chromaticity, FlashRules.Saturated, out int turned))
        {
            (_least[block], _most[block], _directions[block]) = (chroma, chroma, (sbyte)turned);
            return true;
        }
        int direction = _directions[block];
        if (direction >= 0 && chroma.Redness > _most[block].Redness)
            _most[block] = chroma;
        if (direction <= 0 && chroma.Redness < _least[block].Redness)
            _least[block] = chroma;
        return false;
    }

    /// <summary>Whether a colour would complete a transition, by other thresholds than the rule's where a margin is wanted.</summary>
    public bool WouldTurn(int block, float red, float green, float blue, float distance, float saturated)
    {
        Chroma chroma = Chroma.Of(red, green, blue);
        return WouldTurn(block, in chroma, distance, saturated, out _);
    }

    public void Reset() => Array.Clear(_directions);

    public void Save(StateWriter writer)
    {
        writer.Write<Chroma>(_least);
        writer.Write<Chroma>(_most);
        writer.Write<sbyte>(_directions);
    }

    public void Restore(StateReader reader)
    {
        reader.Read<Chroma>(_least);
        reader.Read<Chroma>(_most);
        reader.Read<sbyte>(_directions);
    }

    private bool WouldTurn(int block, in Chroma now, float distance, float saturated, out int turned)
    {
        int direction = _directions[block];
        if (direction <= 0 && now.Redness >= saturated && now.Redness > _least[block].Redness && Chroma.SquaredDistance(in now, in _least[block]) > distance * distance)
        {
            turned = 1;
            return true;
        }
        turned = -1;
        return direction >= 0 && _most[block].Redness >= saturated && now.Redness < _most[block].Redness && Chroma.SquaredDistance(in now, in _most[block]) > distance * distance;
    }

    // Chromaticity is taken only where redness lets it matter.
    private readonly record struct Chroma(float Redness, float Red, float Green, float Blue)
    {
        public static Chroma Of(float red, float green, float blue)
        {
            (red, green, blue) = (red + FlashRules.Veil, green + FlashRules.Veil, blue + FlashRules.Veil);
            return new Chroma(red / (red + green + blue), red, green, blue);
        }

        public static float SquaredDistance(in Chroma one, in Chroma other)
        {
            (float u1, float v1) = one.Uniform();
            (float u2, float v2) = other.Uniform();
            return (u1 - u2) * (u1 - u2) + (v1 - v2) * (v1 - v2);
        }

        // IEC 61966-2-1's primaries and white; u' = 4X/(X+15Y+3Z), v' = 9Y/(X+15Y+3Z).
        private (float U, float V) Uniform()
        {
            float x = 0.4124f * Red + 0.3576f * Green + 0.1805f * Blue;
            float y = 0.2126f * Red + 0.7152f * Green + 0.0722f * Blue;
            float z = 0.0193f * Red + 0.1192f * Green + 0.9505f * Blue;
            float scale = 1 / (x + 15 * y + 3 * z);
            return (4 * x * scale, 9 * y * scale);
        }
    }
}
