using System.Runtime.InteropServices;

namespace AInimEngine.Rendering.Post;

/// <summary>Where a number of a shader comes from each frame.</summary>
/// <param name="Kind">Which of the three.</param>
/// <param name="Index">Offset in the control frame, or index of the integral or of the built-in value.</param>
/// <param name="Constant">The number itself, when nothing moves it.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ValueSource(ValueSourceKind Kind, int Index, float Constant);
