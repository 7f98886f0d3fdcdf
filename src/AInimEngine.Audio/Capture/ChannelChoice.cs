using System.Globalization;
using AInimEngine.Core.Errors;

namespace AInimEngine.Audio.Capture;

/// <summary>Which channels of a device are listened to. Immutable.</summary>
public sealed class ChannelChoice
{
    /// <summary>The highest channel that SDL hands through.</summary>
    public const int Highest = 8;

    private ChannelChoice(int[] left, int[] right)
    {
        Left = left;
        Right = right;
    }

    /// <summary>The first two channels, or the only one on both sides.</summary>
    public static ChannelChoice Stereo { get; } = new([1], [2]);

    /// <summary>Channels, from 1, whose mean is the left side.</summary>
    public IReadOnlyList<int> Left { get; }

    /// <summary>Channels, from 1, whose mean is the right side.</summary>
    public IReadOnlyList<int> Right { get; }

    /// <summary>How many channels the device must have for it; for <see cref="Stereo"/> one suffices.</summary>
    public int Needs => ReferenceEquals(this, Stereo) ? 1 : Math.Max(Left.Max(), Right.Max());

    /// <summary>Reads what a person typed.</summary>
    /// <param name="text">"3,4": left and right; "3" or "left" or "right": one on both sides; "1,2,3,4": odd places left, even places right.</param>
    /// <exception cref="AInimException">It is none of these.</exception>
    public static ChannelChoice Parse(string text)
    {
        string[] words = text.Trim().ToUpperInvariant() switch
        {
            "STEREO" => ["1", "2"],
            "LEFT" => ["1"],
            "RIGHT" => ["2"],
            string other => other.Split(',', StringSplitOptions.TrimEntries),
        };
        var channels = new int[words.Length];
        for (int i = 0; i < words.Length; i++)
        {
            if (!int.TryParse(words[i], NumberStyles.None, CultureInfo.InvariantCulture, out channels[i]) || channels[i] is < 1 or > Highest)
                throw new AInimException(ExitCode.Usage, $"'{text}' names no channels. Give one or more of 1 to {Highest}, as in '3,4', or 'left' or 'right'.");
        }
        if (channels is [1, 2])
            return Stereo;
        return channels.Length == 1
            ? new ChannelChoice(channels, channels)
            : new ChannelChoice([.. channels.Where((_, i) => i % 2 == 0)], [.. channels.Where((_, i) => i % 2 == 1)]);
    }

    /// <summary>"3,4" or "3": as it may be typed.</summary>
    public override string ToString()
    {
        if (ReferenceEquals(Left, Right))
            return $"{Left[0]}";
        IEnumerable<int> typed = Left.Select((channel, i) => (Place: 2 * i, channel)).Concat(Right.Select((channel, i) => (Place: 2 * i + 1, channel))).OrderBy(c => c.Place).Select(c => c.channel);
        return string.Join(',', typed);
    }

    /// <summary>Picks the two sides out of interleaved samples. Allocates nothing.</summary>
    /// <param name="input">Whole frames.</param>
    /// <param name="channels">Of <paramref name="input"/>; what it lacks is taken from its last one.</param>
    /// <param name="stereo">Takes as many frames.</param>
    internal void Pick(ReadOnlySpan<float> input, int channels, Span<float> stereo)
    {
        int[] left = (int[])Left, right = (int[])Right;
        for (int i = 0, frame = 0; frame < input.Length; i += 2, frame += channels)
        {
            stereo[i] = Mean(input.Slice(frame, channels), left);
            stereo[i + 1] = Mean(input.Slice(frame, channels), right);
        }
    }

    private static float Mean(ReadOnlySpan<float> frame, int[] channels)
    {
        float sum = 0;
        foreach (int channel in channels)
            sum += frame[Math.Min(channel, frame.Length) - 1];
        return sum / channels.Length;
    }
}
