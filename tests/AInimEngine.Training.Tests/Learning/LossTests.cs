using AInimEngine.Neural;
using AInimEngine.Neural.Models;
using AInimEngine.Training.Learning;
using AInimEngine.Training.Networks;

namespace AInimEngine.Training.Tests.Learning;

public sealed class LossTests : NativeTensorTest
{
    [Fact]
    public void TheLogisticGameIsThatOfTheFormula()
    {
        using var scope = new TensorScope();
        Tensor real = Tensor.From([1f, -2]), fake = Tensor.From([0.5f, 3]);
        double expected = (Softplus(0.5) + Softplus(3) + Softplus(-1) + Softplus(2)) / 2;
        Assert.Equal(expected, AdversarialGame.Discriminator(AdversarialLoss.Logistic, real, fake).Item(), 1e-5);
        Assert.Equal((Softplus(-0.5) + Softplus(-3)) / 2, AdversarialGame.Generator(AdversarialLoss.Logistic, null, fake).Item(), 1e-5);
    }

    [Fact]
    public void TheRelativisticGameIsThatOfTheFormula()
    {
        using var scope = new TensorScope();
        Tensor real = Tensor.From([1f, -2]), fake = Tensor.From([0.5f, 3]);
        Assert.Equal((Softplus(-0.5) + Softplus(5)) / 2, AdversarialGame.Discriminator(AdversarialLoss.Relativistic, real, fake).Item(), 1e-5);
        Assert.Equal((Softplus(0.5) + Softplus(-5)) / 2, AdversarialGame.Generator(AdversarialLoss.Relativistic, real, fake).Item(), 1e-5);
    }

    [Fact]
    public void CreativityIsRewardedBetweenAFifthAndHalfOfTheTraining()
    {
        Assert.Equal(0, CreativeLoss.Weight(19_000, 100));
        Assert.Equal(0.25, CreativeLoss.Weight(35_000, 100), 1e-12);
        Assert.Equal(0.5, CreativeLoss.Weight(90_000, 100), 1e-12);
        using var scope = new TensorScope();
        Tensor logits = Tensor.From([1f, 0, 0, 0, 2, 0], 2, 3);
        double first = Math.Log(Math.E + 2), second = Math.Log(Math.E * Math.E + 2);
        Assert.Equal((first - 1 + second) / 2, CreativeLoss.Recognition(logits, [0, 2]).Item(), 1e-5);
        Assert.Equal((first - 1 / 3.0 + second - 2 / 3.0) / 2, CreativeLoss.Ambiguity(logits).Item(), 1e-5);
        Assert.True(CreativeLoss.Ambiguity(Torch.Zeros([2, 3])).Item() < CreativeLoss.Ambiguity(logits).Item());
    }

    [Fact]
    public void TheLengthOfALinearPathIsThatOfItsMatrix()
    {
        // A picture of 4 pixels and 3 channels that is a w: <picture, y> has the gradient a y everywhere.
        using var scope = new TensorScope();
        Tensor ws = Torch.Ones([2, 1, 12]).RequiresGrad_();
        Tensor y = Tensor.From(new StepDraws(1).Normal(DrawPurpose.PathDirection, 0, 24), 2, 3, 2, 2);
        Tensor mean = Torch.Zeros([]);
        double penalty = PathLength.Penalty(ws.Mul(3).View(2, 3, 2, 2), ws, y, mean).Item();
        double[] lengths = [.. y.Square().Sum([1, 2, 3]).ToArray<float>().Select(square => 3 * Math.Sqrt(square) / 2)];
        double moved = 0.01 * lengths.Average();
        Assert.Equal(moved, mean.Item(), 1e-4);
        Assert.Equal(lengths.Average(length => (length - moved) * (length - moved)), penalty, 1e-3);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void TheSlopeAlongTheGradientIsItsLength(bool isPenalised)
    {
        TrainingSettings settings = TinyTraining.Settings;
        var draws = new StepDraws(3);
        var shape = DiscriminatorShape.Of(settings);
        using var discriminator = new Discriminator(shape, InitialWeights.Discriminator(shape, draws));
        AugmentDraws augment = AugmentDraws.Draw(draws, DrawPurpose.AugmentReal, 0, 4, 16, isCut: true);
        using var scope = new TensorScope();
        Tensor real = Pictures(1), fake = Pictures(2);
        string[] names = [.. discriminator.Weights.Keys];
        // What is cut out is 0, and with biases of 0 it lies on the kink of leaky ReLU, where there are two slopes.
        foreach (string name in names.Where(name => name.EndsWith(".bias", StringComparison.Ordinal)))
            discriminator.Weights[name].Fill_(0.3);
        // A penalty jumps where a unit changes sides, which no gradient tells: there all stay on one, being sums of
        // positive numbers.
        if (isPenalised)
        {
            foreach (string name in names)
                discriminator.Weights[name].Abs_();
            real = real.Mul(0.1).Add(3);
        }
        Tensor[] weights = [.. names.Select(name => discriminator.Weights[name].RequiresGrad_())];
        Tensor[] gradients = [.. Torch.Grad([Loss()], weights, allowUnused: true).Select((gradient, i) => gradient ?? Torch.Zeros(weights[i].Shape))];
        double length = Math.Sqrt(gradients.Sum(gradient => gradient.Square().Sum().Item()));
        // Small enough that few units of the network change sides of their kink.
        const double step = 1e-3;
        double ahead = Moved(step), behind = Moved(-2 * step);
        Moved(step);
        Assert.Equal(length, (ahead - behind) / (2 * step), 0.01 * length);

        Tensor Pictures(long step) => Tensor.From(draws.Normal(DrawPurpose.FirstLatent, step, 4 * 3 * 256), 4, 3, 16, 16);

        Tensor Loss()
        {
            Tensor seen = real.Detach().RequiresGrad_();
            Tensor onReal = discriminator.Judge(DiffAugment.Apply(seen, augment)).Answers;
            return isPenalised
                ? AdversarialGame.Penalty(onReal, seen)
                : AdversarialGame.Discriminator(AdversarialLoss.Logistic, onReal, discriminator.Judge(fake).Answers);
        }

        double Moved(double distance)
        {
            using (Torch.NoGrad())
            {
                for (int i = 0; i < weights.Length; i++)
                    weights[i].Add_(gradients[i].Mul(distance / length));
            }
            return Loss().Item();
        }
    }

    [Fact]
    public void ThePenaltyIsTheSlopeByPixelsOfTheAnswers()
    {
        TrainingSettings settings = TinyTraining.Settings;
        var draws = new StepDraws(3);
        var shape = DiscriminatorShape.Of(settings);
        using var discriminator = new Discriminator(shape, InitialWeights.Discriminator(shape, draws));
        using var scope = new TensorScope();
        Tensor pictures = Tensor.From(draws.Normal(DrawPurpose.FirstLatent, 0, 2 * 3 * 256), 2, 3, 16, 16).RequiresGrad_();
        double penalty = AdversarialGame.Penalty(discriminator.Judge(pictures).Answers, pictures).Item();
        double sum = 0;
        using GradMode noGrad = Torch.NoGrad();
        float[] values = pictures.ToArray<float>();
        const float step = 0.01f;
        for (int i = 0; i < values.Length; i++)
        {
            double slope = (Answer(i, step) - Answer(i, -step)) / (2 * step);
            sum += slope * slope;
        }
        Assert.Equal(sum / 2, penalty, 0.02 * penalty);

        double Answer(int at, float change)
        {
            using var inner = new TensorScope();
            float before = values[at];
            values[at] += change;
            double answer = discriminator.Judge(Tensor.From(values, 2, 3, 16, 16)).Answers.Sum().Item();
            values[at] = before;
            return answer;
        }
    }

    private static double Softplus(double x) => Math.Log(1 + Math.Exp(x));
}
