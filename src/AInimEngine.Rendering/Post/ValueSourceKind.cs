namespace AInimEngine.Rendering.Post;

/// <summary>Where a number of a shader comes from each frame.</summary>
internal enum ValueSourceKind
{
    /// <summary>It stays what it is.</summary>
    Constant,

    /// <summary>A field of the control frame.</summary>
    Control,

    /// <summary>A phase that the chain keeps.</summary>
    Integral,

    /// <summary>u_time, u_delta and the like.</summary>
    BuiltIn,
}
