using AInimEngine.Rendering.Safety;

namespace AInimEngine.Rendering.Tests.Safety;

/// <summary>Pictures of blocks that are drawn by a function of place and time, and what a meter says of them.</summary>
internal static class FlashFilm
{
    public static readonly FlashGrid Grid = FlashGrid.For(1280, 720);

    public delegate (float Red, float Green, float Blue) Light(int column, int row, double seconds);

    /// <summary>A square wave of grey: bright in the first half of every period.</summary>
    public static Light Square(double hertz, float bright = 1, float dark = 0) =>
        (_, _, t) => Grey(Phase(hertz, t) < 0.5 ? bright : dark);

    public static (float, float, float) Grey(float value) => (value, value, value);

    public static double Phase(double hertz, double seconds)
    {
        // Half periods that end on a frame end there, whatever the product rounds to.
        double phase = hertz * seconds + 1e-9;
        return phase - Math.Floor(phase);
    }

    /// <summary>A light within the first so many blocks of one field, and black around it.</summary>
    public static Light Within(int blocks, Light light) => (column, row, t) =>
        column < Grid.FieldColumns && row < Grid.FieldRows && row * Grid.FieldColumns + column < blocks ? light(column, row, t) : Grey(0);

    public static void Draw(Light light, double seconds, Span<float> blocks)
    {
        for (int row = 0, at = 0; row < Grid.Rows; row++)
            for (int column = 0; column < Grid.Columns; column++, at += 4)
            {
                (blocks[at], blocks[at + 1], blocks[at + 2]) = light(column, row, seconds);
                blocks[at + 3] = 1;
            }
    }

    /// <summary>The most flashes of any second of a film, and the greatest area.</summary>
    public static FlashReading Worst(Light light, double fps, double seconds)
    {
        var meter = new FlashMeter(Grid);
        float[] blocks = new float[Grid.Count * 4];
        FlashReading worst = default;
        for (int frame = 0; frame < seconds * fps; frame++)
        {
            Draw(light, frame / fps, blocks);
            worst = Max(worst, meter.Add(blocks, frame / fps));
        }
        return worst;
    }

    public static FlashReading Max(FlashReading a, FlashReading b) => new(b.Seconds,
        Math.Max(a.General, b.General), Math.Max(a.Red, b.Red), Math.Max(a.GeneralArea, b.GeneralArea), Math.Max(a.RedArea, b.RedArea));
}
