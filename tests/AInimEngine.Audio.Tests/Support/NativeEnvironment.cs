using System.Runtime.InteropServices;

namespace AInimEngine.Audio.Tests.Support;

/// <summary>Variables as native libraries see them: what .NET sets, they do not.</summary>
internal static partial class NativeEnvironment
{
    internal static void Set(string name, string? value)
    {
        if (value is null)
            _ = unsetenv(name);
        else
            _ = setenv(name, value, 1);
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int setenv(string name, string value, int overwrite);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int unsetenv(string name);
}
