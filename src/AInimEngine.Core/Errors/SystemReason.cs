namespace AInimEngine.Core.Errors;

/// <summary>Puts into a sentence why the system refused a file.</summary>
public static class SystemReason
{
    /// <summary>"No space left on device.": the system's reason with a full stop, without the file's name, which the sentence around it has.</summary>
    public static string Of(Exception error)
    {
        if (error is FileNotFoundException)
            return "there is no such file.";
        if (error is DirectoryNotFoundException)
            return "its folder does not exist.";
        string reason = error.Message.ReplaceLineEndings(" ");
        int name = reason.LastIndexOf(" : '", StringComparison.Ordinal);
        if (name > 0)
            reason = reason[..name];
        return reason.TrimEnd(' ', '.') + ".";
    }
}
