using System.Diagnostics;
using AInimEngine.Core.Errors;
using AInimEngine.Core.Imaging;
using AInimEngine.Rendering.Interop;
using AInimEngine.Rendering.OpenGL;
using AInimEngine.Rendering.Overlay;
using AInimEngine.Rendering.Post;
using AInimEngine.Rendering.Presenting;
using AInimEngine.Rendering.Tests.Support;
using AInimEngine.Rendering.Windowing;

namespace AInimEngine.Rendering.Tests;

/// <summary>Real windows on a real X server: what is on the screen is read back from the server, keys are pressed there.</summary>
public sealed unsafe class WindowTests(XServer server) : IClassFixture<XServer>
{
    private readonly List<WindowEvent> _events = [];

    private WindowSystem Open()
    {
        Assert.SkipWhen(server.Missing is not null, server.Missing ?? "");
        return WindowSystem.Open(server.Name);
    }

    private bool Happened(WindowSystem system, WindowEventKind kind, Func<WindowEvent, bool>? which = null)
    {
        while (system.TryRead(out WindowEvent happened))
            _events.Add(happened);
        return _events.Exists(e => e.Kind == kind && (which is null || which(e)));
    }

    private static GlTexture Quarters(GlContext context, int width, int height)
    {
        // Red and green above, blue and white below.
        using var image = new Image(width, height, Core.Imaging.PixelFormat.Rgba8);
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
            {
                bool right = x >= width / 2, low = y >= height / 2;
                TestPicture.Set(image, x, y, !right && !low || right && low ? 1 : 0, right ? 1 : 0, low ? 1 : 0);
            }
        var texture = new GlTexture(context, width, height, InternalFormat.Rgba8, target: false);
        texture.Write(image.Pointer);
        return texture;
    }

    private static (int, int, int) At(Image image, int x, int y)
    {
        ReadOnlySpan<byte> pixel = image.Bytes.Slice((y * image.Width + x) * 4, 3);
        return (pixel[0], pixel[1], pixel[2]);
    }

    /// <summary>Shows a frame until the screen has it: the server answers other programs when it likes.</summary>
    private Image Shown(WindowSystem system, Action draw, Func<Image, bool> right, string what)
    {
        Image? screen = null;
        XServer.Until(() =>
        {
            Happened(system, WindowEventKind.Close);
            draw();
            screen?.Dispose();
            screen = server.Screen();
            return right(screen);
        }, what);
        return screen!;
    }

    [Fact]
    public void ThePointerHidesWhereItRestsOverThePictureAndComesBackWhenItMoves()
    {
        using WindowSystem system = Open();
        using GlWindow window = system.CreateWindow(new WindowSettings("pointer", 320, 180));
        int x = XServer.Width / 2 - 100;
        XServer.Until(() =>
        {
            Move();
            system.RestPointer(window, TimeSpan.FromHours(1), Stopwatch.GetTimestamp());
            Assert.True(system.IsPointerShown);
            system.RestPointer(window, TimeSpan.FromSeconds(2), Stopwatch.GetTimestamp() + 10 * Stopwatch.Frequency);
            return !system.IsPointerShown;
        }, "the pointer hides");
        XServer.Until(() =>
        {
            Move();
            return system.IsPointerShown;
        }, "the pointer comes back");

        void Move()
        {
            server.Do("mousemove", $"{++x}", $"{XServer.Height / 2}");
            Happened(system, WindowEventKind.Close);
        }
    }

    [Fact]
    public void AFullScreenPictureIsOnTheScreenUprightWithBarsWhereItsAspectAsks()
    {
        using WindowSystem system = Open();
        using GlWindow window = system.CreateWindow(new WindowSettings("full", 320, 180, FullScreen: true));
        Assert.True(window.FullScreen);
        Assert.Equal((XServer.Width, XServer.Height), (window.Width, window.Height));
        Assert.Equal(0, system.Context.LiveObjects);
        using (var presenter = new PicturePresenter(system.Context))
        using (GlTexture picture = Quarters(system.Context, 1024, 576))
        {
            PicturePlace place = default;
            using Image screen = Shown(system, () =>
            {
                place = presenter.Present(picture, window);
                window.Swap();
            }, image => At(image, 10, 100) == (255, 0, 0), "the picture on the screen");
            Assert.Equal(new PicturePlace(0, 96, 1024, 576), place);
            Assert.Equal((0, 255, 0), At(screen, 1020, 100));
            Assert.Equal((0, 0, 255), At(screen, 3, 668));
            Assert.Equal((255, 255, 255), At(screen, 1020, 668));
            // The bars are black to the last line, and the picture is whole to its last line.
            Assert.Equal((0, 0, 0), At(screen, 500, 95));
            Assert.Equal((255, 0, 0), At(screen, 500, 96));
            Assert.Equal((0, 0, 255), At(screen, 500, 671));
            Assert.Equal((0, 0, 0), At(screen, 500, 672));
            using Image filled = Shown(system, () =>
            {
                place = presenter.Present(picture, window, PictureFit.Fill);
                window.Swap();
            }, image => At(image, 3, 3) == (255, 0, 0), "the filled screen");
            Assert.Equal((255, 255, 255), At(filled, 1020, 764));
            Assert.True(place.X < 0 && place.Height == XServer.Height);
        }
        system.Context.CheckErrors("a window");
        Assert.Equal(0, system.Context.LiveObjects);
    }

    [Fact]
    public void TwoWindowsAreDrawnWithOneContextAndOneOutlivesTheOther()
    {
        using WindowSystem system = Open();
        GlWindow first = system.CreateWindow(new WindowSettings("first", 200, 100));
        using GlWindow second = system.CreateWindow(new WindowSettings("second", 300, 150, VSync: false));
        GlContext context = system.Context;
        using (var presenter = new PicturePresenter(context))
        using (GlTexture picture = Quarters(context, 64, 32))
        {
            byte* pixel = stackalloc byte[4];
            foreach (GlWindow window in new[] { first, second, first })
            {
                presenter.Present(picture, window, PictureFit.Stretch);
                context.Gl.ReadPixels(2, window.Height - 3, 1, 1, OpenGL.PixelFormat.Rgba, PixelType.UnsignedByte, pixel);
                Assert.Equal((255, 0, 0), (pixel[0], pixel[1], pixel[2]));
                window.Swap();
            }
            first.Dispose();
            Assert.Same(second, Assert.Single(system.Windows));
            presenter.Present(picture, second);
            second.Swap();
        }
        context.CheckErrors("two windows");
        second.Dispose();
        // The context survives without any window.
        using GlWindow third = system.CreateWindow(new WindowSettings("third", 100, 100));
        Assert.Same(context, system.Context);
        third.Target();
        context.Gl.Clear(ClearBufferMask.ColorBufferBit);
        third.Swap();
        context.CheckErrors("a third window");
    }

    [Fact]
    public void KeysPressedOnTheServerComeWithTheirModifiers()
    {
        using WindowSystem system = Open();
        using GlWindow window = system.CreateWindow(new WindowSettings("keys", 200, 100));
        server.Do("search", "--sync", "--name", "^keys$", "windowfocus", "--sync");
        XServer.Until(() => Happened(system, WindowEventKind.FocusGained) || window.Focused, "the focus");
        server.Do("key", "--delay", "1", "b", "ctrl+shift+Right", "F1", "Escape");
        XServer.Until(() => Happened(system, WindowEventKind.KeyUp, e => e.Key == Key.Escape), "the last key");
        Assert.Contains(new WindowEvent(WindowEventKind.KeyDown, window, Key.B), _events);
        Assert.Contains(new WindowEvent(WindowEventKind.KeyDown, window, Key.Right, KeyModifiers.Control | KeyModifiers.Shift), _events);
        Assert.Contains(new WindowEvent(WindowEventKind.KeyDown, window, Key.F1), _events);
        Assert.Contains(new WindowEvent(WindowEventKind.KeyDown, window, Key.Escape), _events);
    }

    [Fact]
    public void AnotherSizeIsToldAndDrawnInto()
    {
        using WindowSystem system = Open();
        using GlWindow window = system.CreateWindow(new WindowSettings("size", 200, 100));
        XServer.Until(() => Happened(system, WindowEventKind.Exposed), "the window");
        server.Do("search", "--sync", "--name", "^size$", "windowsize", "400", "300");
        XServer.Until(() => Happened(system, WindowEventKind.Resized, e => e.Window == window), "the resize");
        Assert.Equal((400, 300), (window.Width, window.Height));
        window.SetFullScreen(true);
        Assert.Equal((XServer.Width, XServer.Height), (window.Width, window.Height));
        window.SetFullScreen(false);
        XServer.Until(() =>
        {
            Happened(system, WindowEventKind.Resized);
            return window.Width == 400;
        }, "the old size");
    }

    [Fact]
    public void ClosingIsAQuestionAndTheScreenDoesNotSleep()
    {
        using WindowSystem system = Open();
        Assert.Equal(0, Sdl.Api.IsScreenSaverEnabled());
        using GlWindow window = system.CreateWindow(new WindowSettings("closing", 200, 100));
        XServer.Until(() => Happened(system, WindowEventKind.Exposed), "the window");
        var ask = new SdlEvent { Type = SdlEvent.Window, WindowId = window.Id, Detail = SdlEvent.WindowClose };
        Assert.Equal(1, Sdl.Api.PushEvent(&ask));
        Assert.True(Happened(system, WindowEventKind.Close, e => e.Window == window));
        Assert.Single(_events, e => e.Kind == WindowEventKind.Close);
        window.Target();
        window.Swap();
    }

    [Fact]
    public void AFullScreenWindowSurvivesDisplaysThatComeAndGo()
    {
        using WindowSystem system = Open();
        using GlWindow window = system.CreateWindow(new WindowSettings("display", 200, 100, FullScreen: true, Display: "1"));
        Assert.Equal(1, window.Display.Number);
        Assert.Equal((XServer.Width, XServer.Height), (system.Displays[0].Width, system.Displays[0].Height));
        var gone = new SdlEvent { Type = SdlEvent.Display, WindowId = 0, Detail = SdlEvent.DisplayDisconnected };
        Assert.Equal(1, Sdl.Api.PushEvent(&gone));
        Assert.True(Happened(system, WindowEventKind.DisplaysChanged));
        Assert.True(window.FullScreen);
        Assert.Equal(XServer.Width, window.Width);
        // One that is not there any more: it stays where it is. A new window is refused, unless it may be elsewhere.
        window.SetFullScreen(true, "Beamer");
        Assert.Equal((true, 1), (window.FullScreen, window.Display.Number));
        var error = Assert.Throws<AInimException>(() => system.CreateWindow(new WindowSettings("b", 200, 100, Display: "Beamer")));
        Assert.Equal(ExitCode.Usage, error.ExitCode);
        Assert.Contains("'Beamer'; there are: 1: ", error.Message);
        using GlWindow other = system.CreateWindow(new WindowSettings("b", 200, 100, Display: "Beamer") { MayBeElsewhere = true });
        Assert.Equal(1, other.Display.Number);
    }

    [Fact]
    public void ReadingEventsPresentingAndSwappingAllocateNothing()
    {
        using WindowSystem system = Open();
        using GlWindow window = system.CreateWindow(new WindowSettings("steady", 320, 180, VSync: false));
        using var presenter = new PicturePresenter(system.Context);
        using GlTexture picture = Quarters(system.Context, 160, 90);
        using var canvas = new OverlayCanvas(system.Context, 14);
        void Frame(int frame)
        {
            while (system.TryRead(out _))
            {
            }
            presenter.Present(picture, window);
            canvas.Begin(window);
            canvas.Text(4, 4, new OverlayColor(255, 255, 255), $"{59.94,7:f1} fps, frame {frame}");
            canvas.Rect(4, 30, 100, 5, new OverlayColor(255, 0, 0));
            canvas.End();
            window.Swap();
        }
        for (int i = 0; i < 40; i++)
            Frame(i);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 40; i++)
            Frame(i);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void WithoutADisplayTheErrorSaysWhatToSet()
    {
        Assert.SkipWhen(server.Missing is not null, server.Missing ?? "");
        var error = Assert.Throws<AInimException>(() => WindowSystem.Open(":4711"));
        Assert.Equal(ExitCode.Environment, error.ExitCode);
        Assert.Contains("DISPLAY", error.Message);
        Assert.DoesNotContain('\n', error.Message);
    }
}
