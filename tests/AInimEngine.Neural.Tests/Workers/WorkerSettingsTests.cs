using AInimEngine.Core.Errors;
using AInimEngine.Neural.Decoding;
using AInimEngine.Neural.Field;
using AInimEngine.Neural.Workers;

namespace AInimEngine.Neural.Tests.Workers;

public sealed class WorkerSettingsTests
{
    [Fact]
    public void WaitsBeginWithNoneDoubleAndEnd()
    {
        WorkerSettings settings = new(["x"]) { FirstBackOff = TimeSpan.FromSeconds(1), LongestBackOff = TimeSpan.FromSeconds(7) };
        Assert.Equal([0, 0, 1, 2, 4, 7, 7], new[] { 0, 1, 2, 3, 4, 5, 100_000 }.Select(failures => settings.WaitAfter(failures).TotalSeconds));
    }

    [Fact]
    public void DescriptionsSurviveJson()
    {
        var field = new GeneratorDescription { Field = new FieldSettings { Universe = ulong.MaxValue, Width = 100, Style = Enum.GetValues<FieldStyle>()[1], Palette = "x" }, Threads = 2 };
        Assert.Equal(field, GeneratorDescription.FromJson(field.ToJson()));
        var model = new GeneratorDescription
        {
            Model = "/somewhere/a \"model\".safetensors",
            Style = new StyleGeneratorSettings
            {
                Width = 640, Height = 360, Resolution = 256, Precision = DecodePrecision.BFloat16, Device = Device.Cuda(1), NoiseSeed = 3, Class = 2,
                Bends = [new Bend("a", 3, BendOperation.Erode) { Amount = 0.1f, Channels = [1, 2], Seed = 1, Parameter = 2 }],
            },
        };
        GeneratorDescription read = GeneratorDescription.FromJson(model.ToJson());
        Assert.Equal(model.ToJson(), read.ToJson());
        Assert.Equal(model.Style.Device, read.Style!.Device);
        Assert.Equal(model.Style.Bends[0] with { Channels = [] }, read.Style.Bends[0] with { Channels = [] });
        Assert.Equal([1, 2], read.Style.Bends[0].Channels);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{\"Field\":{},\"Model\":\"x\"}")]
    [InlineData("{\"Model\":\"x\"}")]
    [InlineData("{\"Field\":{},\"Threads\":0}")]
    [InlineData("{\"Field\":{},\"Other\":1}")]
    [InlineData("{\"Field\":{\"Universe\":-1}}")]
    public void OtherJsonIsRefusedInWords(string json) =>
        Assert.Contains("a generator's description", Assert.Throws<AInimException>(() => GeneratorDescription.FromJson(json)).Message, StringComparison.Ordinal);
}
