using AInimEngine.Core.Randomness;
using AInimEngine.Neural.Programs;
using static AInimEngine.Neural.Field.FieldShape;

namespace AInimEngine.Neural.Field;

/// <summary>
/// Data-dependent initialisation (after Mishkin and Matas, "All you need is a good init", 2016): random networks differ
/// wildly in how busy, bright and contrasty they are, so a few small pictures at fixed latents are measured and the
/// universe is set to what its style asks for. Deterministic; a few milliseconds.
/// </summary>
internal static unsafe class FieldCalibration
{
    private const int Width = 96, Height = 54, Points = 8, FirstStream = 5000;

    // These say how busy a picture is; the others follow.
    private static readonly int[] Drawn = [FieldShape.Height, CurtainA, CurtainB, Tone, Accent];

    /// <summary>The latents at which a universe is measured.</summary>
    public static float[][] Pool(FieldUniverse universe)
    {
        var pool = new float[Points][];
        for (int i = 0; i < Points; i++)
            Philox.Normal(universe.Number, FirstStream + (ulong)i, pool[i] = new float[LatentLayers * LatentWidth]);
        return pool;
    }

    /// <summary>Sets the scale and the heads' means, deviations and slopes.</summary>
    public static void Network(FieldUniverse universe, float[][] pool)
    {
        var grid = new FieldGrid(Width, Height);
        using var weights = new FieldWeights(universe, head: null);
        using var builder = new OpProgramBuilder();
        builder.Output(FieldNetwork.Record(builder, grid, universe));
        using OpProgram program = builder.Build();
        FieldControls controls = FieldControls.Default(universe.Symmetry);
        var fields = new float[pool.Length][];
        for (int round = 0; round < 3; round++)
        {
            universe.HeadMean.AsSpan().Clear();
            universe.HeadDeviation.AsSpan().Fill(1);
            for (int p = 0; p < pool.Length; p++)
            {
                weights.Write(pool[p], controls);
                fields[p] ??= new float[Heads * grid.SampleCount];
                fixed (float* target = fields[p])
                {
                    ProgramBuffer output = ProgramBuffer.Memory(target, Heads * grid.SampleCount);
                    program.Run(weights.Inputs, new ReadOnlySpan<ProgramBuffer>(in output));
                }
            }
            double slopes = 0;
            for (int head = 0; head < Heads; head++)
                Measure(universe, grid, fields, head);
            foreach (int head in Drawn)
                slopes += Math.Log(universe.Slope[head]) / Drawn.Length;
            double wanted = universe.Look.Frequency * universe.FrequencyGain;
            if (round < 2)
                universe.Scale *= Math.Clamp(Math.Pow(wanted / Math.Exp(slopes), 0.9), 0.4, 2.5);
        }
    }

    /// <summary>Sets tone and gain by the brightness and contrast of small pictures.</summary>
    public static void Picture(FieldUniverse universe, float[][] pool, FieldPicture picture)
    {
        const int Used = 6;
        FieldControls controls = FieldControls.Default(universe.Symmetry);
        for (int round = 0; round < 3; round++)
        {
            double mean = 0, deviation = 0;
            for (int p = 0; p < Used; p++)
            {
                picture.Draw(pool[p], controls);
                (double m, double d) = Luminance(picture.Planes);
                mean += m / Used;
                deviation += d / Used;
            }
            double wanted = universe.Look.Exposure * 0.72 / mean;
            universe.ToneGain = Math.Clamp(universe.ToneGain * Math.Pow(0.24 / deviation, 0.7), 0.8, 2.1);
            universe.ToneBias = Math.Clamp(universe.ToneBias + (wanted - 1) * 1.3, -1.2, 1.5);
            universe.Gain = Math.Clamp(universe.Gain * Math.Sqrt(wanted), 0.85, 1.3);
        }
    }

    /// <summary>A small picture for <see cref="Picture"/> and for measuring responses.</summary>
    public static FieldPicture SmallPicture(FieldUniverse universe) => new(universe, Width, Height);

    private static void Measure(FieldUniverse universe, FieldGrid grid, float[][] fields, int head)
    {
        int w = grid.SampleColumns, n = grid.SampleCount;
        double sum = 0, squares = 0, within = 0, slope = 0;
        foreach (float[] all in fields)
        {
            ReadOnlySpan<float> field = all.AsSpan(head * n, n);
            double s = 0, q = 0;
            foreach (float value in field)
            {
                s += value;
                q += value * value;
            }
            sum += s;
            squares += q;
            within += Math.Sqrt(Math.Max(0, q / n - s / n * (s / n))) / fields.Length;
            for (int y = 0; y + 1 < grid.SampleRows; y++)
            {
                for (int x = 0; x + 1 < w; x++)
                {
                    double here = field[y * w + x], dx = field[y * w + x + 1] - here, dy = field[y * w + w + x] - here;
                    slope += Math.Sqrt(dx * dx + dy * dy);
                }
            }
        }
        double count = (double)n * fields.Length, mean = sum / count;
        double total = Math.Sqrt(Math.Max(0, squares / count - mean * mean));
        universe.HeadMean[head] = mean;
        universe.HeadDeviation[head] = 0.75 * within + 0.25 * total + 1e-3;
        universe.Slope[head] = slope / ((w - 1.0) * (grid.SampleRows - 1) * fields.Length) / grid.Pixel / universe.HeadDeviation[head];
    }

    private static (double Mean, double Deviation) Luminance(ReadOnlySpan<float> planes)
    {
        int n = planes.Length / 3;
        double sum = 0, squares = 0;
        for (int i = 0; i < n; i++)
        {
            double light = 0.2126 * Math.Clamp(planes[i], 0, 1) + 0.7152 * Math.Clamp(planes[n + i], 0, 1)
                + 0.0722 * Math.Clamp(planes[2 * n + i], 0, 1);
            sum += light;
            squares += light * light;
        }
        return (sum / n, Math.Sqrt(Math.Max(0, squares / n - sum / n * (sum / n))));
    }
}
