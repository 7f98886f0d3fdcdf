using AInimEngine.Core.Errors;
using AInimEngine.Core.Imaging;
using AInimEngine.Neural;
using AInimEngine.Neural.Field;
using AInimEngine.Neural.Workers;

namespace AInimEngine.Engine;

/// <summary>Makes generators from their descriptions, in the engine's process or in a worker.</summary>
public static class GeneratorFactory
{
    /// <summary>Makes one in this process.</summary>
    /// <exception cref="AInimException">A file or a palette is missing or wrong.</exception>
    public static IGenerator Create(GeneratorDescription description)
    {
        Torch.NumThreads = description.Threads;
        if (description.Field is { } field)
            return FieldGenerator.Create(field);
        throw new AInimException(ExitCode.Usage, $"'{description.Model}': models are not played in a worker yet. Play it in the engine's own process.");
    }
}
