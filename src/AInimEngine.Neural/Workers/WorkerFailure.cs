using AInimEngine.Core.Errors;

namespace AInimEngine.Neural.Workers;

/// <summary>An error of the generator's on its way from the worker.</summary>
internal static class WorkerFailure
{
    private const int LongestText = 8192;

    /// <summary>Writes what was thrown.</summary>
    public static void Write(BinaryWriter writer, Exception error)
    {
        writer.Write(error is AInimException known ? (int)known.ExitCode : -1);
        writer.Write(error.GetType().Name);
        writer.Write(error.Message.Length <= LongestText ? error.Message : error.Message[..LongestText]);
    }

    /// <summary>What to throw on this side: the same error for people, or one that names the fault.</summary>
    public static Exception Read(BinaryReader reader)
    {
        int code = reader.ReadInt32();
        string type = reader.ReadString(), message = reader.ReadString();
        return code >= 0 ? new AInimException((ExitCode)code, message) : new InvalidOperationException($"the generator failed in its worker: {type}: {message}");
    }
}
