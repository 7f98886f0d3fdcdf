using System.Diagnostics;
using AInimEngine.Core.Errors;
using AInimEngine.Rendering.Interop;

namespace AInimEngine.Rendering.Windowing;

/// <summary>
/// The desktop's windows, screens and keys, by SDL2, and the one OpenGL context that draws into all windows. Used by one
/// thread, the process's main one where the system wants that; one at a time. Reading events allocates nothing. The screen
/// does not sleep while it is open.
/// </summary>
public sealed unsafe class WindowSystem : IDisposable
{
    private const string Cure = "Install libsdl2-2.0-0 (apt-get install libsdl2-2.0-0).";

    private readonly List<GlWindow> _windows = [];
    private readonly List<DisplayInfo> _displays = [];
    private readonly Thread _thread = Thread.CurrentThread;
    private GlContext? _context;
    private SdlContextHandle? _handle;
    private GlWindow? _current;
    private uint _pointerOver;
    private long _pointerMoved;
    private bool _driver, _disposed;

    private WindowSystem()
    {
        Driver = Sdl.Text(Sdl.Api.GetCurrentVideoDriver());
        ListDisplays();
    }

    /// <summary>What shows windows: "x11", "wayland", "windows", "cocoa".</summary>
    public string Driver { get; }

    /// <summary>"2.26.5", of the library that shows windows.</summary>
    /// <exception cref="DllNotFoundException">It is missing.</exception>
    public static string Version => Sdl.Version;

    /// <summary>The screens there are now.</summary>
    public IReadOnlyList<DisplayInfo> Displays => _displays;

    /// <summary>The open windows, in the order in which they were opened.</summary>
    public IReadOnlyList<GlWindow> Windows => _windows;

    /// <summary>The context of all windows.</summary>
    /// <exception cref="InvalidOperationException">There is no window yet.</exception>
    public GlContext Context => _context ?? throw new InvalidOperationException("open a window before drawing");

    /// <summary>Starts SDL's video.</summary>
    /// <param name="server">X server to show windows on, ":1"; null for the one of the environment.</param>
    /// <exception cref="AInimException">libSDL2 is missing, or there is no display.</exception>
    public static WindowSystem Open(string? server = null)
    {
        try
        {
            if (server is not null)
            {
                Sdl.SetEnvironment("DISPLAY", server);
                Sdl.SetHint("SDL_VIDEODRIVER", "x11");
            }
            // Signals are the command line's; closing the last window is asked about and not a fact; a picture on another
            // screen stays when the performer clicks elsewhere.
            Sdl.SetHint("SDL_NO_SIGNAL_HANDLERS", "1");
            Sdl.SetHint("SDL_QUIT_ON_LAST_WINDOW_CLOSE", "0");
            Sdl.SetHint("SDL_VIDEO_MINIMIZE_ON_FOCUS_LOSS", "0");
            if (Sdl.Api.InitSubSystem(Sdl.InitVideo) != 0)
                throw new AInimException(ExitCode.Environment, $"cannot open a window: no display (SDL: {Sdl.Error}). Set DISPLAY or WAYLAND_DISPLAY, or start it from a desktop.");
        }
        catch (DllNotFoundException missing)
        {
            throw new AInimException(ExitCode.Environment, $"cannot open a window: {missing.Message}. {Cure}", missing);
        }
        catch (EntryPointNotFoundException missing)
        {
            throw new AInimException(ExitCode.Environment, $"cannot open a window: SDL2 is too old ({missing.Message}). {Cure}", missing);
        }
        var system = new WindowSystem();
        if (system.Driver is "offscreen" or "dummy" && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("SDL_VIDEODRIVER")))
        {
            Sdl.Api.QuitSubSystem(Sdl.InitVideo);
            throw new AInimException(ExitCode.Environment, $"cannot open a window: no display (SDL has only '{system.Driver}', which nobody sees). Set DISPLAY or WAYLAND_DISPLAY, or start it from a desktop.");
        }
        Sdl.Api.DisableScreenSaver();
        return system;
    }

    /// <summary>Opens a window; the first one makes the context, the others are drawn with it.</summary>
    /// <exception cref="AInimException">The display is unknown, or the driver offers no OpenGL 3.3.</exception>
    public GlWindow CreateWindow(WindowSettings settings)
    {
        AssertThread();
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(settings.Width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(settings.Height);
        int display = settings.MayBeElsewhere ? Math.Max(0, TryIndexOf(settings.Display)) : IndexOf(settings.Display);
        // Held until the end: SDL would drop the driver, and the context with it, when the last window closes.
        if (!_driver && Sdl.Api.GlLoadLibrary(null) != 0)
            throw new AInimException(ExitCode.Environment, $"cannot draw: SDL loads no OpenGL ({Sdl.Error}). Install libgl1 and libgl1-mesa-dri (apt-get install libgl1 libgl1-mesa-dri).");
        _driver = true;
        foreach ((int name, int value) in new[]
        {
            (Sdl.GlContextMajor, 3), (Sdl.GlContextMinor, 3), (Sdl.GlContextProfile, Sdl.GlProfileCore), (Sdl.GlDoubleBuffer, 1),
            (Sdl.GlDepthSize, 0), (Sdl.GlStencilSize, 0), (Sdl.GlRedSize, 8), (Sdl.GlGreenSize, 8), (Sdl.GlBlueSize, 8), (Sdl.GlAlphaSize, 0),
        })
            _ = Sdl.Api.GlSetAttribute(name, value);
        const int Centred = 0x2FFF0000;
        nint native = Sdl.CreateWindow(settings.Title, Centred | display, Centred | display, settings.Width, settings.Height,
            Sdl.WindowOpenGl | Sdl.WindowHidden | Sdl.WindowResizable | Sdl.WindowHighDpi);
        if (native == 0)
            throw new AInimException(ExitCode.Environment, $"cannot open a window: {Sdl.Error}. Check the OpenGL driver (ainim doctor).");
        var window = new GlWindow(this, SdlWindowHandle.Own(native), settings);
        try
        {
            if (_handle is null)
                CreateContext(native);
            _windows.Add(window);
            MakeCurrent(window);
            _ = Sdl.Api.GlSetSwapInterval(settings.VSync ? 1 : 0);
            window.Show(settings.FullScreen);
        }
        catch
        {
            window.Dispose();
            throw;
        }
        return window;
    }

    /// <summary>Takes the oldest event that waits. Windows know their new size and place already when it comes.</summary>
    /// <returns>False when there is none.</returns>
    public bool TryRead(out WindowEvent happened)
    {
        AssertThread();
        SdlEvent raw;
        while (Sdl.Api.PollEvent(&raw) != 0)
        {
            switch (raw.Type)
            {
                case SdlEvent.KeyDown or SdlEvent.KeyUp:
                    happened = new WindowEvent(raw.Type == SdlEvent.KeyDown ? WindowEventKind.KeyDown : WindowEventKind.KeyUp,
                        Find(raw.WindowId), (Key)raw.Symbol, Held(raw.Modifiers), raw.Repeat != 0);
                    return true;
                case SdlEvent.MouseMotion when Find(raw.WindowId) is { } window:
                    (_pointerOver, _pointerMoved) = (raw.WindowId, Stopwatch.GetTimestamp());
                    if (!IsPointerShown && !window.FullScreen)
                        ShowPointer(true);
                    break;
                case SdlEvent.Quit:
                    happened = new WindowEvent(WindowEventKind.Close, null);
                    return true;
                case SdlEvent.Window when Find(raw.WindowId) is { } window && window.Notice(raw.Detail) is { } kind:
                    happened = new WindowEvent(kind, window);
                    return true;
                case SdlEvent.Display when raw.Detail is SdlEvent.DisplayConnected or SdlEvent.DisplayDisconnected:
                    ListDisplays();
                    foreach (GlWindow window in _windows)
                        window.Settle();
                    happened = new WindowEvent(WindowEventKind.DisplaysChanged, null);
                    return true;
            }
        }
        happened = default;
        return false;
    }

    /// <summary>The pointer is seen over the program's windows.</summary>
    public bool IsPointerShown { get; private set; } = true;

    /// <summary>Hides the pointer where it has rested over a window for a while; it comes back when it moves.</summary>
    /// <param name="over">The window that it disturbs.</param>
    /// <param name="after">How long it may rest.</param>
    /// <param name="now">Monotonic time, in ticks of <see cref="Stopwatch.Frequency"/>.</param>
    public void RestPointer(GlWindow over, TimeSpan after, long now)
    {
        if (IsPointerShown && _pointerOver == over.Id && (now - _pointerMoved) / (double)Stopwatch.Frequency > after.TotalSeconds)
            ShowPointer(false);
    }

    /// <summary>Closes all windows and frees the context. Dispose of what was made with the context first.</summary>
    public void Dispose()
    {
        if (_disposed)
            return;
        AssertThread();
        _disposed = true;
        _context?.Dispose();
        for (int i = _windows.Count - 1; i >= 0; i--)
            _windows[i].Dispose();
        if (_driver)
            Sdl.Api.GlUnloadLibrary();
        Sdl.Api.QuitSubSystem(Sdl.InitVideo);
    }

    /// <summary>Place in <see cref="Displays"/> of a display that people name by number or name.</summary>
    /// <exception cref="AInimException">There is none of that name, and the message lists those there are.</exception>
    internal int IndexOf(string? display)
    {
        int found = TryIndexOf(display);
        return found >= 0 ? found : throw new AInimException(ExitCode.Usage, $"there is no display '{display}'; there are: {string.Join("; ", _displays)}.");
    }

    internal int TryIndexOf(string? display)
    {
        if (display is null)
            return 0;
        for (int i = 0; i < _displays.Count; i++)
            if (_displays[i].Name.Equals(display, StringComparison.OrdinalIgnoreCase))
                return i;
        return int.TryParse(display, out int number) && number >= 1 && number <= _displays.Count ? number - 1 : -1;
    }

    /// <summary>What <see cref="IndexOf"/> finds a display by, also after others came or went; its number where its name is no help.</summary>
    internal string NameOf(int index)
    {
        string name = index < _displays.Count ? _displays[index].Name : "";
        return name.Length > 0 && TryIndexOf(name) == index ? name : $"{index + 1}";
    }

    internal void ShowPointer(bool shown)
    {
        _ = Sdl.Api.ShowCursor(shown ? 1 : 0);
        IsPointerShown = shown;
    }

    internal void MakeCurrent(GlWindow window)
    {
        if (ReferenceEquals(_current, window))
            return;
        if (Sdl.Api.GlMakeCurrent(window.Native, _handle!.DangerousGetHandle()) != 0)
            throw new InvalidOperationException($"SDL_GL_MakeCurrent failed: {Sdl.Error}");
        _current = window;
    }

    internal void Forget(GlWindow window)
    {
        _windows.Remove(window);
        if (!ReferenceEquals(_current, window))
            return;
        _current = null;
        // What is left must still be able to draw into textures.
        if (!_disposed && _windows.Count > 0)
            MakeCurrent(_windows[0]);
    }

    [Conditional("DEBUG")]
    internal void AssertThread() => Debug.Assert(Thread.CurrentThread == _thread, "windows are used on a thread that does not own them");

    private void CreateContext(nint window)
    {
        nint context = Sdl.Api.GlCreateContext(window);
        if (context == 0)
            throw new AInimException(ExitCode.Environment, $"cannot draw: no OpenGL 3.3 context for windows (SDL: {Sdl.Error}). Install libgl1-mesa-dri (apt-get install libgl1-mesa-dri), or update the driver.");
        _handle = SdlContextHandle.Own(context);
        _context = new GlContext(_handle, Driver);
    }

    private GlWindow? Find(uint id)
    {
        foreach (GlWindow window in _windows)
            if (window.Id == id)
                return window;
        return null;
    }

    private void ListDisplays()
    {
        _displays.Clear();
        int count = Sdl.Api.GetNumVideoDisplays();
        for (int i = 0; i < count; i++)
        {
            SdlRect bounds = default;
            SdlDisplayMode mode = default;
            _ = Sdl.Api.GetDisplayBounds(i, &bounds);
            _ = Sdl.Api.GetCurrentDisplayMode(i, &mode);
            _displays.Add(new DisplayInfo(i + 1, Sdl.Text(Sdl.Api.GetDisplayName(i)), bounds.X, bounds.Y, bounds.Width, bounds.Height, mode.RefreshRate));
        }
    }

    private static KeyModifiers Held(ushort modifiers) =>
        ((modifiers & 0x003) != 0 ? KeyModifiers.Shift : 0) | ((modifiers & 0x0C0) != 0 ? KeyModifiers.Control : 0)
        | ((modifiers & 0x100) != 0 ? KeyModifiers.Alt : 0) | ((modifiers & 0xC00) != 0 ? KeyModifiers.Super : 0);
}
