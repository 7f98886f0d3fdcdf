namespace AInimEngine.Engine.Tests.Support;

/// <summary>
/// The collection of tests that make pictures: one at a time. Mesa's llvmpipe (22.3) looks into the scenes of every context
/// of the process without a lock when it asks whether a texture is in use, and crashes when another thread is just drawing;
/// and libtorch's number of threads, which belongs to what makes a picture repeat, is the process's.
/// </summary>
internal static class Pictures
{
    /// <summary>Its name.</summary>
    public const string One = "pictures";
}
