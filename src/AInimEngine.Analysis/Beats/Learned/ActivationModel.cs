using System.Buffers.Binary;
using System.Reflection;

namespace AInimEngine.Analysis.Beats.Learned;

/// <summary>The weights of a beat model, as shipped inside this assembly; card.md beside them says what it was trained on.</summary>
/// <remarks>
/// The file, little endian: 'ABT1'; int32 look-ahead (0 or 1), delay, bands, channels, front taps, blocks; then half
/// floats, layer after layer: weights [tap][in][out] and biases [out] of the front (taps x 2 bands), of every block the
/// dilated convolution (3 taps) and its mix (1 tap), and the head (1 tap, 2 outputs). Nothing may follow.
/// </remarks>
internal sealed class ActivationModel
{
    /// <summary>Taps of the dilated convolutions; block b looks 2^b frames apart.</summary>
    internal const int Taps = 3;

    private static readonly Lazy<ActivationModel> s_causal = new(() => Shipped("causal.bin")), s_lookAhead = new(() => Shipped("lookahead.bin"));

    private ActivationModel(bool looksAhead, int delay, int channels, int frontTaps, int blocks)
    {
        (LooksAhead, Delay, Channels, FrontTaps) = (looksAhead, delay, channels, frontTaps);
        Wide = new Layer[blocks];
        Mix = new Layer[blocks];
    }

    /// <summary>The model that only looks back.</summary>
    internal static ActivationModel Causal => s_causal.Value;

    /// <summary>The model that looks both ways.</summary>
    internal static ActivationModel LookAhead => s_lookAhead.Value;

    /// <summary>Whether each layer reads as many frames after an instant as before it.</summary>
    internal bool LooksAhead { get; }

    /// <summary>Frames by which the answer is late by training.</summary>
    internal int Delay { get; }

    /// <summary>Channels between the layers, a multiple of eight.</summary>
    internal int Channels { get; }

    /// <summary>Frames that the first layer reads.</summary>
    internal int FrontTaps { get; }

    internal Layer Front { get; private set; }

    internal Layer[] Wide { get; }

    internal Layer[] Mix { get; }

    internal Layer Head { get; private set; }

    /// <summary>Reads a model and refuses what does not fit the format or its bounds.</summary>
    /// <exception cref="InvalidDataException">It is no such file.</exception>
    internal static ActivationModel Read(ReadOnlySpan<byte> file)
    {
        const int Header = 28;
        if (file.Length < Header || !file[..4].SequenceEqual("ABT1"u8))
            throw new InvalidDataException("not a beat model (ABT1)");
        Span<int> head = stackalloc int[6];
        for (int i = 0; i < head.Length; i++)
            head[i] = BinaryPrimitives.ReadInt32LittleEndian(file[(4 + 4 * i)..]);
        if (head[0] is < 0 or > 1 || head[1] is < 0 or > 3 || head[2] != ActivationBands.Count || head[3] is < 8 or > 128 || head[3] % 8 != 0
            || head[4] is < 1 or > 15 || head[4] % 2 == 0 || head[5] is < 1 or > 12)
            throw new InvalidDataException("beat model with sizes out of range");
        var model = new ActivationModel(head[0] == 1, head[1], head[3], head[4], head[5]);
        ReadOnlySpan<byte> rest = file[Header..];
        int channels = model.Channels;
        model.Front = Next(ref rest, model.FrontTaps * ActivationFeatures.Count * channels, channels);
        for (int i = 0; i < model.Wide.Length; i++)
        {
            model.Wide[i] = Next(ref rest, Taps * channels * channels, channels);
            model.Mix[i] = Next(ref rest, channels * channels, channels);
        }
        model.Head = Next(ref rest, channels * 2, 2);
        return rest.IsEmpty ? model : throw new InvalidDataException("beat model with bytes left over");
    }

    private static ActivationModel Shipped(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("AInimEngine.Analysis.Beats.Learned." + name)
            ?? throw new InvalidOperationException($"this build lacks its beat model '{name}'");
        var file = new byte[stream.Length];
        stream.ReadExactly(file);
        return Read(file);
    }

    private static Layer Next(ref ReadOnlySpan<byte> rest, int weights, int biases) => new(Halves(ref rest, weights), Halves(ref rest, biases));

    private static float[] Halves(ref ReadOnlySpan<byte> rest, int count)
    {
        if (rest.Length < 2 * count)
            throw new InvalidDataException("beat model cut short");
        var values = new float[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = (float)BinaryPrimitives.ReadHalfLittleEndian(rest[(2 * i)..]);
            if (!float.IsFinite(values[i]))
                throw new InvalidDataException("beat model with a weight that is no number");
        }
        rest = rest[(2 * count)..];
        return values;
    }

    /// <summary>Weights [tap][in][out] and biases [out].</summary>
    internal readonly record struct Layer(float[] Weights, float[] Biases);
}
