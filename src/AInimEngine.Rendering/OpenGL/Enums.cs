// The part of OpenGL 3.3 core that the renderer calls. Names and values are OpenGL's, spelled and typed as Silk.NET
// spells them, so that `using Silk.NET.OpenGL` can take this folder's place.
#pragma warning disable CS1591, CA1008, CA1027, CA1028, CA1069

namespace AInimEngine.Rendering.OpenGL;

internal enum TextureTarget : uint
{
    Texture2D = 0x0DE1,
}

internal enum TextureUnit : uint
{
    Texture0 = 0x84C0,
}

internal enum TextureParameterName : uint
{
    MagFilter = 0x2800,
    MinFilter = 0x2801,
    WrapS = 0x2802,
    WrapT = 0x2803,
    MaxLevel = 0x813D,
}

internal enum TextureFilter
{
    Nearest = 0x2600,
    Linear = 0x2601,
}

internal enum TextureWrapMode
{
    Repeat = 0x2901,
    ClampToEdge = 0x812F,
    MirroredRepeat = 0x8370,
}

internal enum InternalFormat
{
    Rgba8 = 0x8058,
    R8 = 0x8229,
    R32f = 0x822E,
    Rgba32f = 0x8814,
    Rgba16f = 0x881A,
}

internal enum PixelFormat : uint
{
    Red = 0x1903,
    Rgba = 0x1908,
}

internal enum ReadBufferMode : uint
{
    Front = 0x0404,
    Back = 0x0405,
}

internal enum PixelType : uint
{
    UnsignedByte = 0x1401,
    Float = 0x1406,
    HalfFloat = 0x140B,
}

internal enum PixelStoreParameter : uint
{
    UnpackAlignment = 0x0CF5,
    PackAlignment = 0x0D05,
}

internal enum FramebufferTarget : uint
{
    ReadFramebuffer = 0x8CA8,
    DrawFramebuffer = 0x8CA9,
    Framebuffer = 0x8D40,
}

internal enum FramebufferAttachment : uint
{
    ColorAttachment0 = 0x8CE0,
}

internal enum FramebufferStatus : uint
{
    Complete = 0x8CD5,
}

internal enum ShaderType : uint
{
    FragmentShader = 0x8B30,
    VertexShader = 0x8B31,
}

internal enum ShaderParameterName : uint
{
    CompileStatus = 0x8B81,
    InfoLogLength = 0x8B84,
}

internal enum ProgramProperty : uint
{
    LinkStatus = 0x8B82,
    InfoLogLength = 0x8B84,
}

internal enum StringName : uint
{
    Vendor = 0x1F00,
    Renderer = 0x1F01,
    Version = 0x1F02,
    ShadingLanguageVersion = 0x8B8C,
}

internal enum GetPName : uint
{
    MaxTextureSize = 0x0D33,
    MaxTextureImageUnits = 0x8872,
    MaxFragmentUniformComponents = 0x8B49,
}

internal enum PrimitiveType : uint
{
    Triangles = 0x0004,
}

internal enum EnableCap : uint
{
    CullFace = 0x0B44,
    DepthTest = 0x0B71,
    Dither = 0x0BD0,
    Blend = 0x0BE2,
    ScissorTest = 0x0C11,
}

internal enum ClearBufferMask : uint
{
    ColorBufferBit = 0x4000,
}

internal enum BufferTargetARB : uint
{
    ArrayBuffer = 0x8892,
    PixelPackBuffer = 0x88EB,
    PixelUnpackBuffer = 0x88EC,
}

internal enum BufferUsageARB : uint
{
    StreamDraw = 0x88E0,
    StreamRead = 0x88E1,
}

internal enum BlendingFactor : uint
{
    One = 1,
    SrcAlpha = 0x0302,
    OneMinusSrcAlpha = 0x0303,
}

internal enum VertexAttribPointerType : uint
{
    UnsignedByte = 0x1401,
    Float = 0x1406,
}

internal enum SyncCondition : uint
{
    SyncGpuCommandsComplete = 0x9117,
}

internal enum SyncStatus : uint
{
    AlreadySignaled = 0x911A,
    TimeoutExpired = 0x911B,
    ConditionSatisfied = 0x911C,
    WaitFailed = 0x911D,
}

internal enum SyncObjectMask : uint
{
    None = 0,
    FlushCommandsBit = 1,
}

internal enum MapBufferAccessMask : uint
{
    ReadBit = 0x0001,
}

internal enum ErrorCode : uint
{
    NoError = 0,
    InvalidEnum = 0x0500,
    InvalidValue = 0x0501,
    InvalidOperation = 0x0502,
    OutOfMemory = 0x0505,
    InvalidFramebufferOperation = 0x0506,
}
