using AInimEngine.Core.Errors;
using AInimEngine.Core.Files;
using AInimEngine.Core.Time;
using AInimEngine.Media.Processes;

namespace AInimEngine.Media.Recording;

/// <summary>
/// Encodes a running show, picture and sound with their times, into a Matroska file that can be played whenever its writing
/// stops, for whatever reason: ffmpeg flushes every packet and needs no end. One thread; writing blocks while ffmpeg is busy.
/// </summary>
/// <remarks>H.264 ultrafast without delay, CRF 20, and AAC at 192 kbit/s, which MP4 takes as they are.</remarks>
public sealed class LiveEncoder : IDisposable
{
    private readonly string _path;
    private readonly ChildProcess _ffmpeg;
    private readonly MatroskaPipe _pipe;
    private bool _finished;

    private LiveEncoder(string path, int width, int height, Rational fps, int sampleRate, int channels, FFmpegTools tools)
    {
        _path = Path.GetFullPath(path);
        string interval = Math.Ceiling(fps.Value).ToString(System.Globalization.CultureInfo.InvariantCulture);
        _ffmpeg = ChildProcess.Start(tools.FFmpegPath,
        [
            "-hide_banner", "-nostdin", "-v", "error", "-n", "-protocol_whitelist", "pipe",
            "-probesize", "5000000", "-analyzeduration", "0", "-fpsprobesize", "0", "-f", "matroska", "-i", "pipe:0",
            "-map", "0:v", "-map", "0:a", "-r", fps.ToString(), "-vsync", "cfr", "-vf", "setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709",
            "-c:v", tools.Require("libx264"), "-preset", "ultrafast", "-tune", "zerolatency", "-crf", "20", "-g", interval, "-pix_fmt", "yuv420p", "-threads", "1",
            "-af", "aresample=async=1000:first_pts=0", "-c:a", "aac", "-b:a", "192k",
            "-max_interleave_delta", "500000", "-cluster_time_limit", "500", "-flush_packets", "1", "-f", "matroska", "file:" + _path,
        ]);
        _ffmpeg.EnlargeInput();
        _pipe = new MatroskaPipe(_ffmpeg.Input);
        try
        {
            _pipe.Begin(width, height, fps, sampleRate, channels);
        }
        catch (IOException error)
        {
            AInimException failed = Failed(error);
            _ffmpeg.Dispose();
            throw failed;
        }
    }

    /// <summary>The system's number of the running ffmpeg.</summary>
    public int ProcessId => _ffmpeg.Id;

    /// <summary>Starts a file.</summary>
    /// <param name="path">A new file in a folder that exists; Matroska.</param>
    /// <param name="width">Even.</param>
    /// <param name="height">Even.</param>
    /// <param name="fps">Pictures a second of the file; a picture that does not come is the one before again.</param>
    /// <param name="sampleRate">Of the sound, in Hz.</param>
    /// <param name="channels">Of the sound.</param>
    /// <param name="tools">Where ffmpeg is; found when null.</param>
    /// <exception cref="AInimException">There is no ffmpeg or no libx264 in it, or the file cannot be made.</exception>
    public static LiveEncoder Start(string path, int width, int height, Rational fps, int sampleRate, int channels, FFmpegTools? tools = null)
    {
        if (!Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path))))
            throw new AInimException(ExitCode.Output, $"cannot record to '{LocalInput.Show(path)}': the folder does not exist. Make it first.");
        return new LiveEncoder(path, width, height, fps, sampleRate, channels, tools ?? FFmpegTools.Find());
    }

    /// <summary>Adds a picture.</summary>
    /// <param name="yuv420">Planes of BT.709, limited range.</param>
    /// <param name="seconds">Since the start, ascending.</param>
    /// <exception cref="AInimException">ffmpeg ended: disk full, killed.</exception>
    public void WritePicture(ReadOnlySpan<byte> yuv420, double seconds)
    {
        try
        {
            _pipe.WritePicture(yuv420, seconds);
        }
        catch (IOException error)
        {
            throw Failed(error);
        }
    }

    /// <summary>Adds sound.</summary>
    /// <param name="interleaved">-1..1.</param>
    /// <param name="seconds">Of the first sample since the start, ascending; holes become silence.</param>
    /// <exception cref="AInimException">ffmpeg ended: disk full, killed.</exception>
    public void WriteSound(ReadOnlySpan<float> interleaved, double seconds)
    {
        try
        {
            _pipe.WriteSound(interleaved, seconds);
        }
        catch (IOException error)
        {
            throw Failed(error);
        }
    }

    /// <summary>Ends the file and waits until it is whole.</summary>
    /// <exception cref="AInimException">ffmpeg failed; what it had written before can be played.</exception>
    public void Finish()
    {
        if (_finished)
            return;
        _finished = true;
        _ffmpeg.CloseInput();
        _ffmpeg.DrainOutput();
        if (_ffmpeg.WaitForExit() != 0 || _ffmpeg.Errors.SystemReason is not null)
            throw Failed(null);
    }

    /// <summary>Copies a finished recording into an MP4 file; it has its name only when it is whole.</summary>
    /// <exception cref="AInimException">ffmpeg failed, or the disk refuses.</exception>
    public static void CopyToMp4(string recording, string path, FFmpegTools? tools = null)
    {
        string part = Path.GetFullPath(path) + ".part";
        PartialFile.Discard(part);
        try
        {
            (int code, _, StandardErrorLog errors) = ChildProcess.Run((tools ?? FFmpegTools.Find()).FFmpegPath,
                ["-hide_banner", "-nostdin", "-v", "error", "-y", "-i", LocalInput.Url(recording), "-map", "0", "-c", "copy", "-movflags", "+faststart", "-f", "mp4", "file:" + part]);
            if (code != 0)
                throw new AInimException(ExitCode.Output, $"cannot write '{LocalInput.Show(path)}': {errors.Reason ?? $"ffmpeg ended with code {code}"}. The recording is in '{LocalInput.Show(recording)}'.");
            LocalOutput.Publish(part, Path.GetFullPath(path), overwrite: false);
        }
        finally
        {
            PartialFile.Discard(part);
        }
    }

    /// <summary>Ends ffmpeg. What was written stays.</summary>
    public void Dispose() => _ffmpeg.Dispose();

    private AInimException Failed(IOException? broken)
    {
        _finished = true;
        return new AInimException(ExitCode.Output, $"the recording '{LocalInput.Show(_path)}' has ended: {_ffmpeg.Reason(_ffmpeg.WaitForExit())}", broken);
    }
}
