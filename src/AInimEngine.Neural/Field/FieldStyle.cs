namespace AInimEngine.Neural.Field;

/// <summary>How a field is drawn.</summary>
public enum FieldStyle
{
    /// <summary>Layers of cut paper: terraces with soft shadows and bright edges.</summary>
    Paper,

    /// <summary>Glowing contours over dark, rich ground.</summary>
    Neon,

    /// <summary>Folds of lit cloth with hair-fine strands.</summary>
    Silk,

    /// <summary>Curtains of light over night.</summary>
    Aurora,

    /// <summary>Opaque bright paint with ink lines.</summary>
    Gouache,
}
