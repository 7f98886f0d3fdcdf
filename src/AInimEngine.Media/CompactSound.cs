using System.Globalization;
using AInimEngine.Core.Errors;
using AInimEngine.Media.Processes;

namespace AInimEngine.Media;

/// <summary>A sound made small enough to be carried inside another file.</summary>
public static class CompactSound
{
    private const int KilobitsPerSecond = 96;

    /// <summary>The first sound stream of a file as Opus in Ogg, 48 kHz stereo: 12 kB a second.</summary>
    /// <exception cref="AInimException">The file has no sound, or ffmpeg cannot encode Opus.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static byte[] Encode(string path, CancellationToken cancellation = default)
    {
        FFmpegTools tools = FFmpegTools.Find();
        tools.Require("libopus");
        MediaStream stream = MediaInfo.Probe(path, tools: tools, cancellation: cancellation).RequireAudio();
        using ChildProcess ffmpeg = ChildProcess.Start(tools.FFmpegPath,
        [
            "-hide_banner", "-nostdin", "-v", "error", .. LocalInput.Arguments(path), "-map", $"0:{stream.Index}", "-ac", "2",
            "-ar", "48000", "-c:a", "libopus", "-b:a", string.Create(CultureInfo.InvariantCulture, $"{KilobitsPerSecond}k"),
            "-map_metadata", "-1", "-fflags", "+bitexact", "-flags:a", "+bitexact", "-f", "ogg", "pipe:1",
        ]);
        using CancellationTokenRegistration stop = cancellation.Register(ffmpeg.Kill);
        ffmpeg.CloseInput();
        using var sound = new MemoryStream();
        ffmpeg.Output.CopyTo(sound);
        int exitCode = ffmpeg.WaitForExit();
        cancellation.ThrowIfCancellationRequested();
        if (sound.Length == 0)
            throw LocalInput.Error(path, "encode", $"{ffmpeg.Reason(exitCode)}. Check the file ({stream}).");
        return sound.ToArray();
    }
}
