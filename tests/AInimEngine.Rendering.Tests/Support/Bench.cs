using AInimEngine.Core.Frames;
using AInimEngine.Core.Imaging;
using AInimEngine.Core.Parameters;
using AInimEngine.Core.Time;
using AInimEngine.Rendering.Post;
using AInimEngine.Rendering.Shaders;

namespace AInimEngine.Rendering.Tests.Support;

/// <summary>A chain with all that it needs for one test, on the test's thread; checks at the end that nothing leaked and OpenGL is content.</summary>
internal sealed class Bench : IDisposable
{
    private static readonly FrameField[] CommonFields = [new("output.fade", 1, "", 0, 1, "")];

    private readonly bool _ownsContext;
    private long _frame;

    public Bench(PostChainSettings settings, IReadOnlyList<ShaderPass> passes, IEnumerable<FrameField>? fields = null, ShaderLibrary? library = null, GlContext? context = null, Rational? fps = null)
    {
        Fps = fps ?? new Rational(30, 1);
        _ownsContext = context is null;
        Context = context ?? GlContext.CreateHeadless();
        Controls = new ControlFrame(new FrameLayout([.. CommonFields, .. fields ?? []]));
        Controls.Values[0] = 1;
        Picture = new Image(settings.SourceWidth, settings.SourceHeight, settings.SourceFormat, settings.SourceColorSpace);
        Output = new Image(settings.Width, settings.Height, PixelFormat.Rgba8);
        try
        {
            Chain = PostChain.Create(Context, library ?? ShaderLibrary.Load(), passes, Controls.Layout, settings);
        }
        catch
        {
            Assert.True(!_ownsContext || Context.LiveObjects == 0, $"{Context.LiveObjects} GPU objects leaked from a chain that was not built");
            Dispose();
            throw;
        }
    }

    public Rational Fps { get; }

    public GlContext Context { get; }

    public PostChain Chain { get; } = null!;

    public ControlFrame Controls { get; }

    public Image Picture { get; }

    public Image Output { get; }

    /// <summary>Number of the next frame.</summary>
    public long NextFrame
    {
        get => _frame;
        set => _frame = value;
    }

    public static ShaderPass Pass(string shader, params (string Name, float Value)[] values) =>
        new(shader, shader, values.ToDictionary(v => v.Name, v => v.Value));

    /// <summary>A field for a control layout.</summary>
    public static FrameField Field(string name, int length = 1) => new(name, length, "", -1000, 1000, "");

    public void Set(string field, params float[] values) => values.CopyTo(Controls.Values, Controls.Layout.OffsetOf(field));

    /// <summary>Renders the next frame into <see cref="Output"/>.</summary>
    public void Frame()
    {
        Controls.Time = new FrameTime(_frame++, Fps);
        Chain.Render(Controls, Picture);
        Chain.BeginRead();
        Chain.EndRead(Output);
    }

    /// <summary>A channel of a pixel of the output, 0..255.</summary>
    public int At(int x, int y, int channel) => Output.Bytes[(y * Output.Width + x) * 4 + channel];

    /// <summary>The mean of a channel over the output, 0..1.</summary>
    public double Mean(int channel)
    {
        double sum = 0;
        for (int i = channel; i < Output.ByteCount; i += 4)
            sum += Output.Bytes[i];
        return sum / (Output.Width * Output.Height) / 255;
    }

    public string Hash() => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(Output.Bytes));

    public static double ToLinear(double display) => display <= 0.04045 ? display / 12.92 : Math.Pow((display + 0.055) / 1.055, 2.4);

    public static double ToDisplay(double linear) => linear <= 0.0031308 ? linear * 12.92 : 1.055 * Math.Pow(linear, 1 / 2.4) - 0.055;

    public void Dispose()
    {
        if (Chain is not null)
        {
            Context.CheckErrors("a test");
            Chain.Dispose();
            if (_ownsContext)
                Assert.Equal(0, Context.LiveObjects);
        }
        Picture.Dispose();
        Output.Dispose();
        if (_ownsContext)
            Context.Dispose();
    }
}
