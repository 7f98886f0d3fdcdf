using System.Runtime.InteropServices;
using AInimEngine.Core.Imaging;
using AInimEngine.Neural.Programs;

namespace AInimEngine.Neural.Field;

/// <summary>One universe recorded for one size of picture: the program, its weights and its planes. One thread at a time.</summary>
internal sealed unsafe class FieldPicture : IDisposable
{
    private readonly OpProgram _program;
    private readonly FieldWeights _weights;
    private float* _planes;

    public FieldPicture(FieldUniverse universe, int width, int height, int? step = null)
    {
        (Width, Height) = (width, height);
        var grid = new FieldGrid(width, height, step);
        var head = new FieldHead(universe);
        _weights = new FieldWeights(universe, head);
        using (var builder = new OpProgramBuilder())
        {
            Slot fields = FieldNetwork.Record(builder, grid, universe);
            if (grid.Step == 2)
                fields = FieldUpsampling.Record(builder, grid, fields, FieldShape.Heads);
            Slot planes = FieldHeadRecorder.Record(builder, grid, universe, head, fields);
            builder.Output(builder.Narrow(planes, 2, 0, width));
            _program = builder.Build();
        }
        _planes = (float*)NativeMemory.AlignedAlloc((nuint)(3L * width * height * sizeof(float)), 64);
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Red, green and blue of the last picture, [3, Height, Width].</summary>
    public ReadOnlySpan<float> Planes => new(_planes, 3 * Width * Height);

    /// <summary>Draws into <see cref="Planes"/>.</summary>
    public void Draw(ReadOnlySpan<float> latent, in FieldControls controls) => Draw(latent, controls, _planes);

    /// <summary>Draws into a picture of this size.</summary>
    public void Draw(ReadOnlySpan<float> latent, in FieldControls controls, Image output)
    {
        if (output.Format == PixelFormat.PlanarRgbF32)
        {
            Draw(latent, controls, (float*)output.Pointer);
            return;
        }
        Draw(latent, controls, _planes);
        if (output.Format == PixelFormat.Rgba16F)
            FieldPixels.ToRgba16F(_planes, Width * Height, (ulong*)output.Pointer);
        else
            FieldPixels.ToRgba8(_planes, Width * Height, (uint*)output.Pointer);
    }

    public void Dispose()
    {
        _program.Dispose();
        _weights.Dispose();
        NativeMemory.AlignedFree(_planes);
        _planes = null;
    }

    private void Draw(ReadOnlySpan<float> latent, in FieldControls controls, float* planes)
    {
        _weights.Write(latent, controls);
        ProgramBuffer output = ProgramBuffer.Memory(planes, 3 * Width * Height);
        _program.Run(_weights.Inputs, new ReadOnlySpan<ProgramBuffer>(in output));
    }
}
