using AInimEngine.Core.Errors;

namespace AInimEngine.Neural.Decoding.Bends;

/// <summary>Refuses bends that do not fit a network, in words for who wrote the preset.</summary>
public static class BendCheck
{
    /// <summary>Largest radius of erosion and dilation, and largest grain of noise, pixels of the layer.</summary>
    public const int MaxRadius = 64;

    private const int MaxIdLength = 64;

    /// <summary>Checks what can be known without the sizes of the activations.</summary>
    /// <param name="bends">In order.</param>
    /// <param name="layers">Number of latent layers of the network.</param>
    /// <exception cref="AInimException">One of them does not fit; exit code of a wrong preset.</exception>
    public static void All(IReadOnlyList<Bend> bends, int layers)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (Bend bend in bends)
        {
            if (bend.Id.Length is 0 or > MaxIdLength || !bend.Id.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_'))
                throw Wrong(bend, $"an id is 1 to {MaxIdLength} lower-case letters, digits, '-' and '_'. Rename it.");
            if (!ids.Add(bend.Id))
                throw Wrong(bend, "two bends have this id. Rename one.");
            if (bend.Layer < 0 || bend.Layer >= layers)
                throw Wrong(bend, $"the network has layers 0 to {layers - 1}, not {bend.Layer}. Choose one of them.");
            if (!float.IsFinite(bend.Amount))
                throw Wrong(bend, "the amount is not a number. Give one.");
            if (!(bend.Share is >= 0 and <= 1))
                throw Wrong(bend, FormattableString.Invariant($"a share of channels is 0 to 1, not {bend.Share}. Mend it."));
            Parameter(bend);
        }
    }

    /// <summary>Checks a bend's channels and deviations against the activations that it acts on.</summary>
    /// <exception cref="AInimException">A channel is not there, or named twice; exit code of a wrong preset.</exception>
    /// <exception cref="ArgumentException">The target itself makes no sense.</exception>
    public static void Fits(Bend bend, BendTarget target)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(target.Batch, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(target.Channels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(target.Height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(target.Width, 1);
        if (target.Deviations.Count != 0 && target.Deviations.Count != target.Channels)
            throw new ArgumentException($"{target.Deviations.Count} deviations for {target.Channels} channels", nameof(target));
        Parameter(bend);
        var seen = new HashSet<int>();
        foreach (int channel in bend.Channels)
        {
            if (channel < 0 || channel >= target.Channels)
                throw Wrong(bend, $"layer {bend.Layer} has channels 0 to {target.Channels - 1}, not {channel}. Choose among them, or give a share.");
            if (!seen.Add(channel))
                throw Wrong(bend, $"channel {channel} is named twice. Name it once.");
        }
    }

    private static void Parameter(Bend bend)
    {
        bool fits = bend.Operation switch
        {
            BendOperation.Erode or BendOperation.Dilate => bend.Parameter is >= 0 and <= MaxRadius && bend.Parameter == MathF.Floor(bend.Parameter),
            BendOperation.Noise => bend.Parameter is >= 0 and <= MaxRadius,
            _ => float.IsFinite(bend.Parameter),
        };
        if (fits)
            return;
        string wanted = bend.Operation switch
        {
            BendOperation.Erode or BendOperation.Dilate => $"a radius is a whole number of pixels up to {MaxRadius}",
            BendOperation.Noise => $"a grain is 0 to {MaxRadius} pixels",
            _ => "a parameter is a number",
        };
        throw Wrong(bend, FormattableString.Invariant($"{wanted}, not {bend.Parameter}. Mend it."));
    }

    private static AInimException Wrong(Bend bend, string reason) => new(ExitCode.Preset, $"bend '{bend.Id}' ({bend.Operation}): {reason}");
}
