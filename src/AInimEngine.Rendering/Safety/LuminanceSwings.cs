using AInimEngine.Core.State;

namespace AInimEngine.Rendering.Safety;

/// <summary>
/// Finds each block's transitions of luminance: swings from the last local extremum, which drifts with the picture for as
/// long as it goes on in its direction. How fast a swing is does not matter, only how many there are.
/// </summary>
internal sealed class LuminanceSwings(int blocks)
{
    private readonly float[] _low = new float[blocks], _high = new float[blocks];

    // +1 after a rise, -1 after a fall, 0 before the first of either.
    private readonly sbyte[] _directions = new sbyte[blocks];

    /// <summary>Relative luminance of linear light, BT.709.</summary>
    public static float Of(float red, float green, float blue) => 0.2126f * red + 0.7152f * green + 0.0722f * blue;

    /// <summary>Takes a block's first luminance.</summary>
    public void Begin(int block, float luminance) => (_low[block], _high[block], _directions[block]) = (luminance, luminance, 0);

    /// <summary>Takes a block's next luminance; true when that completes a transition.</summary>
    public bool Add(int block, float luminance)
    {
        int direction = _directions[block];
        if (WouldTurn(block, luminance, FlashRules.Swing, FlashRules.Dark, out int turned))
        {
            (_low[block], _high[block], _directions[block]) = (luminance, luminance, (sbyte)turned);
            return true;
        }
        if (direction >= 0)
            _high[block] = Math.Max(_high[block], luminance);
        if (direction <= 0)
            _low[block] = Math.Min(_low[block], luminance);
        return false;
    }

    /// <summary>Whether a luminance would complete a transition, by other thresholds than the rule's where a margin is wanted.</summary>
    public bool WouldTurn(int block, float luminance, float swing, float dark) => WouldTurn(block, luminance, swing, dark, out _);

    public void Reset() => Array.Clear(_directions);

    public void Save(StateWriter writer)
    {
        writer.Write<float>(_low);
        writer.Write<float>(_high);
        writer.Write<sbyte>(_directions);
    }

    public void Restore(StateReader reader)
    {
        reader.Read<float>(_low);
        reader.Read<float>(_high);
        reader.Read<sbyte>(_directions);
    }

    private bool WouldTurn(int block, float luminance, float swing, float dark, out int turned)
    {
        int direction = _directions[block];
        float low = _low[block];
        if (direction <= 0 && luminance - low >= swing && low < dark)
        {
            turned = 1;
            return true;
        }
        turned = -1;
        return direction >= 0 && _high[block] - luminance >= swing && luminance < dark;
    }
}
