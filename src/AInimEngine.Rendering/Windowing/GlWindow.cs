using AInimEngine.Core.Errors;
using AInimEngine.Rendering.Interop;
using AInimEngine.Rendering.OpenGL;

namespace AInimEngine.Rendering.Windowing;

/// <summary>
/// A window that OpenGL draws into; the API follows Silk.NET's IWindow. A frame is <see cref="Target"/>, drawing,
/// <see cref="Swap"/>. Belongs to the thread of its <see cref="WindowSystem"/>.
/// </summary>
public sealed unsafe class GlWindow : IDisposable
{
    private readonly WindowSystem _system;
    private readonly SdlWindowHandle _window;
    private string? _display;
    private DisplayInfo? _placed;
    private (int Width, int Height) _size;

    internal GlWindow(WindowSystem system, SdlWindowHandle window, WindowSettings settings)
    {
        _system = system;
        _window = window;
        _display = settings.Display;
        (Title, VSync) = (settings.Title, settings.VSync);
        Id = Sdl.Api.GetWindowId(Native);
    }

    /// <summary>What its frame says.</summary>
    public string Title { get; private set; }

    /// <summary>True when <see cref="Swap"/> waits for the screen.</summary>
    public bool VSync { get; private set; }

    /// <summary>True when it fills its display.</summary>
    public bool FullScreen { get; private set; }

    /// <summary>Width in pixels, as drawn.</summary>
    public int Width { get; private set; }

    /// <summary>Height in pixels.</summary>
    public int Height { get; private set; }

    /// <summary>Pixels to a unit of the desktop: 2 on many laptops.</summary>
    public float Scale { get; private set; } = 1;

    /// <summary>True when nobody can see it: drawing is wasted.</summary>
    public bool Minimized => (Sdl.Api.GetWindowFlags(Native) & Sdl.WindowMinimized) != 0;

    /// <summary>True when keys go to it.</summary>
    public bool Focused => (Sdl.Api.GetWindowFlags(Native) & Sdl.WindowInputFocus) != 0;

    /// <summary>The screen that most of it is on.</summary>
    public DisplayInfo Display => _system.Displays[Math.Clamp(Sdl.Api.GetWindowDisplayIndex(Native), 0, _system.Displays.Count - 1)];

    internal uint Id { get; }

    internal GlContext Context => _system.Context;

    internal nint Native => _window.DangerousGetHandle();

    /// <summary>Sets what its frame says.</summary>
    public void SetTitle(string title)
    {
        _system.AssertThread();
        Title = title;
        Sdl.SetWindowTitle(Native, title);
    }

    /// <summary>Whether swapping waits for the screen.</summary>
    public void SetVSync(bool wait)
    {
        _system.MakeCurrent(this);
        VSync = wait;
        _ = Sdl.Api.GlSetSwapInterval(wait ? 1 : 0);
    }

    /// <summary>Fills a display in the desktop's own mode, or becomes a window again. The cursor is hidden over it meanwhile.</summary>
    /// <param name="fullScreen">What it shall be.</param>
    /// <param name="display">A display's number from 1 or its name; null, or one that is not there any more, for the one it is on.</param>
    public void SetFullScreen(bool fullScreen, string? display = null)
    {
        _system.AssertThread();
        int index = display is null ? -1 : _system.TryIndexOf(display);
        if (index < 0)
            index = Sdl.Api.GetWindowDisplayIndex(Native);
        if (fullScreen)
            _display = _system.NameOf(Math.Max(0, index));
        Place(fullScreen, Math.Max(0, index));
    }

    /// <summary>Sets the size that it has while it does not fill the screen, in the desktop's units.</summary>
    public void SetSize(int width, int height)
    {
        Sdl.Api.SetWindowSize(Native, width, height);
        Measure();
    }

    /// <summary>Makes the window what is drawn into, whole: from here on until another target is set.</summary>
    public void Target()
    {
        _system.MakeCurrent(this);
        GL gl = _system.Context.Gl;
        gl.BindFramebuffer(FramebufferTarget.Framebuffer, 0);
        gl.Viewport(0, 0, (uint)Width, (uint)Height);
    }

    /// <summary>Shows what was drawn; waits for the screen when <see cref="VSync"/> is on.</summary>
    public void Swap()
    {
        _system.MakeCurrent(this);
        Sdl.Api.GlSwapWindow(Native);
    }

    /// <summary>Closes it.</summary>
    public void Dispose()
    {
        if (_window.IsClosed)
            return;
        _system.Forget(this);
        _window.Dispose();
    }

    internal void Show(bool fullScreen)
    {
        // Placed before it is seen, so that it does not jump from one screen to another.
        if (fullScreen)
            SetFullScreen(true, _display ?? _system.NameOf(0));
        Sdl.Api.ShowWindow(Native);
        Measure();
    }

    /// <summary>Takes note of what SDL tells about the window.</summary>
    /// <returns>What others must know, or null.</returns>
    internal WindowEventKind? Notice(byte detail)
    {
        const byte Entered = 10;
        switch (detail)
        {
            case Entered:
                // One switch for all windows of the program: it follows the one that the pointer is over.
                _system.ShowPointer(!FullScreen);
                return null;
            case SdlEvent.WindowSizeChanged:
                int width = Width, height = Height;
                Measure();
                return width == Width && height == Height ? null : WindowEventKind.Resized;
            case SdlEvent.WindowDisplayChanged:
                Measure();
                return WindowEventKind.DisplayChanged;
            default:
                return detail switch
                {
                    SdlEvent.WindowClose => WindowEventKind.Close,
                    SdlEvent.WindowExposed => WindowEventKind.Exposed,
                    SdlEvent.WindowFocusGained => WindowEventKind.FocusGained,
                    SdlEvent.WindowFocusLost => WindowEventKind.FocusLost,
                    SdlEvent.WindowMinimized => WindowEventKind.Minimized,
                    SdlEvent.WindowRestored => WindowEventKind.Restored,
                    _ => null,
                };
        }
    }

    /// <summary>
    /// After screens came or went: a full-screen window goes to the one that it was given, or else to the first there is. One
    /// whose screen is as it was is left alone.
    /// </summary>
    internal void Settle()
    {
        if (!FullScreen || _system.Displays.Count == 0)
            return;
        int display = Math.Max(0, _system.TryIndexOf(_display));
        DisplayInfo screen = _system.Displays[display];
        if (_placed is null || _placed with { Number = screen.Number } != screen)
            Place(true, display, again: true);
    }

    /// <param name="fullScreen">What it shall be.</param>
    /// <param name="display">Place in the list of displays.</param>
    /// <param name="again">True when SDL believes that it is there already, and it is not.</param>
    private void Place(bool fullScreen, int display, bool again = false)
    {
        const int Centred = 0x2FFF0000;
        if (fullScreen && !FullScreen)
        {
            int width, height;
            Sdl.Api.GetWindowSize(Native, &width, &height);
            _size = (width, height);
        }
        // On a bare X server, as on a box for the stage, nobody does what SDL asks for: there the window is laid over the screen.
        bool bare = _system.Driver == "x11" && !X11.HasWindowManager();
        if (bare || again || Sdl.Api.GetWindowDisplayIndex(Native) != display)
        {
            _ = Sdl.Api.SetWindowFullscreen(Native, 0);
            Sdl.Api.SetWindowPosition(Native, Centred | display, Centred | display);
        }
        if (bare && fullScreen)
        {
            DisplayInfo screen = _system.Displays[display];
            Sdl.Api.SetWindowSize(Native, screen.Width, screen.Height);
            Sdl.Api.SetWindowPosition(Native, screen.X, screen.Y);
        }
        else if (!bare && Sdl.Api.SetWindowFullscreen(Native, fullScreen ? Sdl.WindowFullScreenDesktop : 0) != 0)
            throw new InvalidOperationException($"SDL_SetWindowFullscreen failed: {Sdl.Error}");
        else if (bare && FullScreen)
        {
            Sdl.Api.SetWindowSize(Native, _size.Width, _size.Height);
            Sdl.Api.SetWindowPosition(Native, Centred | display, Centred | display);
        }
        FullScreen = fullScreen;
        _placed = _system.Displays[display];
        _system.ShowPointer(!fullScreen);
        Measure();
    }

    private void Measure()
    {
        int width, height, units, ignored;
        Sdl.Api.GlGetDrawableSize(Native, &width, &height);
        Sdl.Api.GetWindowSize(Native, &units, &ignored);
        (Width, Height, Scale) = (Math.Max(1, width), Math.Max(1, height), units > 0 ? (float)width / units : 1);
    }
}
