using AInimEngine.Core.Errors;
using AInimEngine.Core.Imaging;
using AInimEngine.Engine.Live.Interop;
using AInimEngine.Neural;
using AInimEngine.Neural.Decoding;
using AInimEngine.Neural.Field;
using AInimEngine.Neural.Models;
using AInimEngine.Neural.Workers;

namespace AInimEngine.Engine;

/// <summary>Makes generators from their descriptions, in the engine's process or in a worker.</summary>
public static class GeneratorFactory
{
    /// <summary>Makes one in this process, and sets the number of libtorch's threads in it.</summary>
    /// <exception cref="AInimException">A model or a palette is missing or wrong.</exception>
    public static IGenerator Create(GeneratorDescription description)
    {
        Torch.NumThreads = description.Threads;
        if (description.Field is { } field)
            return FieldGenerator.Create(field);
        Model model = ModelFile.Open(description.Model!);
        StyleGeneratorSettings style = description.Style!;
        return StyleGenerator.Create(model, description.MeasuresPrecision
            ? style with { Precision = PrecisionChoice.Measure(model, style.ToDecode(model.Card)).Precision }
            : style);
    }

    /// <summary>Makes one in a worker, whose calling thread, and those that libtorch starts from it, take the share of the processor that generators have beside a show.</summary>
    /// <exception cref="AInimException">A model or a palette is missing or wrong.</exception>
    public static IGenerator CreateInWorker(GeneratorDescription description)
    {
        ThreadShare.Set(ThreadShare.Generator);
        return Create(description);
    }
}
