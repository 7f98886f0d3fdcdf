namespace AInimEngine.Rendering.Interop;

/// <summary>SDL_Rect.</summary>
internal struct SdlRect
{
    public int X, Y, Width, Height;
}
