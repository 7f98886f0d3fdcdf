namespace AInimEngine.Rendering.Overlay;

/// <summary>A corner as the driver reads it, 20 bytes.</summary>
internal struct OverlayVertex
{
    public float X, Y, U, V;
    public OverlayColor Color;
}
