namespace AInimEngine.Rendering.Presenting;

/// <summary>How a picture lies in a window of another aspect.</summary>
public enum PictureFit
{
    /// <summary>Whole, with black bars.</summary>
    Letterbox,

    /// <summary>Fills the window; what goes over its edges is not seen.</summary>
    Fill,

    /// <summary>Fills the window out of shape.</summary>
    Stretch,
}
