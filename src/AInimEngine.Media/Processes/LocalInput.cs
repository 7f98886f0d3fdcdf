using AInimEngine.Core.Errors;

namespace AInimEngine.Media.Processes;

/// <summary>
/// Names one local file to ffmpeg so that it can be nothing else: no option, pattern, URL or device, and no playlist
/// that would make ffmpeg open further files.
/// </summary>
internal static class LocalInput
{
    /// <summary>Protocols that ffmpeg may open, nested ones included.</summary>
    public const string Protocols = "file,pipe";

    /// <summary>
    /// Formats that ffmpeg may recognise. Left out on purpose: whatever points at other files or hosts (concat, dash,
    /// hls, image2, imf, rtsp, sdp, webm_dash_manifest, vobsub, avisynth), devices, and text that anything resembles (tty).
    /// </summary>
    public const string Formats =
        "wav,w64,aiff,au,caf,mp3,flac,ogg,matroska,webm,mov,mp4,m4a,3gp,3g2,mj2,aac,ac3,eac3,dts,dtshd,truehd,mlp,loas,"
        + "amr,amrnb,amrwb,ape,mpc,mpc8,wv,tta,tak,shn,asf,asf_o,xwma,avi,flv,live_flv,mpeg,mpegts,nut,rm,gxf,mxf,wtv,dv,"
        + "dsf,iff,ircam,voc,w64,sox,sds,svs,nistsphere,oma,aea,adx,aptx,aptx_hd,sbc,gsm,qcp,spdif,aa,act,vqf,xa,bink,smk,"
        + "ivf,av1,obu,h264,hevc,m4v,mpegvideo,mjpeg,yuv4mpegpipe,gif,apng,libopenmpt,rso,pvf,hcom,avr,paf,dss,codec2,swf";

    /// <summary>"file:" and the full path: what follows the prefix is taken literally.</summary>
    public static string Url(string path) => "file:" + Path.GetFullPath(path);

    /// <summary>The words that open <paramref name="path"/> for reading.</summary>
    public static string[] Arguments(string path) =>
        ["-protocol_whitelist", Protocols, "-format_whitelist", Formats, "-i", Url(path)];

    /// <summary>Refuses what is not a readable file with something in it.</summary>
    /// <param name="path">As the user wrote it.</param>
    /// <param name="verb">"decode", "probe", "read the cover".</param>
    /// <exception cref="AInimException">Missing, a directory, empty, not readable, or not a regular file.</exception>
    public static void Check(string path, string verb)
    {
        if (string.IsNullOrEmpty(path) || path.Contains('\0', StringComparison.Ordinal))
            throw new AInimException(ExitCode.Input, $"cannot {verb} '{Show(path)}': not a file name. Pass a file.");
        if (Directory.Exists(path))
            throw Error(path, verb, "it is a directory. Pass a file.");
        var file = new FileInfo(path);
        if (!file.Exists)
            throw Error(path, verb, "no such file. Check the name.");
        // Pipes and devices have length 0 as well, and opening a pipe would wait for ever.
        if (file.Length == 0)
            throw Error(path, verb, "the file is empty (or a pipe or device). Pass a file with something in it.");
        try
        {
            File.OpenHandle(path).Dispose();
        }
        catch (UnauthorizedAccessException exception)
        {
            throw Error(path, verb, "permission denied. Make the file readable.", exception);
        }
        catch (IOException exception)
        {
            throw Error(path, verb, exception.Message, exception);
        }
    }

    /// <summary>"cannot decode 'x.mp3': what".</summary>
    public static AInimException Error(string path, string verb, string what, Exception? inner = null) =>
        new(ExitCode.Input, $"cannot {verb} '{Show(path)}': {what}", inner);

    /// <summary>The name on one line.</summary>
    public static string Show(string? path) =>
        path is null ? string.Empty : string.Create(path.Length, path, static (span, source) =>
        {
            for (int i = 0; i < span.Length; i++)
                span[i] = char.IsControl(source[i]) ? '?' : source[i];
        });
}
