using AInimEngine.Audio.Capture;
using AInimEngine.Core.Errors;

namespace AInimEngine.Audio.Tests.Capture;

public sealed class ChannelChoiceTests
{
    [Theory]
    [InlineData("3,4", 4, 3, 4, "3,4")]
    [InlineData("left", 4, 1, 1, "1")]
    [InlineData("Right", 4, 2, 2, "2")]
    [InlineData("4", 4, 4, 4, "4")]
    [InlineData("1, 2, 3, 4", 4, 2, 3, "1,2,3,4")]
    [InlineData("stereo", 4, 1, 2, "1,2")]
    [InlineData("stereo", 1, 1, 1, "1,2")]
    public void ChannelsAreTakenAsTyped(string text, int channels, float left, float right, string typed)
    {
        var choice = ChannelChoice.Parse(text);
        float[] input = [.. Enumerable.Range(0, 3).SelectMany(frame => Enumerable.Range(1, channels).Select(channel => channel + (100f * frame)))];
        float[] stereo = new float[6];
        choice.Pick(input, channels, stereo);
        Assert.Equal([left, right, left + 100, right + 100, left + 200, right + 200], stereo);
        Assert.Equal(typed, choice.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("9")]
    [InlineData("1,,2")]
    [InlineData("-1")]
    [InlineData("both")]
    public void WhatNamesNoChannelIsRefused(string text)
    {
        var error = Assert.Throws<AInimException>(() => ChannelChoice.Parse(text));
        Assert.Equal(ExitCode.Usage, error.ExitCode);
        Assert.Contains("'3,4'", error.Message, StringComparison.Ordinal);
    }
}
