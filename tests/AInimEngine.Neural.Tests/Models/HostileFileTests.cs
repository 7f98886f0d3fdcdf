using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;
using AInimEngine.Core.Errors;
using AInimEngine.Neural.Models;

namespace AInimEngine.Neural.Tests.Models;

/// <summary>Files that are made to do harm, or broken: one line says what is wrong, and nothing happens.</summary>
[Collection("native")]
public sealed class HostileFileTests(ITestOutputHelper output)
{
    /// <summary>Every bad file with what its error has to say.</summary>
    private static IEnumerable<(string Name, byte[] File, string Says)> BadFiles(string canary)
    {
        ModelCard card = TinyModels.Sg2;
        List<WeightArray> arrays = TinyModels.Arrays(card);
        WeightArray first = arrays[0];

        foreach (int protocol in new[] { 2, 3, 4 })
        {
            yield return ($"os.system, protocol {protocol}", new PickleWriter(protocol).Global("os", "system").Mark().Text($"touch {canary}").Tuple().Reduce().Stop(), "'os.system'");
            yield return ($"exec, protocol {protocol}", new PickleWriter(protocol).Global("builtins", "exec").Mark().Text($"open('{canary}', 'w')").Tuple().Reduce().Stop(), "'builtins.exec'");
        }
        yield return ("posix.system in a checkpoint", TinyModels.Legacy(
            new PickleWriter(2).Dict().Mark().Text("g_ema").Global("posix", "system").Mark().Text($"touch {canary}").Tuple().Reduce().SetItems().Stop()), "'posix.system'");
        yield return ("a name over two lines", new PickleWriter(2).Global("os\u2028\u202e", "system").Stop(), "Python object");
        yield return ("exec of a module source", ExecOfSource(canary), "no StyleGAN2 generator");
        yield return ("INST", new PickleWriter(2).Mark().Text($"touch {canary}").Raw("ios\nsystem\n"u8).Stop(), "INST");
        yield return ("OBJ", new PickleWriter(2).Mark().Text("x").Raw((byte)'o').Stop(), "OBJ");
        yield return ("NEWOBJ_EX", new PickleWriter(4).Global("collections", "OrderedDict").EmptyTuple().Dict().Raw(0x92).Stop(), "NEWOBJ_EX");
        yield return ("EXT1", new PickleWriter(2).Raw(0x82, 1).Stop(), "EXT1");
        yield return ("PERSID", new PickleWriter(2).Raw("Pfile\n"u8).Stop(), "PERSID");
        yield return ("buffers", new PickleWriter(5).Raw(0x97).Stop(), "NEXT_BUFFER");
        yield return ("protocol 0", "(lp0\n."u8.ToArray(), "none of the formats");
        yield return ("protocol 9", new PickleWriter(9).None().Stop(), "protocol 9");
        yield return ("a call of a call", new PickleWriter(2).OrderedDict().EmptyTuple().Reduce().Stop(), "no name");
        yield return ("marks without end", new PickleWriter(2).Raw([.. Enumerable.Repeat((byte)'(', 100_000)]).Stop(), "nests more than");
        yield return ("instructions without end", new PickleWriter(2).Raw([.. Enumerable.Repeat((byte)'N', 1_100_000)]).Stop(), "instructions");
        yield return ("a text of 2^60 bytes", new PickleWriter(4).Raw(0x8d).Raw([0, 0, 0, 0, 0, 0, 0, 0x10]).Stop(), "ends too early");
        yield return ("a dictionary in itself", new PickleWriter(2).Dict().Raw((byte)'q', 0).Mark().Text("g_ema").Raw((byte)'h', 0).SetItems().Stop(), "no generator");
        yield return ("a network in itself", NetworkInItself(), "stored as StyleGAN's tools");
        yield return ("lists in lists, doubled 40 times", Doubled(40), "no generator");

        yield return ("modules with names of a megabyte", Modules(pickle => pickle.Text(new string('n', 1 << 20)).None()), "names of more than");
        yield return ("a module with 150000 attributes", Modules(pickle => pickle.Raw([.. Enumerable.Repeat((byte)'N', 300_000)])), "150000 _modules");
        yield return ("a network of a million networks", ManyComponents(), "100000 networks");
        yield return ("nested blobs", NestedBlobs(), "embeds something other");
        yield return ("blobs that claim 2^40 elements", Blob(elements: 1L << 40, [4]), "cut off");
        yield return ("sizes of 2^40", Tensor([1L << 40]), "larger than what the file stores");
        yield return ("sizes whose product runs over", Tensor([1L << 32, 1L << 32]), "larger than what the file stores");
        yield return ("one number seen as a million", Tensor([1000, 1000], [0, 0]), "larger than what the file stores");
        yield return ("negative strides", Tensor([2, 2], [-1, 1]), "impossible strides");
        yield return ("huge strides", Tensor([2, 2], [long.MaxValue, 1]), "impossible strides");
        yield return ("a view beyond its end", Tensor([2, 2], [2, 1], offset: 1), "reaches outside");
        yield return ("a view before its start", Tensor([2, 2], [2, 1], offset: -1), "reaches outside");
        yield return ("sizes that are text", new PickleWriter(2).Dict().Mark().Text("g_ema").Dict().Mark().Text("x")
            .Global("torch._utils", "_rebuild_tensor_v2").Mark().None().Int(0).Text("x").Text("y").Tuple().Reduce().SetItems().SetItems().Stop(), "not stored as torch stores");
        yield return ("arrays that overlap", Overlapping(), "overlap");

        yield return ("a zip bomb", new ZipWriter().Add("archive/data.pkl", [0x80, 2, (byte)'.'], method: 8).Finish(), "compressed");
        yield return ("a zip bomb of overlapping entries", new ZipWriter().Add("archive/data.pkl", new PickleWriter(2).None().Stop()).Alias("archive/data/0").Finish(), "another one");
        yield return ("a zip with entries larger than the file", new ZipWriter().Add("archive/data.pkl", new PickleWriter(2).None().Stop()).Finish(1 << 30), "outside of the file");
        yield return ("a zip with a name twice", new ZipWriter().Add("archive/data.pkl", new PickleWriter(2).None().Stop()).Add("archive/data.pkl", new PickleWriter(2).Dict().Stop()).Finish(), "twice");
        yield return ("a zip with two pickles", new ZipWriter().Add("a/data.pkl", new PickleWriter(2).None().Stop()).Add("b/data.pkl", new PickleWriter(2).None().Stop()).Finish(), "several pickles");
        yield return ("a zip of something else", new ZipWriter().Add("word/document.xml", "<w/>"u8.ToArray()).Finish(), "none that torch wrote");
        yield return ("TorchScript", new ZipWriter().Add("m/data.pkl", new PickleWriter(2).None().Stop()).Add("m/code/__torch__.py", "import os"u8.ToArray()).Finish(), "TorchScript");
        yield return ("a storage of the wrong size", new ZipWriter()
            .Add("archive/data.pkl", TensorPickle([2, 2], elements: 4).Stop()).Add("archive/data/0", new byte[12]).Finish(), "12 bytes");
        yield return ("a storage that is not there", new ZipWriter().Add("archive/data.pkl", TensorPickle([2, 2], elements: 4).Stop()).Finish(), "does not hold");
        yield return ("a storage outside of the folder", new ZipWriter().Add("archive/data.pkl", TensorPickle([2, 2], elements: 4, key: "../../etc/passwd").Stop()).Finish(), "does not hold");

        yield return ("a header of 2^63 bytes", [.. BitConverter.GetBytes(1UL << 63), (byte)'{', (byte)'}'], "none of the formats");
        yield return ("a header longer than the file", [.. BitConverter.GetBytes(90_000_000UL), (byte)'{', (byte)'}'], "longer than the file");
        yield return ("a header that is no JSON", Header("{\"a\":"), "no JSON");
        yield return ("a header with half a character", Header("{\"\\ud800\":{}}"), "no JSON");
        yield return ("arrays that overlap in safetensors", Header("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[2,6]}}""", 6), "overlaps");
        yield return ("a gap", Header("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8), "gap");
        yield return ("bytes that belong to nothing", Header("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 8), "belong to no array");
        yield return ("an array outside of the file", Header("""{"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}""", 8), "outside of the file");
        yield return ("2^40 elements in four bytes", Header("""{"a":{"dtype":"F32","shape":[1099511627776],"data_offsets":[0,4]}}""", 4), "larger than");
        yield return ("offsets that run over", Header("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,9223372036854775807]}}""", 4), "outside of the file");
        yield return ("an unknown type", Header("""{"a":{"dtype":"F8_E4M3","shape":[1],"data_offsets":[0,1]}}""", 1), "F8_E4M3");
        yield return ("a name twice", Header("""{"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0]},"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}}"""), "twice");
        yield return ("no arrays", Header("{}"), "no network that is known");

        yield return ("NaN", Changed(arrays, first.Name, [float.NaN], card), "NaN");
        yield return ("infinity", Changed(arrays, first.Name, [float.PositiveInfinity], card), "the value Infinity");
        yield return ("a missing array", TinyModels.Safetensors(arrays.Skip(1), card), $"'{first.Name}' is missing");
        yield return ("an array too many", TinyModels.Safetensors([.. arrays, WeightArray.From("extra.weight", [1], [1])], card), "'extra.weight' has no place");
        yield return ("a wrong shape", TinyModels.Safetensors([WeightArray.From(first.Name, new float[6], [3, 2]), .. arrays.Skip(1)], card), "[3, 2] where [2, 2]");
        yield return ("a card of 2^31 layers", TinyModels.Safetensors(arrays, card with { MappingLayers = int.MaxValue }), "mapping layers");
        yield return ("a card of another resolution", TinyModels.Safetensors(arrays, card with { Resolution = 2048, Channels = [.. Enumerable.Repeat(1, 10)] }), "resolution of 2048");
        yield return ("a negative variance", NegativeVariance(), "negative variance");
        yield return ("StyleGAN3", StyleGan3(), "StyleGAN3");
        yield return ("nothing", [], "none of the formats");
        yield return ("a Git LFS pointer", "version https://git-lfs.github.com/spec/v1\noid sha256:00\n"u8.ToArray(), "git lfs pull");
        yield return ("a web page", "<!DOCTYPE html><html>"u8.ToArray(), "web page");
    }

    public static TheoryData<string> Names => [.. BadFiles("x").Select(bad => bad.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void ABadFileGivesOneClearLineAndDoesNothing(string name)
    {
        string folder = Directory.CreateTempSubdirectory("ainim-bad").FullName;
        try
        {
            (_, byte[] file, string says) = BadFiles(Path.Combine(folder, "canary")).First(bad => bad.Name == name);
            string path = Path.Combine(folder, "bad.pkl");
            File.WriteAllBytes(path, file);
            var error = Assert.Throws<AInimException>(() => ModelFile.Open(path));
            output.WriteLine(error.Message.Replace(folder, ""));
            Assert.Equal(ExitCode.Input, error.ExitCode);
            if (file.Length > 0)
                Assert.Contains(says, error.Message);
            Assert.Contains("bad.pkl", error.Message);
            // After the semicolon stands what to do.
            if (file.Length > 0)
                Assert.Matches(@"; [a-zS].{15,}\.$", error.Message);
            Assert.DoesNotContain(error.Message, c => char.IsControl(c) || c is '\u2028' or '\u202e');
            Assert.InRange(error.Message.Length, 20, 600);
            Assert.Equal(["bad.pkl"], Directory.GetFileSystemEntries(folder).Select(Path.GetFileName));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("safetensors")]
    [InlineData("zip")]
    [InlineData("legacy")]
    [InlineData("pickle 4")]
    public void AFileCutOffAnywhereIsRefused(string format)
    {
        // StyleGAN's pickles hold StyleGAN2 only.
        byte[] whole = FormatTests.Write(format, format.StartsWith("pickle", StringComparison.Ordinal) ? TinyModels.Sg2 : TinyModels.Sm);
        // Behind the first kilobytes the same structures come again and again; 7 bytes on meet every part of them.
        for (int length = 0; length < whole.Length; length += length < 3000 || length > whole.Length - 500 ? 1 : 7)
        {
            var error = Assert.Throws<AInimException>(() => ModelFile.Read(whole.AsMemory(0, length), "cut.x"));
            Assert.Equal(ExitCode.Input, error.ExitCode);
        }
        Assert.NotEmpty(ModelFile.Read(whole, "whole.x").Arrays);
    }

    [Fact]
    public void FilesThatAreMissingOrNoFilesAreRefused()
    {
        foreach (string path in new[] { "/nowhere/x.pkl", "/dev/zero", Path.GetTempPath() })
            Assert.Equal(ExitCode.Input, Assert.Throws<AInimException>(() => ModelFile.Open(path)).ExitCode);
    }

    [Fact]
    public void APipeOrADeviceBehindALinkIsRefusedAtOnce()
    {
        string folder = Directory.CreateTempSubdirectory("ainim-links").FullName;
        try
        {
            string pipe = Path.Combine(folder, "pipe"), link = Path.Combine(folder, "x.safetensors"), second = Path.Combine(folder, "y.safetensors");
            using (Process made = Process.Start("mkfifo", [pipe]))
                made.WaitForExit();
            File.CreateSymbolicLink(link, pipe);
            File.CreateSymbolicLink(second, link);
            File.CreateSymbolicLink(Path.Combine(folder, "zero.safetensors"), "/dev/zero");
            foreach (string path in Directory.GetFileSystemEntries(folder))
            {
                Assert.Contains("pipe or device", Assert.Throws<AInimException>(() => ModelFile.Open(path)).Message);
                Assert.Contains("pipe or device", Assert.Throws<AInimException>(() => ModelFile.ReadCard(path)).Message);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void TextsOfACardCannotSteerATerminal()
    {
        ModelCard card = TinyModels.Sg2 with { Licence = "free\u001b[2J\u202e\nmine", Source = "a\rb" };
        string folder = Directory.CreateTempSubdirectory("ainim-card").FullName;
        try
        {
            string path = Path.Combine(folder, "x.safetensors");
            ModelFile.Save(ModelCheck.Make(card, TinyModels.Arrays(card)), path);
            foreach (ModelCard read in new[] { ModelFile.Open(path).Card, ModelFile.ReadCard(path) })
                Assert.Equal(("free?[2J??mine", "a?b"), (read.Licence, read.Source));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // A persistent object whose source would do harm if anybody ran it, and whose class is no generator.
    private static byte[] ExecOfSource(string canary) => new PickleWriter(4).Dict().Mark().Text("G_ema")
        .Global("torch_utils.persistence", "_reconstruct_persistent_obj").Mark().Dict().Mark()
        .Text("type").Text("class").Text("version").Int(6).Text("module_src").Text($"open('{canary}', 'w')").Text("class_name").Text("Evil")
        .Text("state").Dict().SetItems().Tuple().Reduce().SetItems().Stop();

    private static byte[] NetworkInItself()
    {
        // {"G_ema": N} with N = _reconstruct_persistent_obj({"class_name": ..., "state": S}) and S["_modules"] = {"a": {"b": S}}.
        return new PickleWriter(2).Dict().Mark().Text("G_ema").Global("torch_utils.persistence", "_reconstruct_persistent_obj").Mark().Dict().Mark()
            .Text("class_name").Text("Generator").Text("state").Dict().Raw((byte)'q', 1).Mark().Text("_modules").Dict().Mark().Text("a").Raw((byte)'h', 1).SetItems().SetItems()
            .SetItems().Tuple().Reduce().SetItems().Stop();
    }

    private static byte[] Modules(Action<PickleWriter> children)
    {
        PickleWriter pickle = new PickleWriter(2).Dict().Mark().Text("G_ema").Global("torch_utils.persistence", "_reconstruct_persistent_obj").Mark().Dict().Mark()
            .Text("class_name").Text("Generator").Text("state").Dict().Mark().Text("_modules").Dict().Mark();
        children(pickle);
        return pickle.SetItems().SetItems().SetItems().Tuple().Reduce().SetItems().Stop();
    }

    // A network whose components are itself, by a hundred thousand names.
    private static byte[] ManyComponents()
    {
        PickleWriter pickle = new PickleWriter(2).Mark().None().None().Global("dnnlib.tflib.network", "Network").EmptyTuple().NewObj().Raw((byte)'q', 0)
            .Dict().Mark().Text("components").Dict().Mark();
        for (int i = 0; i < 100_000; i++)
            pickle.Int(i).Raw((byte)'h', 0);
        return pickle.SetItems().SetItems().Build().Tuple().Stop();
    }

    private static byte[] Doubled(int times)
    {
        PickleWriter pickle = new PickleWriter(2).None();
        for (int i = 0; i < times; i++)
            pickle.Raw((byte)'q', 0, (byte)'h', 0, 0x86);
        return pickle.Stop();
    }

    private static byte[] NestedBlobs()
    {
        byte[] blob = TinyModels.Legacy(new PickleWriter(2).Storage("0", 1, isLegacy: true).Stop(), ("0", new byte[4], 4));
        for (int i = 0; i < 10; i++)
            blob = TinyModels.Legacy(new PickleWriter(3).Global("torch.storage", "_load_from_bytes").Mark().Bytes(blob).Tuple().Reduce().Stop());
        return Embedded(blob, [1]);
    }

    private static byte[] Blob(long elements, long[] shape)
    {
        byte[] blob = TinyModels.Legacy(new PickleWriter(2).Storage("0", elements, isLegacy: true).Stop(), ("0", new byte[4], 4));
        BinaryPrimitives.WriteInt64LittleEndian(blob.AsSpan(blob.Length - 12), elements);
        return Embedded(blob, shape);
    }

    private static byte[] Embedded(byte[] blob, long[] shape)
    {
        PickleWriter pickle = new PickleWriter(3).Dict().Mark().Text("g_ema").Dict().Mark().Text("x");
        return pickle.Tensor(() => pickle.Global("torch.storage", "_load_from_bytes").Mark().Bytes(blob).Tuple().Reduce(), shape).SetItems().SetItems().Stop();
    }

    private static byte[] Tensor(long[] shape, long[]? strides = null, long offset = 0) => new ZipWriter()
        .Add("archive/data.pkl", TensorPickle(shape, strides, offset).Stop()).Add("archive/data/0", new byte[16]).Finish();

    private static PickleWriter TensorPickle(long[] shape, long[]? strides = null, long offset = 0, long elements = 4, string key = "0")
    {
        PickleWriter pickle = new PickleWriter(2).Dict().Mark().Text("g_ema").Dict().Mark().Text("x");
        return pickle.Tensor(() => pickle.Storage(key, elements), shape, strides ?? [.. shape.Select(_ => 1L)], offset).SetItems().SetItems();
    }

    // A storage of 64 KB, seen as a thousand arrays.
    private static byte[] Overlapping()
    {
        PickleWriter pickle = new PickleWriter(2).Dict().Mark().Text("g_ema").Dict().Mark();
        for (int i = 0; i < 1000; i++)
            pickle.Text($"x{i}").Tensor(() => pickle.Storage("0", 16384), [16384]);
        return new ZipWriter().Add("archive/data.pkl", pickle.SetItems().SetItems().Stop()).Add("archive/data/0", new byte[65536]).Finish();
    }

    private static byte[] Header(string json, int data = 0)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(json);
        return [.. BitConverter.GetBytes((ulong)utf8.Length), .. utf8, .. new byte[data]];
    }

    private static byte[] Changed(List<WeightArray> arrays, string name, float[] start, ModelCard card) => TinyModels.Safetensors(arrays.Select(array =>
    {
        if (array.Name != name)
            return array;
        float[] values = array.ToSingles();
        start.CopyTo(values, 0);
        return WeightArray.From(name, values, array.Shape);
    }), card);

    private static byte[] NegativeVariance() => Changed(TinyModels.Arrays(TinyModels.Sm), "synthesis.norm.running_var", [-1], TinyModels.Sm);

    private static byte[] StyleGan3() => TinyModels.Official(
        [WeightArray.From("synthesis.input.weight", new float[4], [2, 2]), WeightArray.From("synthesis.L0_36_512.weight", new float[4], [2, 2])], 4);
}
