using System.Runtime.CompilerServices;

namespace AInimEngine.Engine.Tests.Support;

/// <summary>What lies on this machine must not matter: no user presets, no user shaders.</summary>
internal static class Isolation
{
    [ModuleInitializer]
    internal static void Begin()
    {
        Environment.SetEnvironmentVariable("XDG_CONFIG_HOME", Path.Combine(AppContext.BaseDirectory, "no-user-files"));
        Environment.SetEnvironmentVariable("AINIM_HOME", Repository.Root);
    }
}
