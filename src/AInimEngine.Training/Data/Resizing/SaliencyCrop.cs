namespace AInimEngine.Training.Data.Resizing;

/// <summary>
/// Finds the square in which most happens. Edges of perceived lightness and vividness of colour are summed along the short
/// side; the window slides along the long one. Nothing is learnt, so the same picture always gives the same square.
/// </summary>
internal static class SaliencyCrop
{
    private const float VividShare = 0.25f; // of full saturation, beside an edge from black to white: faint edges still win over flat colour
    private const double CentrePull = 0.15; // what a square at the end must have more than one in the middle

    /// <summary>Left and top of the square, whose side is the shorter one.</summary>
    public static (int Left, int Top) Find(LinearPicture picture)
    {
        bool wide = picture.Width >= picture.Height;
        int side = Math.Min(picture.Width, picture.Height), room = Math.Max(picture.Width, picture.Height) - side;
        if (room == 0)
            return (0, 0);
        double[] energies = Profile(picture, wide);
        double sum = energies.Take(side).Sum(), best = double.MinValue;
        int found = 0;
        for (int at = 0; at <= room; at++)
        {
            double off = 2.0 * at / room - 1, score = sum * (1 - CentrePull * off * off) - 1e-9 * Math.Abs(off);
            if (score > best)
                (best, found) = (score, at);
            if (at < room)
                sum += energies[at + side] - energies[at];
        }
        return wide ? (found, 0) : (0, found);
    }

    /// <summary>Energy of every column (of a wide picture) or row.</summary>
    private static double[] Profile(LinearPicture picture, bool wide)
    {
        int width = picture.Width, height = picture.Height, plane = width * height;
        var light = new float[plane];
        for (int i = 0; i < plane; i++)
            light[i] = MathF.Sqrt(Math.Clamp(0.2126f * picture.Planes[i] + 0.7152f * picture.Planes[plane + i] + 0.0722f * picture.Planes[2 * plane + i], 0, 1));
        var energies = new double[wide ? width : height];
        for (int y = 1; y < height - 1; y++)
        {
            for (int x = 1; x < width - 1; x++)
            {
                int i = y * width + x;
                float across = light[i + 1] - light[i - 1], down = light[i + width] - light[i - width];
                float r = Root(picture.Planes[i]), g = Root(picture.Planes[plane + i]), b = Root(picture.Planes[2 * plane + i]);
                float vivid = Math.Max(r, Math.Max(g, b)) - Math.Min(r, Math.Min(g, b));
                energies[wide ? x : y] += MathF.Sqrt(across * across + down * down) + VividShare * vivid * vivid;
            }
        }
        return energies;
    }

    private static float Root(float value) => MathF.Sqrt(Math.Clamp(value, 0, 1));
}
