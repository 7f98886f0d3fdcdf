using AInimEngine.Neural;
using AInimEngine.Training.Learning;

namespace AInimEngine.Training.Tests.Learning;

public sealed class DiffAugmentTests : NativeTensorTest
{
    private const int Count = 3, Size = 16;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void APictureIsWhatLoopsMakeOfIt(bool isCut)
    {
        var draws = new StepDraws(11);
        AugmentDraws augment = AugmentDraws.Draw(draws, DrawPurpose.AugmentReal, 0, Count, Size, isCut);
        float[] pictures = draws.Normal(DrawPurpose.FirstLatent, 0, Count * 3 * Size * Size);
        using var scope = new TensorScope();
        float[] actual = DiffAugment.Apply(Tensor.From(pictures, Count, 3, Size, Size), augment).ToArray<float>();
        float[] expected = Loops(pictures, augment);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], 2e-5f);
    }

    [Fact]
    public void DrawsInTheMiddleChangeNothing()
    {
        float[] half = [0.5f, 0.5f, 0.5f];
        int[] none = [0, 0, 0];
        float[] pictures = new StepDraws(1).Normal(DrawPurpose.FirstLatent, 0, Count * 3 * Size * Size);
        using var scope = new TensorScope();
        float[] actual = DiffAugment.Apply(Tensor.From(pictures, Count, 3, Size, Size), new AugmentDraws(half, half, half, none, none, [], [])).ToArray<float>();
        for (int i = 0; i < pictures.Length; i++)
            Assert.Equal(pictures[i], actual[i], 1e-5f);
    }

    [Fact]
    public void TheGradientIsTheAdjoint()
    {
        // Augmentation is affine: the gradient of <A x + c, v> by x is A' v, and <A' v, u> is <A u, v>.
        var draws = new StepDraws(4);
        AugmentDraws augment = AugmentDraws.Draw(draws, DrawPurpose.AugmentReal, 0, Count, Size, isCut: true);
        using var scope = new TensorScope();
        Tensor x = Random(1), u = Random(2), v = Random(3);
        x.RequiresGrad = true;
        Tensor gradient = Torch.Grad([DiffAugment.Apply(x, augment).Mul(v).Sum()], [x])[0]!;
        using GradMode noGrad = Torch.NoGrad();
        double forth = DiffAugment.Apply(u, augment).Sub(DiffAugment.Apply(u.Mul(0), augment)).Mul(v).Sum().Item();
        double back = gradient.Mul(u).Sum().Item();
        Assert.InRange(back, forth - 1e-3, forth + 1e-3);

        Tensor Random(long step) => Tensor.From(draws.Normal(DrawPurpose.SecondLatent, step, Count * 3 * Size * Size), Count, 3, Size, Size);
    }

    private static float[] Loops(float[] pictures, AugmentDraws draws)
    {
        var result = new float[pictures.Length];
        for (int n = 0; n < Count; n++)
        {
            var bright = new double[3, Size, Size];
            double total = 0;
            for (int y = 0; y < Size; y++)
            {
                for (int x = 0; x < Size; x++)
                {
                    double grey = Enumerable.Range(0, 3).Average(c => At(c, y, x));
                    for (int c = 0; c < 3; c++)
                    {
                        bright[c, y, x] = (At(c, y, x) - grey) * 2 * draws.Saturation[n] + grey;
                        total += bright[c, y, x];
                    }
                }
            }
            double mean = total / (3 * Size * Size);
            for (int c = 0; c < 3; c++)
            {
                for (int y = 0; y < Size; y++)
                {
                    for (int x = 0; x < Size; x++)
                    {
                        int fromX = x - draws.Right[n], fromY = y - draws.Down[n];
                        bool isOutside = fromX < 0 || fromX >= Size || fromY < 0 || fromY >= Size;
                        bool isCut = draws.CutX.Length > 0 && IsNear(x - draws.CutX[n]) && IsNear(y - draws.CutY[n]);
                        result[Index(n, c, y, x)] = isOutside || isCut
                            ? 0
                            : (float)((bright[c, fromY, fromX] - mean) * (draws.Contrast[n] + 0.5) + mean);
                    }
                }
            }

            double At(int c, int y, int x) => pictures[Index(n, c, y, x)] + draws.Brightness[n] - 0.5;
        }
        return result;
    }

    private static bool IsNear(int distance) => distance is >= -Size / 4 and < Size / 4;

    private static int Index(int n, int c, int y, int x) => ((n * 3 + c) * Size + y) * Size + x;
}
