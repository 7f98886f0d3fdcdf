using AInimEngine.Neural.Interop;

namespace AInimEngine.Neural;

/// <summary>What libtorch is loaded and what it uses: for <c>ainim doctor</c>.</summary>
/// <param name="Version">"1.13.0", as the headers say that the shim was built with.</param>
/// <param name="LibraryPath">The loaded libtorch_cpu.</param>
/// <param name="BlasPaths">Every loaded BLAS. OpenBLAS or MKL is wanted; the reference BLAS is ten times slower.</param>
/// <param name="Threads">Threads of one op.</param>
/// <param name="BlasThreads">Threads of OpenBLAS, 0 where it is not OpenBLAS.</param>
/// <param name="CpuCapability">Vector instructions that its kernels use: "AVX2", "AVX512".</param>
/// <param name="CudaDevices">Number of GPUs that it can use.</param>
/// <param name="Configuration">libtorch's own account of its build.</param>
public sealed record TorchInfo(
    string Version,
    string LibraryPath,
    IReadOnlyList<string> BlasPaths,
    int Threads,
    int BlasThreads,
    string CpuCapability,
    int CudaDevices,
    string Configuration)
{
    private const string CapabilityLabel = "CPU capability usage:";

    /// <summary>Whether matrix products run at speed.</summary>
    public bool HasFastBlas
    {
        get
        {
            foreach (string path in BlasPaths)
                if (path.Contains("openblas") || path.Contains("mkl") || path.Contains("blis"))
                    return true;
            return Configuration.Contains("BLAS_INFO=mkl");
        }
    }

    /// <summary>Loads libtorch and looks.</summary>
    /// <exception cref="Core.Errors.AInimException">It is missing; says what to install.</exception>
    public static TorchInfo Read()
    {
        TorchLibrary.EnsureLoaded();
        string configuration = NativeMethods.Config();
        string libraryPath = "";
        var blas = new List<string>();
        foreach (string path in LoadedFiles())
        {
            string name = Path.GetFileName(path);
            if (name.StartsWith("libtorch_cpu."))
                libraryPath = path;
            if (name.Contains("blas") || name.StartsWith("libmkl"))
                blas.Add(path);
        }
        return new TorchInfo(
            NativeMethods.Version(), libraryPath, blas, NativeMethods.Threads(), NativeMethods.BlasThreads(),
            Capability(configuration), NativeMethods.CudaDevices(), configuration);
    }

    private static string Capability(string configuration)
    {
        int start = configuration.IndexOf(CapabilityLabel, StringComparison.Ordinal);
        if (start < 0)
            return "unknown";
        start += CapabilityLabel.Length;
        int end = configuration.IndexOf('\n', start);
        return configuration[start..(end < 0 ? configuration.Length : end)].Trim();
    }

    // Lines of /proc/self/maps are "address perms offset device inode   path", one or more for each mapped file.
    private static IEnumerable<string> LoadedFiles() =>
        File.ReadLines("/proc/self/maps")
            .Select(line => line.IndexOf('/') is var slash and >= 0 ? line[slash..] : "")
            .Where(path => path.Contains(".so"))
            .Distinct();
}
