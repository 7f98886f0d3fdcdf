namespace AInimEngine.Rendering.Interop;

/// <summary>SDL_DisplayMode.</summary>
internal struct SdlDisplayMode
{
    public uint Format;
    public int Width, Height, RefreshRate;
    public nint DriverData;
}
