using System.Numerics.Tensors;
using AInimEngine.Core.Errors;
using AInimEngine.Core.Frames;
using AInimEngine.Core.Imaging;
using AInimEngine.Core.Time;
using AInimEngine.Media;
using AInimEngine.Media.Muxing;

namespace AInimEngine.Engine.Sheets;

/// <summary>Draws many generator pictures side by side, each as the generator gives it, without shaders.</summary>
public static class ContactSheet
{
    private const int Gap = 4;
    private const int StepsPerStretch = 4;
    private const int MinimumLabelled = 96;

    /// <summary>Makes the sheet and writes it.</summary>
    public static void Make(SheetRequest request)
    {
        int width = request.Width / 2 * 2, height = Math.Max(2, (request.Height ?? width * 9 / 16) / 2 * 2);
        int rows = (request.Count + request.Columns - 1) / request.Columns;
        int sheetWidth = request.Columns * (width + Gap) + Gap, sheetHeight = rows * (height + Gap) + Gap;
        if (sheetWidth > 16384 || sheetHeight > 16384)
            throw new AInimException(ExitCode.Usage, $"a sheet of {sheetWidth}x{sheetHeight} pixels is too large. Use fewer pictures, fewer columns or a smaller --width.");
        if (!Path.GetExtension(request.Output).Equals(".png", StringComparison.OrdinalIgnoreCase))
            throw new AInimException(ExitCode.Usage, $"a sheet is a PNG; '{request.Output}' does not end in .png.");
        Finisher.CheckOutput(request.Output, request.Overwrite);
        using var sheet = new Image(request.Columns * (width + Gap) + Gap, rows * (height + Gap) + Gap, PixelFormat.Rgba8);
        Fill(sheet);
        using var picture = new Image(width, height, PixelFormat.Rgba16F);
        IGenerator? generator = null;
        try
        {
            for (int i = 0; i < request.Count; i++)
            {
                ulong seed = request.FirstSeed + (ulong)i;
                bool newUniverse = request.Kind == SheetKind.Universes;
                if (generator is null || newUniverse)
                {
                    generator?.Dispose();
                    generator = Scene.CreateGenerator(request.Preset, newUniverse ? seed : request.Universe, width, height, request.Model);
                }
                ControlFrame frame = Controls(generator);
                if (request.Truncation is { } truncation)
                    frame.Values[frame.Layout.OffsetOf("model.truncation")] = truncation;
                Latent(request, generator, seed, i, frame.Values.AsSpan(0, generator.Latents.Size));
                generator.Decode(frame, [], picture);
                int left = Gap + i % request.Columns * (width + Gap), top = Gap + i / request.Columns * (height + Gap);
                Place(picture, sheet, left, top);
                if (request.Kind != SheetKind.Walk && width >= MinimumLabelled)
                    SeedLabel.Draw(sheet, seed, left, top + height);
            }
        }
        finally
        {
            generator?.Dispose();
        }
        ImageFile.Save(sheet, request.Output);
    }

    private static ControlFrame Controls(IGenerator generator)
    {
        var frame = new ControlFrame(new FrameLayout(generator.Inputs)) { Time = new FrameTime(0, new Rational(30, 1)) };
        generator.DefaultInputs(frame.Values.AsSpan(generator.Latents.Size));
        return frame;
    }

    private static void Latent(SheetRequest request, IGenerator generator, ulong seed, int index, Span<float> latent)
    {
        if (request.Kind != SheetKind.Walk)
        {
            generator.Sample(seed, latent);
            return;
        }
        ulong stretch = request.FirstSeed + (ulong)(index / StepsPerStretch);
        var next = new float[latent.Length];
        generator.Sample(stretch, latent);
        generator.Sample(stretch + 1, next);
        TensorPrimitives.Lerp(latent, next, (float)(index % StepsPerStretch) / StepsPerStretch, latent);
    }

    private static void Fill(Image sheet)
    {
        Span<uint> pixels = sheet.As<uint>();
        pixels.Fill(0xFF101010);
    }

    private static void Place(Image picture, Image sheet, int left, int top)
    {
        ReadOnlySpan<Half> source = picture.As<Half>();
        Span<byte> target = sheet.Bytes;
        for (int y = 0; y < picture.Height; y++)
            for (int x = 0; x < picture.Width; x++)
                for (int c = 0; c < 3; c++)
                    target[((top + y) * sheet.Width + left + x) * 4 + c] =
                        (byte)Math.Clamp((float)source[(y * picture.Width + x) * 4 + c] * 255 + 0.5f, 0, 255);
    }
}
