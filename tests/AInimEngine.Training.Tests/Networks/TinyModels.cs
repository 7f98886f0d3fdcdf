using AInimEngine.Neural.Models;
using AInimEngine.Training.Networks;
using AInimEngine.Training.Tests.Learning;

namespace AInimEngine.Training.Tests.Networks;

internal static class TinyModels
{
    /// <summary>The generator of <see cref="TinyTraining.Settings"/>.</summary>
    public static ModelCard Sm => InitialWeights.Card(TinyTraining.Settings, []);

    /// <summary>The generator of <see cref="TinyTraining.Sg2"/>.</summary>
    public static ModelCard Sg2 => InitialWeights.Card(TinyTraining.Sg2, []);
}
