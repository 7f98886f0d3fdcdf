using AInimEngine.Neural.Models;
using AInimEngine.Neural.Programs;

namespace AInimEngine.Neural.Decoding.Recording;

/// <summary>Which recorder a model and a form take.</summary>
internal static class DecodeRecorders
{
    /// <summary>Records the synthesis network.</summary>
    /// <returns>[N, 3, H, W], float32 on the device.</returns>
    public static Slot Record(DecodeContext context, DecodeForm form)
    {
        bool fused = form == DecodeForm.Fastest && context.Settings.Device.Type == DeviceType.Cpu;
        return context.Model.Card.Architecture switch
        {
            ModelArchitecture.Sg2 when fused && context.Model.Card.Synthesis != "resnet" => new FusedSg2Recorder(context).Record(),
            ModelArchitecture.Sg2 => new PlainSg2Recorder(context).Record(),
            ModelArchitecture.Sm when fused => new FusedSmRecorder(context).Record(),
            ModelArchitecture.Sm => new PlainSmRecorder(context).Record(),
            ModelArchitecture.FastGan => new PlainFastGanRecorder(context).Record(),
            _ => throw new ArgumentOutOfRangeException(nameof(context), context.Model.Card.Architecture, "no such architecture"),
        };
    }
}
