using System.Runtime.CompilerServices;
using AInimEngine.Media.Pictures;

namespace AInimEngine.Training.Data.Resizing;

/// <summary>Curves of profiles as tables, made once for each profile object. Thread-safe.</summary>
internal static class CurveCache
{
    private static readonly ConditionalWeakTable<ColorProfile, Lazy<float[]>[]> s_tables = [];

    /// <summary>Linear light for each of the 256 (or 65536) stored values.</summary>
    public static float[] Of(ColorProfile profile, int channel, bool isDeep) => s_tables.GetValue(profile, Make)[channel * 2 + (isDeep ? 1 : 0)].Value;

    private static Lazy<float[]>[] Make(ColorProfile profile)
    {
        var tables = new Lazy<float[]>[6];
        for (int i = 0; i < tables.Length; i++)
        {
            int channel = i / 2, size = i % 2 == 0 ? 256 : 65536;
            tables[i] = new(() =>
            {
                var values = new float[size];
                profile.FillCurve(channel, values);
                return values;
            });
        }
        return tables;
    }
}
