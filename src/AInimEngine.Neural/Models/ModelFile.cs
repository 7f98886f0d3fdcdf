using System.Security.Cryptography;
using System.Text;
using AInimEngine.Core.Errors;
using AInimEngine.Core.Files;
using AInimEngine.Neural.Models.Formats;
using AInimEngine.Neural.Models.Importing;

namespace AInimEngine.Neural.Models;

/// <summary>
/// Opens models: our safetensors, and the checkpoints that other tools write. Nothing in a file is ever executed: pickles
/// are read as inert data, and what no model needs is refused.
/// </summary>
public static class ModelFile
{
    /// <summary>Ending of our own files.</summary>
    public const string Extension = ".safetensors";

    /// <summary>Most bytes of a file; the largest StyleGAN2 checkpoints have 0.4 GB.</summary>
    public const long MostBytes = 2_000_000_000;

    /// <summary>Opens a model of any format; safetensors take licence and class names from the JSON card beside them.</summary>
    /// <param name="path">A file.</param>
    /// <exception cref="AInimException">It is missing, or no model that can be played; the message says why.</exception>
    public static Model Open(string path)
    {
        byte[] bytes;
        try
        {
            bytes = SmallFile.Read(path, MostBytes);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new AInimException(ExitCode.Input, $"cannot open the model '{path}': {SystemReason.Of(error)}", error);
        }
        return WithCard(Read(bytes, path), path);
    }

    /// <summary>Reads a model from memory.</summary>
    /// <param name="bytes">A whole file.</param>
    /// <param name="path">Its path, for errors and for the model's name.</param>
    /// <exception cref="AInimException">It is no model that can be played.</exception>
    public static Model Read(ReadOnlyMemory<byte> bytes, string path)
    {
        try
        {
            return ModelImporter.Read(bytes, Path.GetFileNameWithoutExtension(path), Path.GetFileName(path));
        }
        catch (InvalidDataException error)
        {
            throw Refused(path, error);
        }
    }

    /// <summary>Reads the card of one of our files, without its arrays.</summary>
    /// <param name="path">A safetensors file.</param>
    /// <exception cref="AInimException">It is missing, or has no card.</exception>
    public static ModelCard ReadCard(string path)
    {
        try
        {
            using FileStream file = SmallFile.Open(path);
            var card = ModelCardJson.Read(
                SafetensorsReader.ReadMetadata(file).GetValueOrDefault(ModelCard.MetadataKey) ?? throw new InvalidDataException("it has no card"),
                Path.GetFileNameWithoutExtension(path));
            ModelCheck.CheckCard(card);
            return WithCard(card, path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new AInimException(ExitCode.Input, $"cannot open the model '{path}': {SystemReason.Of(error)}", error);
        }
        catch (InvalidDataException error)
        {
            throw Refused(path, error);
        }
    }

    /// <summary>Writes a model as safetensors with its card inside, and the card as JSON beside it. Each appears whole or not at all.</summary>
    /// <param name="model">A checked model.</param>
    /// <param name="path">Ends in ".safetensors".</param>
    /// <param name="overwrite">Whether files that are there may be replaced.</param>
    /// <exception cref="AInimException">A file is there, or cannot be written.</exception>
    public static void Save(Model model, string path, bool overwrite = false)
    {
        CheckTarget(path, overwrite);
        string card = CardPath(path);
        ModelCard named = model.Card with { Name = Path.GetFileNameWithoutExtension(path) };
        WriteWhole(path, overwrite, output => SafetensorsWriter.Write(output, model.Arrays, [new(ModelCard.MetadataKey, ModelCardJson.Write(named, isIndented: false))]));
        WriteWhole(card, overwrite, output => output.Write(Encoding.UTF8.GetBytes(ModelCardJson.Write(named, isIndented: true) + "\n")));
    }

    /// <summary>Refuses a path that <see cref="Save"/> would refuse.</summary>
    /// <exception cref="AInimException">A file is there.</exception>
    public static void CheckTarget(string path, bool overwrite)
    {
        foreach (string file in new[] { path, CardPath(path) })
            if (!overwrite && Path.Exists(file))
                throw new AInimException(ExitCode.Output, $"'{file}' exists. Pass -y to write over it, or choose another name with -o.");
    }

    /// <summary>Where the card of a file lies: "x.json" beside "x.safetensors".</summary>
    internal static string CardPath(string path) => Path.ChangeExtension(path, ".json");

    private static Model WithCard(Model model, string path) =>
        path.EndsWith(Extension, StringComparison.OrdinalIgnoreCase) && WithCard(model.Card, path) is var card && card != model.Card ? new Model(card, model.Arrays) : model;

    // What people write into the card beside the file counts; what the arrays say, they say themselves.
    private static ModelCard WithCard(ModelCard card, string path)
    {
        string beside = CardPath(path);
        if (!File.Exists(beside))
            return card;
        try
        {
            ModelCard? edited = ModelCardJson.ReadOurs(SmallFile.Read(beside, ModelCardJson.MostBytes), card.Name);
            if (edited is null)
                return card;
            ModelCard merged = card with { ClassNames = edited.ClassNames, Licence = edited.Licence, ImageChangePerUnit = edited.ImageChangePerUnit };
            ModelCheck.CheckCard(merged);
            return merged;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            string reason = error is InvalidDataException ? error.Message : SystemReason.Of(error).TrimEnd('.');
            throw new AInimException(ExitCode.Input, $"cannot use the card '{beside}': {reason}. Mend it, or delete it: the model has a copy inside.", error);
        }
    }

    private static void WriteWhole(string path, bool overwrite, Action<Stream> write)
    {
        try
        {
            if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
                Directory.CreateDirectory(folder);
            PartialFile.Write(path, write, overwrite);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new AInimException(ExitCode.Output, $"cannot write '{path}': {SystemReason.Of(error)}", error);
        }
    }

    // Readers that know what to do say so after a semicolon.
    private static AInimException Refused(string path, InvalidDataException error)
    {
        string advice = error.Message.Contains(';', StringComparison.Ordinal) ? "" : "; the file is broken, or no model that is played: get it again, or see docs/models.md for what opens";
        return new AInimException(ExitCode.Input, $"cannot open the model '{path}': {error.Message}{advice}.", error);
    }

    /// <summary>SHA-256, as cards have it.</summary>
    internal static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
