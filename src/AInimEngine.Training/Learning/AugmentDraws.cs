namespace AInimEngine.Training.Learning;

/// <summary>What DiffAugment does to each picture of a batch.</summary>
/// <param name="Brightness">0..1; 0.5 changes nothing.</param>
/// <param name="Saturation">0..1; 0.5 changes nothing.</param>
/// <param name="Contrast">0..1; 0.5 changes nothing.</param>
/// <param name="Right">Pixels that the picture moves to the right.</param>
/// <param name="Down">Pixels that it moves down.</param>
/// <param name="CutX">Column of the centre of the box that is cut out; empty for no box.</param>
/// <param name="CutY">Its row.</param>
internal sealed record AugmentDraws(
    float[] Brightness, float[] Saturation, float[] Contrast, int[] Right, int[] Down, int[] CutX, int[] CutY)
{
    private const int Each = 7;

    /// <summary>Pictures.</summary>
    public int Count => Brightness.Length;

    /// <summary>Draws for a batch: seven numbers a picture, in the order of the fields.</summary>
    /// <param name="draws">Of the run.</param>
    /// <param name="purpose">Which of the step's batches.</param>
    /// <param name="step">Which step.</param>
    /// <param name="count">Pictures.</param>
    /// <param name="resolution">Of the pictures.</param>
    /// <param name="isCut">Whether a box is cut out.</param>
    public static AugmentDraws Draw(StepDraws draws, DrawPurpose purpose, long step, int count, int resolution, bool isCut)
    {
        float[] uniform = draws.Uniform(purpose, step, Each * count);
        int most = (int)Math.Round(resolution / 8.0, MidpointRounding.AwayFromZero);
        return new AugmentDraws(
            Column(0), Column(1), Column(2),
            Whole(3, 2 * most + 1, -most), Whole(4, 2 * most + 1, -most),
            isCut ? Whole(5, resolution, 0) : [], isCut ? Whole(6, resolution, 0) : []);

        float[] Column(int which)
        {
            var column = new float[count];
            for (int i = 0; i < count; i++)
                column[i] = uniform[Each * i + which];
            return column;
        }

        int[] Whole(int which, int bound, int first)
        {
            var column = new int[count];
            for (int i = 0; i < count; i++)
                column[i] = first + Math.Min(bound - 1, (int)(uniform[Each * i + which] * bound));
            return column;
        }
    }
}
