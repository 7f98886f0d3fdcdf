using System.CommandLine;
using System.Runtime.InteropServices;
using AInimEngine.Core.Errors;
using AInimEngine.Core.Files;
using AInimEngine.Engine;
using AInimEngine.Engine.Explore;
using AInimEngine.Neural.Decoding;
using AInimEngine.Neural.Models;
using AInimEngine.Neural.Networks;

namespace AInimEngine.Cli.Verbs.Models;

/// <summary><c>ainim models decode</c>: latents from a file to pictures in a file, as plain numbers, for scripts and checks.</summary>
public static class ModelsDecode
{
    private const long MostBytes = 256L << 20;

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var name = new Argument<string>("model") { Description = "Name or path." };
        var z = new Option<string>("--z") { Description = "Little-endian float32 [N, z_dim].", Required = true };
        var classes = new Option<string?>("--classes") { Description = "The class of each, separated by commas; needed by models with classes." };
        var truncation = new Option<double>("--truncation") { Description = "0 the mean picture, 1 none.", DefaultValueFactory = _ => 1 };
        var cutoff = new Option<int?>("--cutoff") { Description = "Truncate only so many layers, from the coarsest." };
        var noise = new Option<string>("--noise") { Description = "const: the maps in the file; none.", DefaultValueFactory = _ => "const" };
        noise.AcceptOnlyFromAmong("const", "none");
        var precision = new Option<string>("--precision") { Description = "fp32, bf16 or fp16.", DefaultValueFactory = _ => "fp32" };
        precision.AcceptOnlyFromAmong("fp32", "bf16", "fp16");
        var output = new Option<string>("--output", "-o") { Description = "Where to write little-endian float32 [N, 3, H, W], about -1..1, as the network gives it; replaced if it exists.", Required = true };
        // Scripts and checks run it again and again; what they ask for is taken without -y, and only once it is whole.
        var overwrite = new Option<bool>("--overwrite", "-y") { Description = "Not needed: the output is replaced anyway.", Hidden = true };
        var command = new Command("decode", "Decode latents from a file into a file of plain numbers.") { name, z, classes, truncation, cutoff, noise, precision, output, overwrite };
        command.SetAction(parsed =>
        {
            string target = parsed.GetValue(output)!;
            Model model = InstalledModels.Library().Open(parsed.GetValue(name)!);
            float[] latents = Latents(parsed.GetValue(z)!, model.Card.ZDim);
            int count = latents.Length / model.Card.ZDim;
            var request = new PlainDecodeRequest
            {
                Z = latents,
                Classes = Classes(parsed.GetValue(classes), count, model.Card.Classes),
                Truncation = parsed.GetValue(truncation) is var psi && double.IsFinite(psi) ? psi : throw new AInimException(ExitCode.Usage, "--truncation takes a finite number, such as 0.7."),
                Cutoff = parsed.GetValue(cutoff) is not < 0 ? parsed.GetValue(cutoff) : throw new AInimException(ExitCode.Usage, "--cutoff is a number of layers, 0 or more."),
                Noise = parsed.GetValue(noise) == "none" ? NoiseMode.None : NoiseMode.Const,
                Precision = parsed.GetValue(precision) switch
                {
                    "bf16" => DecodePrecision.BFloat16,
                    "fp16" => DecodePrecision.Float16,
                    _ => DecodePrecision.Float32,
                },
            };
            Write(target, stream => PlainDecode.Run(model, request, planes => stream.Write(MemoryMarshal.AsBytes(planes))));
            Console.Out.WriteLine($"wrote {target}: [{count}, 3, {model.Card.Resolution}, {model.Card.Resolution}]");
            return (int)ExitCode.Success;
        });
        return command;
    }

    private static float[] Latents(string path, int width)
    {
        byte[] bytes;
        try
        {
            bytes = SmallFile.Read(path, MostBytes);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new AInimException(ExitCode.Input, $"cannot read the latents '{path}': {SystemReason.Of(error)}", error);
        }
        if (bytes.Length % (width * sizeof(float)) != 0)
            throw new AInimException(ExitCode.Input, $"'{path}' has {bytes.Length} bytes, which is no whole number of latents of {width} float32. Write [N, {width}].");
        float[] values = MemoryMarshal.Cast<byte, float>(bytes).ToArray();
        return Array.TrueForAll(values, float.IsFinite)
            ? values
            : throw new AInimException(ExitCode.Input, $"'{path}' holds numbers that are not finite. Write float32, little-endian.");
    }

    private static int[] Classes(string? text, int count, int classes)
    {
        if (classes == 0)
            // "0" for each is what lists of cases say of models without classes.
            return text is null || text.Split(',').All(part => part.Trim() == "0") ? [] : throw new AInimException(ExitCode.Usage, "--classes: this model has no classes.");
        if (text is null)
            throw new AInimException(ExitCode.Usage, $"this model has {classes} classes. Pass --classes with one number from 0 to {classes - 1} for each of the {count} latents.");
        string[] parts = text.Split(',');
        int[] numbers = [.. parts.Select(part => int.TryParse(part, out int number) && number >= 0 && number < classes
            ? number
            : throw new AInimException(ExitCode.Usage, $"--classes: '{part}' is no number from 0 to {classes - 1}."))];
        return numbers.Length == count
            ? numbers
            : throw new AInimException(ExitCode.Usage, $"--classes has {numbers.Length} numbers for {count} latents. Pass one each.");
    }

    private static void Write(string path, Action<Stream> write)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder))
            throw new AInimException(ExitCode.Output, $"cannot write '{path}': there is no folder '{folder}'. Make it first.");
        try
        {
            PartialFile.Write(path, write);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new AInimException(ExitCode.Output, $"cannot write '{path}': {SystemReason.Of(error)}", error);
        }
    }
}
