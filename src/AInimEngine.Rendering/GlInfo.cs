namespace AInimEngine.Rendering;

/// <summary>What draws: for doctor and for a render's manifest.</summary>
/// <param name="Vendor">"Mesa/X.org".</param>
/// <param name="Renderer">"llvmpipe (LLVM 15.0.6, 256 bits)".</param>
/// <param name="Version">"4.5 (Core Profile) Mesa 22.3.6".</param>
/// <param name="Platform">How the display was found: "surfaceless", "device 0", "default"; of a window its system, "x11".</param>
/// <param name="EglVersion">What made the context: "1.5 Mesa Project", "SDL 2.26.5".</param>
/// <param name="IsSoftware">True when the CPU draws.</param>
public sealed record GlInfo(string Vendor, string Renderer, string Version, string Platform, string EglVersion, bool IsSoftware);
