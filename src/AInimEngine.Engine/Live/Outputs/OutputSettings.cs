using AInimEngine.Core.Errors;
using AInimEngine.Engine.Live.Interop;

namespace AInimEngine.Engine.Live.Outputs;

/// <summary>Where pictures go beside the window.</summary>
public sealed record OutputSettings
{
    /// <summary>Standard output, as <see cref="Pipe"/> names it.</summary>
    public const string Standard = "-";

    /// <summary>Port of a preview over HTTP; null for none.</summary>
    public int? StreamPort { get; init; }

    /// <summary>Other computers may look at the preview.</summary>
    public bool StreamOpen { get; init; }

    /// <summary>A new file, a FIFO, or <see cref="Standard"/>: NUT, or .y4m or .yuv by its ending; null for none.</summary>
    public string? Pipe { get; init; }

    /// <summary>A v4l2loopback device such as /dev/video9; null for none.</summary>
    public string? Device { get; init; }

    /// <summary>Pictures go somewhere beside the window.</summary>
    public bool Any => StreamPort is not null || Pipe is not null || Device is not null;

    /// <summary>The same with another name for a file that is there: show.nut, show-2.nut, show-3.nut.</summary>
    public OutputSettings Anew()
    {
        if (Pipe is null or Standard || !File.Exists(Pipe) || !IsPlain(Pipe))
            return this;
        for (int number = 2; ; number++)
        {
            string next = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(Pipe))!, $"{Path.GetFileNameWithoutExtension(Pipe)}-{number}{Path.GetExtension(Pipe)}");
            if (!File.Exists(next))
                return this with { Pipe = next };
        }
    }

    /// <summary>Says what cannot work, before anything is opened.</summary>
    /// <param name="width">Of the pictures.</param>
    /// <param name="height">Of the pictures.</param>
    /// <exception cref="AInimException">An odd size, a file that is there already, a folder or device that is not.</exception>
    public void Check(int width, int height)
    {
        if (!Any)
            return;
        if (width % 2 != 0 || height % 2 != 0)
            throw new AInimException(ExitCode.Usage, $"pictures of {width}x{height} cannot go to other programs: use an even size");
        if (Pipe is { } pipe && pipe != Standard)
        {
            if (File.Exists(pipe) && IsPlain(pipe))
                throw new AInimException(ExitCode.Output, $"cannot write pictures to '{pipe}': it exists. Choose another name, or remove it.");
            if (Directory.Exists(pipe) || !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(pipe))))
                throw new AInimException(ExitCode.Output, $"cannot write pictures to '{pipe}': {(Directory.Exists(pipe) ? "it is a folder" : "its folder does not exist")}.");
        }
        if (Device is not { } device)
            return;
        if (!OperatingSystem.IsLinux())
            throw new AInimException(ExitCode.Usage, "--v4l2 is Linux's alone; --stream and --pipe work everywhere");
        if (!File.Exists(device))
            throw new AInimException(ExitCode.Environment, $"there is no video device '{device}'. Load the module: modprobe v4l2loopback video_nr=9 card_label=AInimEngine exclusive_caps=1 (package v4l2loopback-dkms), then --v4l2 /dev/video9.");
        if (IsPlain(device))
            throw new AInimException(ExitCode.Usage, $"'{device}' is a file and no video device; --pipe writes files.");
    }

    /// <summary>True of a file of the ordinary kind, false of a FIFO and a device: those have no length and another attribute.</summary>
    internal static bool IsPlain(string path) => !OperatingSystem.IsLinux() || FileKind.IsRegular(path);
}
