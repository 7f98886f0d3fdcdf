namespace AInimEngine.Rendering.Windowing;

/// <summary>A screen that a window can be on.</summary>
/// <param name="Number">Counted from 1, as people see it.</param>
/// <param name="Name">The system's name: "HDMI-1", "DELL U2720Q"; may be empty.</param>
/// <param name="X">Left edge on the desktop, in the desktop's units.</param>
/// <param name="Y">Top edge.</param>
/// <param name="Width">Width in the desktop's units.</param>
/// <param name="Height">Height in the desktop's units.</param>
/// <param name="RefreshRate">Pictures a second; 0 where the system does not say.</param>
public sealed record DisplayInfo(int Number, string Name, int X, int Y, int Width, int Height, int RefreshRate)
{
    /// <summary>"2: HDMI-1, 1920x1080, 60 Hz".</summary>
    public override string ToString() =>
        $"{Number}: {(Name.Length > 0 ? Name : "display")}, {Width}x{Height}{(RefreshRate > 0 ? $", {RefreshRate} Hz" : "")}";
}
