using System.Text;
using AInimEngine.Core.Errors;
using AInimEngine.Neural.Latents;

namespace AInimEngine.Neural.Tests.Latents;

/// <summary>Files of directions travel between people, as favourites do.</summary>
public sealed class DirectionFileTests
{
    private static readonly LatentDirection[] s_sample =
    [
        new("coarse-1", 0, 3, [0.6f, -0.8f], 12.5, 0.01, 4),
        new("fine-1", 3, 2, [1, 0], 3, 0.002, 9.5),
    ];

    [Fact]
    public void WhatIsWrittenIsRead()
    {
        DirectionList read = DirectionFile.Parse(Encoding.UTF8.GetBytes(Written()));
        Assert.Equal(("flames64", 2), (read.Model, read.WDim));
        for (int i = 0; i < s_sample.Length; i++)
        {
            Assert.Equal(s_sample[i].Vector, read.Directions[i].Vector);
            Assert.Equal(s_sample[i] with { Vector = [] }, read.Directions[i] with { Vector = [] });
        }
    }

    [Theory]
    [InlineData("ainim-directions", "other")]
    [InlineData("\"version\": 1", "\"version\": 2")]
    [InlineData("\"w_dim\": 2", "\"w_dim\": 1099511627776")]
    [InlineData("\"w_dim\": 2", "\"w_dim\": 3")]
    [InlineData("\"fine-1\"", "\"coarse-1\"")]
    [InlineData("\"first_layer\": 3", "\"first_layer\": -3")]
    [InlineData("\"layers\": 2", "\"layers\": 2000000000")]
    [InlineData("\"extent\": 4", "\"extent\": 1e300")]
    [InlineData("AACAPwAAAAA=", "AADAfwAAAAA=")] // NaN
    [InlineData("AACAPwAAAAA=", "AACA")]
    [InlineData("\"directions\": [", "\"directions\": [[[[[[[[[[1]]]]]]]]], ")]
    [InlineData("}", "")]
    public void BrokenFilesAreRefusedInOneLine(string part, string broken)
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        string text = Written();
        Assert.Contains(part, text, StringComparison.Ordinal);
        File.WriteAllText(path, text.Replace(part, broken, StringComparison.Ordinal));
        try
        {
            AInimException error = Assert.Throws<AInimException>(() => DirectionFile.Read(path));
            Assert.Equal(ExitCode.Input, error.ExitCode);
            Assert.DoesNotContain('\n', error.Message);
            Assert.Contains(path, error.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static string Written()
    {
        using var memory = new MemoryStream();
        DirectionFile.Write(memory, "flames64", "sefa", s_sample);
        return Encoding.UTF8.GetString(memory.ToArray());
    }
}
