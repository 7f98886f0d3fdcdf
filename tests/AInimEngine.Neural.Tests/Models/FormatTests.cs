using AInimEngine.Neural.Models;

namespace AInimEngine.Neural.Tests.Models;

/// <summary>The same numbers come back from every format.</summary>
public sealed class FormatTests
{
    public static TheoryData<string> Formats => ["safetensors", "bare safetensors", "zip", "legacy", "pickle 2", "pickle 3", "pickle 4"];

    internal static byte[] Write(string format, ModelCard card)
    {
        List<WeightArray> arrays = TinyModels.Arrays(card);
        return format switch
        {
            "safetensors" => TinyModels.Safetensors(arrays, card),
            "bare safetensors" => TinyModels.Safetensors(arrays, null),
            "zip" => TinyModels.TorchZip(arrays),
            "legacy" => TinyModels.TorchLegacy(arrays),
            _ => TinyModels.Official(arrays, format[^1] - '0'),
        };
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void AStyleGan2ComesBackFromEveryFormat(string format)
    {
        Model model = ModelFile.Read(Write(format, TinyModels.Sg2), "tiny.x");
        Assert.Equal("tiny", model.Card.Name);
        Assert.Equal(TinyModels.Sg2.Channels, model.Card.Channels);
        AssertSame(TinyModels.Arrays(TinyModels.Sg2), model);
    }

    [Theory]
    [InlineData("safetensors")]
    [InlineData("bare safetensors")]
    [InlineData("zip")]
    [InlineData("legacy")]
    public void SmAndFastGanComeBackFromPlainFormats(string format)
    {
        foreach (ModelCard card in new[] { TinyModels.Sm, TinyModels.FastGan })
        {
            Model model = ModelFile.Read(Write(format, card), "tiny.x");
            Assert.Equal(card.Architecture, model.Card.Architecture);
            Assert.Equal(card.Resolution, model.Card.Resolution);
            AssertSame(TinyModels.Arrays(card), model);
        }
    }

    [Theory]
    [InlineData("resnet")]
    [InlineData("orig")]
    public void TheArchitectureIsReadFromTheArrays(string synthesis)
    {
        ModelCard card = TinyModels.Sg2 with { Synthesis = synthesis, Classes = 3 };
        Model model = ModelFile.Read(Write("bare safetensors", card), "x.safetensors");
        Assert.Equal(synthesis, model.Card.Synthesis);
        Assert.Equal(3, model.Card.Classes);
        Assert.Equal(2, model.Card.ZDim);
    }

    [Fact]
    public void HowAModelWasTrainedComesBackWithItsCard()
    {
        var training = new ModelTraining
        {
            DataHash = new string('a', 64),
            Pictures = 743,
            Kimg = 140.5,
            Seconds = 7200,
            From = "older",
            Settings = new Dictionary<string, string> { ["batch"] = "16" },
            Metrics = new Dictionary<string, double> { ["swd"] = 42.25, ["memorisation"] = double.NaN },
        };
        ModelTraining? back = ModelFile.Read(Write("safetensors", TinyModels.Sm with { Training = training }), "x.safetensors").Card.Training;
        Assert.NotNull(back);
        Assert.Equal((training.DataHash, 743, 140.5, 7200.0, "older"), (back.DataHash, back.Pictures, back.Kimg, back.Seconds, back.From));
        Assert.Equal(training.Settings, back.Settings);
        Assert.Equal([new("swd", 42.25)], back.Metrics);
        Assert.Null(ModelCardJson.Read(ModelCardJson.Write(TinyModels.Sm, true), "x").Training);
    }

    [Theory]
    [InlineData("\"pictures\":743", "\"pictures\":-1")]
    [InlineData("\"pictures\":743", "\"pictures\":\"many\"")]
    [InlineData("\"kimg\":1", "\"kimg\":-1")]
    [InlineData("\"seconds\":2", "\"seconds\":1e999")]
    [InlineData("aaaa", "XXXX")]
    [InlineData("aaaa", "aaa")]
    [InlineData("\"swd\":3", "\"swd\":1e999")]
    [InlineData("\"swd\":3", "\"swd\":{}")]
    [InlineData("\"settings\":{}", "\"settings\":[]")]
    [InlineData("\"data_sha256\"", "\"hash\"")]
    public void ATrainingThatCannotBeIsRefused(string good, string bad)
    {
        var training = new ModelTraining { DataHash = new string('a', 64), Pictures = 743, Kimg = 1, Seconds = 2, Metrics = new Dictionary<string, double> { ["swd"] = 3 } };
        string json = ModelCardJson.Write(TinyModels.Sm with { Training = training }, isIndented: false);
        Assert.Equal(743, ModelCardJson.Read(json, "x").Training?.Pictures);
        int at = json.IndexOf(good, StringComparison.Ordinal);
        Assert.True(at > 0);
        Assert.Throws<InvalidDataException>(() => ModelCardJson.Read(json[..at] + bad + json[(at + good.Length)..], "x"));
    }

    [Fact]
    public void ASavedModelComesBackWithItsCard()
    {
        string folder = Directory.CreateTempSubdirectory("ainim-models").FullName;
        try
        {
            ModelCard card = TinyModels.Sg2 with
            {
                Classes = 2, ClassNames = ["cats", "dogs \"big\""], ConvClamp = 256, Source = "x.pkl", SourceHash = "ab", Licence = "mine",
                ImageChangePerUnit = [0.1f, 0.2f, 0.3f, 0.4f, 0.5f, 0.6f], Extra = new Dictionary<string, string> { ["mean_w"] = "as saved" },
            };
            Model model = ModelCheck.Make(card, TinyModels.Arrays(card));
            string path = Path.Combine(folder, "two.safetensors");
            ModelFile.Save(model, path);
            Model back = ModelFile.Open(path);
            AssertSame(TinyModels.Arrays(card), back);
            Assert.Equal("two", back.Card.Name);
            Assert.Equal(card.ClassNames, back.Card.ClassNames);
            Assert.Equal(card.ImageChangePerUnit, back.Card.ImageChangePerUnit);
            Assert.Equal("as saved", back.Card.Extra["mean_w"]);
            Assert.Equal((256.0, "x.pkl", "ab", "mine"), (back.Card.ConvClamp, back.Card.Source, back.Card.SourceHash, back.Card.Licence));
            Assert.Equal(ModelCardJson.Write(back.Card, true), ModelCardJson.Write(ModelFile.ReadCard(path), true));

            // What a person writes into the card beside it counts.
            string beside = Path.Combine(folder, "two.json");
            File.WriteAllText(beside, File.ReadAllText(beside).Replace("mine", "yours"));
            Assert.Equal("yours", ModelFile.Open(path).Card.Licence);
            Assert.Equal(["two.json", "two.safetensors"], Directory.GetFiles(folder).Select(Path.GetFileName).Order());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void HalvesTakeHalfTheSizeAndVectorsStaySingles()
    {
        Model model = ModelCheck.Make(TinyModels.Sm, TinyModels.Arrays(TinyModels.Sm));
        Model half = ModelFile.Read(TinyModels.Safetensors(ModelConversion.ToHalf(model).Arrays, TinyModels.Sm), "half.safetensors");
        Assert.Equal(ScalarType.Float16, half["synthesis.b8.conv0.weight"].Type);
        Assert.Equal(ScalarType.Float32, half["synthesis.norm.running_var"].Type);
        float[] expected = model["synthesis.b8.conv0.weight"].ToSingles(), actual = half["synthesis.b8.conv0.weight"].ToSingles();
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], MathF.Abs(expected[i]) / 2048);
    }

    [Fact]
    public void TheShippedModelIsWhole()
    {
        string root = Environment.GetEnvironmentVariable("AINIM_HOME") ?? Ancestor("presets");
        Model model = new ModelLibrary(Path.Combine(root, "presets", "models"), null).Open("flames64");
        Assert.Equal(ModelArchitecture.Sm, model.Card.Architecture);
        Assert.Equal(64, model.Card.Resolution);
        Assert.NotNull(model.Card.Licence);
    }

    private static string Ancestor(string folder)
    {
        string at = AppContext.BaseDirectory;
        while (!Directory.Exists(Path.Combine(at, folder)))
            at = Path.GetDirectoryName(at) ?? throw new DirectoryNotFoundException(folder);
        return at;
    }

    internal static void AssertSame(IReadOnlyCollection<WeightArray> expected, Model model)
    {
        Assert.Equal(expected.Count, model.Arrays.Count);
        foreach (WeightArray array in expected)
        {
            Assert.Equal(array.Shape, model[array.Name].Shape);
            Assert.Equal(array.Data.ToArray(), model[array.Name].Data.ToArray());
        }
    }
}
