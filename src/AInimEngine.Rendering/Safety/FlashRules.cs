namespace AInimEngine.Rendering.Safety;

/// <summary>
/// The figures of WCAG 2.2, success criterion 2.3.1, and its definition of "general flash and red flash thresholds". For
/// red it is the working definition that 2.2 added (from ISO 9241-391): a change of chromaticity, where 2.0 had a change of
/// (R-G-B)*320 above 20. The older one also fails a red picture that only gets brighter and darker; luminance judges that.
/// </summary>
internal static class FlashRules
{
    /// <summary>Least swing of relative luminance, 0..1, that is a transition.</summary>
    public const float Swing = 0.1f;

    /// <summary>The darker end of a swing lies below this.</summary>
    public const float Dark = 0.8f;

    /// <summary>R/(R+G+B) from which a red is saturated.</summary>
    public const float Saturated = 0.8f;

    /// <summary>Distance in the CIE 1976 u'v' diagram above which red has changed.</summary>
    public const float Chromaticity = 0.2f;

    /// <summary>Transitions within a second that are allowed: three flashes, each a pair.</summary>
    public const int Transitions = 6;

    /// <summary>Share of a field of 10 degrees that may flash more often.</summary>
    public const float Area = 0.25f;

    /// <summary>
    /// Light added to every channel before chromaticity is taken, of a maximum of 1: a screen in a dark room reflects as
    /// much. Without it the last bits of a black picture would have a hue.
    /// </summary>
    public const float Veil = 0.005f;
}
