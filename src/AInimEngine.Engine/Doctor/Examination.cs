using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using AInimEngine.Core.Errors;
using AInimEngine.Mapping.Presets;
using AInimEngine.Media;
using AInimEngine.Neural;
using AInimEngine.Rendering;

namespace AInimEngine.Engine.Doctor;

/// <summary>Looks at everything that the engine needs from the machine. Each look survives the failure of the others.</summary>
public static class Examination
{
    private static readonly (string Codec, string[] Encoders)[] Codecs =
    [
        ("h264", ["libx264"]), ("h265", ["libx265"]), ("prores", ["prores_ks"]), ("vp9", ["libvpx-vp9"]),
        ("av1", ["libsvtav1", "libaom-av1"]), ("ffv1", ["ffv1"]), ("gif", ["gif"]), ("aac sound", ["aac"]), ("opus sound", ["libopus"]), ("flac sound", ["flac"]),
    ];

    /// <summary>All findings, in order of the data path.</summary>
    public static IEnumerable<Finding> Run() =>
    [
        Machine(),
        .. Look("ffmpeg", Ffmpeg),
        .. Look("libtorch", Torch),
        SharedMemory(),
        .. Look("OpenGL", OpenGl),
        .. Look("live", LiveExamination.Run),
        .. Look("presets", Presets),
        .. Look("models", ModelExamination.Run),
        Others(),
    ];

    private static Finding Machine()
    {
        string[] features =
        [
            .. Named(Avx2.IsSupported, "AVX2"), .. Named(Fma.IsSupported, "FMA"), .. Named(Avx512F.IsSupported, "AVX-512"),
            .. CpuFlags().Where(flag => flag is "avx512_bf16" or "amx_bf16" or "amx_tile" or "asimd").Order(StringComparer.Ordinal),
        ];
        return new Finding(
            "machine", Health.Good,
            $"{Environment.ProcessorCount} processors ({string.Join(' ', features)}), .NET {Environment.Version}, {RuntimeInformation.OSDescription.Trim()}");
    }

    private static IEnumerable<Finding> Ffmpeg()
    {
        FFmpegTools tools = FFmpegTools.Find();
        yield return new Finding("ffmpeg", Health.Good, $"{tools.Version} at {tools.FFmpegPath} and {tools.FFprobePath}");
        foreach ((string codec, string[] encoders) in Codecs)
        {
            string? found = encoders.FirstOrDefault(tools.HasEncoder);
            yield return found is not null
                ? new Finding(codec, Health.Good, $"by {found}")
                : new Finding(codec, Health.Poor, "no encoder", $"an ffmpeg with {string.Join(" or ", encoders)}, such as Debian's");
        }
    }

    private static IEnumerable<Finding> Torch()
    {
        TorchInfo torch = TorchInfo.Read();
        yield return new Finding("libtorch", Health.Good, $"{torch.Version} at {torch.LibraryPath}, {torch.Threads} threads, kernels for {torch.CpuCapability}");
        yield return new Finding(
            "BLAS", torch.HasFastBlas ? Health.Good : Health.Poor, string.Join(", ", torch.BlasPaths.Select(WithVersion)),
            torch.HasFastBlas ? null : "apt-get install libopenblas0-pthread (the reference BLAS is ten times slower)");
        yield return torch.CudaDevices > 0
            ? new Finding("CUDA", Health.Good, $"{torch.CudaDevices} devices")
            : new Finding("CUDA", Health.Good, "none; the CPU computes");
        string? policy = Environment.GetEnvironmentVariable("OMP_WAIT_POLICY");
        yield return string.Equals(policy, "PASSIVE", StringComparison.OrdinalIgnoreCase)
            ? new Finding("OpenMP", Health.Good, "waits passively")
            : new Finding("OpenMP", Health.Poor, "threads spin while they wait", "start through ./ainim, which sets OMP_WAIT_POLICY=PASSIVE");
    }

    // What a generator in a process of its own makes its pictures in: two of 4K in half floats, and 4K guides.
    private static Finding SharedMemory()
    {
        const long wanted = 256L << 20;
        const string folder = "/dev/shm";
        long room = Directory.Exists(folder) ? new DriveInfo(folder).AvailableFreeSpace : 0;
        return room >= wanted
            ? new Finding("workers", Health.Good, $"{room >> 20} MB of shared memory for generators in processes of their own")
            : new Finding("workers", Health.Poor, $"{room >> 20} MB of shared memory; large pictures are shared in {Path.GetTempPath()}", "give the container more (docker run --shm-size=1g)");
    }

    private static IEnumerable<Finding> OpenGl()
    {
        using GlContext context = GlContext.CreateHeadless();
        GlInfo info = context.Info;
        yield return new Finding("OpenGL", Health.Good, $"{info.Version} on {info.Renderer}, EGL {info.EglVersion} ({info.Platform}) at {LoadedFrom("libEGL.so")}");
        yield return new Finding("GPU", Health.Good, info.IsSoftware ? "none; the CPU draws" : $"{info.Vendor} {info.Renderer}");
    }

    private static IEnumerable<Finding> Presets()
    {
        PresetLibrary library = Scene.Presets();
        IReadOnlyList<PresetEntry> entries = library.List();
        yield return new Finding("presets", Health.Good, $"{entries.Count} in {Installation.Presets} and {Path.Combine(Installation.UserFolder, "presets")}");
        foreach (AInimException shader in Rendering.Shaders.ShaderLibrary.LoadFolders([Installation.Shaders, Path.Combine(Installation.UserFolder, "shaders")]).Broken.Values)
            yield return new Finding("shader", Health.Poor, shader.Message, "mend or remove that file");
        foreach (PresetEntry entry in entries)
        {
            Finding? broken = null;
            try
            {
                Scene.ReadPreset(entry.Path);
            }
            catch (AInimException error)
            {
                broken = new Finding("preset", Health.Poor, error.Message, "mend or remove that file");
            }
            if (broken is not null)
                yield return broken;
        }
    }

    private static List<Finding> Look(string subject, Func<IEnumerable<Finding>> look)
    {
        var findings = new List<Finding>();
        try
        {
            foreach (Finding finding in look())
                findings.Add(finding);
        }
        catch (AInimException error)
        {
            findings.Add(new Finding(subject, Health.Missing, error.Message));
        }
        return findings;
    }

    // Where the loader found a library, from the kernel's account of this process.
    // After the others, so that what they load is there.
    private static Finding Others()
    {
        string[] parts = ["libainim_torch", "libgomp", "libc10", "libmkldnn", "libdnnl", "_dri.so", "libgallium", "libLLVM", "libGLX_mesa", "libEGL_mesa", "libcuda"];
        string[] paths = [.. LoadedFiles().Where(path => parts.Any(part => Path.GetFileName(path).Contains(part, StringComparison.Ordinal))).Order(StringComparer.Ordinal)];
        return new Finding("loaded", Health.Good, paths.Length > 0 ? string.Join(", ", paths) : "no other native library");
    }

    // Debian's libblas.so.3 does not say its version; the library that lies beside it does, by name.
    private static string WithVersion(string blas)
    {
        string beside = Path.Combine(Path.GetDirectoryName(blas)!, "libopenblas.so.0");
        return File.Exists(beside) && File.ResolveLinkTarget(beside, returnFinalTarget: true) is { } version ? $"{blas} ({version.Name})" : blas;
    }

    private static IEnumerable<string> LoadedFiles()
    {
        const string maps = "/proc/self/maps";
        return File.Exists(maps)
            ? File.ReadLines(maps).Where(line => line.Contains('/', StringComparison.Ordinal)).Select(line => line[line.IndexOf('/', StringComparison.Ordinal)..]).Distinct()
            : [];
    }

    private static string LoadedFrom(string library) =>
        LoadedFiles().FirstOrDefault(path => path.Contains('/' + library, StringComparison.Ordinal)) ?? "an unknown place";

    private static string[] Named(bool present, string name) => present ? [name] : [];

    private static string[] CpuFlags()
    {
        const string file = "/proc/cpuinfo";
        if (!File.Exists(file))
            return [];
        string? line = File.ReadLines(file).FirstOrDefault(l => l.StartsWith("flags", StringComparison.Ordinal) || l.StartsWith("Features", StringComparison.Ordinal));
        return line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
    }
}
