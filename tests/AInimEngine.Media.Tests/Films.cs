using System.Collections.Concurrent;
using AInimEngine.Core.Imaging;
using AInimEngine.Core.Time;
using AInimEngine.Media.Muxing;
using AInimEngine.Media.Video;

namespace AInimEngine.Media.Tests;

/// <summary>Finished segments of <see cref="Pictures.Drift"/>, ready to be joined.</summary>
internal static class Films
{
    public static FinishSettings Make(
        Scratch scratch, string output, VideoCodec? codec = null, int segments = 3, int frames = 10, Rational? fps = null, string folder = "seg")
    {
        OutputFormat format = OutputFormat.Resolve(output, codec);
        // H.264 keeps its default preset, whose B-frames are the hard case for timestamps.
        var encoder = new EncoderSettings(160, 90, fps ?? new Rational(30000, 1001), format.Codec)
        {
            Preset = format.Codec == VideoCodec.H265 ? "ultrafast" : null,
        };
        Directory.CreateDirectory(scratch[folder]);
        var names = new List<string>();
        for (int s = 0; s < segments; s++)
        {
            names.Add(Path.Combine(scratch[folder], $"{s:00000}{format.SegmentExtension}"));
            File.WriteAllBytes(names[^1], s_segments.GetOrAdd((encoder, s * frames, frames), _ => new(() => Encode(scratch, encoder, s * frames, frames, format.SegmentExtension))).Value);
        }
        return new FinishSettings(scratch[output], format, encoder, names, segments * frames);
    }

    // Many tests join the same few segments: each is encoded once.
    private static readonly ConcurrentDictionary<(EncoderSettings, int First, int Frames), Lazy<byte[]>> s_segments = new();

    private static byte[] Encode(Scratch scratch, EncoderSettings encoder, int first, int frames, string extension)
    {
        string path = scratch[$"made-{first}-{frames}{extension}"];
        using (VideoEncoder writer = VideoEncoder.Start(encoder, path))
        {
            for (int f = 0; f < frames; f++)
            {
                using Image frame = Pictures.Drift(160, 90, first + f);
                writer.Write(frame);
            }
            writer.Finish();
        }
        byte[] bytes = File.ReadAllBytes(path);
        File.Delete(path);
        return bytes;
    }
}
