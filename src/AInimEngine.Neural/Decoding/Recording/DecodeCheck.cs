using System.Numerics;
using AInimEngine.Core.Errors;
using AInimEngine.Neural.Decoding.Bends;
using AInimEngine.Neural.Models;
using AInimEngine.Neural.Networks;

namespace AInimEngine.Neural.Decoding.Recording;

/// <summary>Whether settings fit a model; says why not.</summary>
internal static class DecodeCheck
{
    /// <exception cref="AInimException">They do not.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is senseless.</exception>
    public static void All(Model model, StyleShape shape, DecodeSettings settings)
    {
        BendCheck.All(settings.Bends, shape.Layers);
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.Batch, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.Columns, 4);
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.Rows, 4);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(settings.Columns, 64);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(settings.Rows, 64);
        if (settings.Resolution is { } resolution)
        {
            if (!BitOperations.IsPow2(resolution) || resolution < 16 || resolution > shape.Resolution)
            {
                throw new AInimException(ExitCode.Usage,
                    $"{model.Card.Name}: no resolution {resolution}. Choose a power of two from 16 to {shape.Resolution}.");
            }
            bool exits = model.Card.Architecture == ModelArchitecture.Sg2 && model.Card.Synthesis == "skip";
            if (resolution != shape.Resolution && !exits)
            {
                throw new AInimException(ExitCode.Usage,
                    $"{model.Card.Name}: only SG2 models of architecture 'skip' stop at a lower resolution; decode at {shape.Resolution}.");
            }
        }
        if (settings.Precision == DecodePrecision.Float16 && settings.Device.Type == DeviceType.Cpu)
            throw new AInimException(ExitCode.Usage, "half precision is for GPUs; on the CPU choose bf16 or fp32.");
    }
}
