using System.Runtime.InteropServices;

namespace AInimEngine.Rendering.Interop;

/// <summary>The five functions of FreeType 2 that draw letters, loaded by versioned name; missing, the first use throws <see cref="DllNotFoundException"/>.</summary>
internal static unsafe class FreeType
{
    public const int LoadRender = 4;

    private static readonly string[] Names = OperatingSystem.IsWindows() ? ["freetype.dll", "freetype6.dll"]
        : OperatingSystem.IsMacOS() ? ["libfreetype.6.dylib", "/opt/homebrew/lib/libfreetype.6.dylib"] : ["libfreetype.so.6", "libfreetype.so"];

    private static readonly Lazy<Table> Functions = new(() => new Table(Open()));

    public static Table Api => Functions.Value;

    private static nint Open()
    {
        foreach (string name in Names)
            if (NativeLibrary.TryLoad(name, out nint library))
                return library;
        throw new DllNotFoundException($"{Names[0]} was not found");
    }

    internal sealed class Table(nint library)
    {
        public readonly delegate* unmanaged<nint*, int> Init = (delegate* unmanaged<nint*, int>)NativeLibrary.GetExport(library, "FT_Init_FreeType");
        public readonly delegate* unmanaged<nint, int> Done = (delegate* unmanaged<nint, int>)NativeLibrary.GetExport(library, "FT_Done_FreeType");
        public readonly delegate* unmanaged<nint, byte*, CLong, FreeTypeFace**, int> NewFace = (delegate* unmanaged<nint, byte*, CLong, FreeTypeFace**, int>)NativeLibrary.GetExport(library, "FT_New_Face");
        public readonly delegate* unmanaged<FreeTypeFace*, uint, uint, int> SetPixelSizes = (delegate* unmanaged<FreeTypeFace*, uint, uint, int>)NativeLibrary.GetExport(library, "FT_Set_Pixel_Sizes");
        public readonly delegate* unmanaged<FreeTypeFace*, CULong, int, int> LoadChar = (delegate* unmanaged<FreeTypeFace*, CULong, int, int>)NativeLibrary.GetExport(library, "FT_Load_Char");
    }
}
