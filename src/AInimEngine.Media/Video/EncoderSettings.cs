using AInimEngine.Core.Errors;
using AInimEngine.Core.Time;

namespace AInimEngine.Media.Video;

/// <summary>What a segment of video is made with. All segments of one film use the same settings. Immutable.</summary>
/// <param name="Width">Pixels across, even, 16 to 8192.</param>
/// <param name="Height">Pixels down, even, 16 to 8192.</param>
/// <param name="Fps">Frames a second, exact.</param>
/// <param name="Codec">How pictures are compressed.</param>
public sealed record EncoderSettings(int Width, int Height, Rational Fps, VideoCodec Codec = VideoCodec.H264)
{
    /// <summary>Constant quality in the codec's own scale (lower is better); null for the codec's good default.</summary>
    public int? Quality { get; init; }

    /// <summary>Effort in the encoder's own words ("superfast", "slow"; a number for AV1 and VP9); null for the default, see <see cref="CodecArguments"/>.</summary>
    public string? Preset { get; init; }

    /// <summary>Encoder threads. Fixed rather than the machine's number, since some encoders give other pictures for another number.</summary>
    public int Threads { get; init; } = 2;

    /// <summary>Whether the encoder takes 8-bit 4:2:0, which we convert to ourselves; otherwise it gets RGBA.</summary>
    public bool IsYuv420 => Codec is VideoCodec.H264 or VideoCodec.H265 or VideoCodec.Vp9 or VideoCodec.Av1;

    /// <summary>Throws when a value cannot be encoded.</summary>
    /// <exception cref="AInimException">Odd, too small or too large a size; a rate or thread count out of range.</exception>
    public void Check()
    {
        if (Width % 2 != 0 || Height % 2 != 0)
            throw Refuse($"a size of {Width}x{Height} is odd: use even numbers, e.g. {Width & ~1}x{Height & ~1}");
        if (Width is < 16 or > 8192 || Height is < 16 or > 8192)
            throw Refuse($"a size of {Width}x{Height} cannot be encoded: use 16 to 8192 a side");
        OutputFormat.CheckRate(Fps);
        if (Threads is < 1 or > 64)
            throw Refuse($"{Threads} encoder threads were asked for: use 1 to 64");
        if (Quality is < 0 or > 63)
            throw Refuse($"a quality of {Quality} is out of range: use 0 (best) to 63, or 0 to 51 for h264 and h265");
        if (Preset is { } preset && (preset.Length is 0 or > 20 || !preset.All(char.IsAsciiLetterOrDigit)))
            throw Refuse($"'{preset}' is no encoder preset: use one like superfast, medium or 8");
    }

    private static AInimException Refuse(string why) => new(ExitCode.Usage, why);
}
