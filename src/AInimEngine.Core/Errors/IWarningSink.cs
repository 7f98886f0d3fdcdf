namespace AInimEngine.Core.Errors;

/// <summary>Takes what people should know though the work goes on. Called from any thread.</summary>
public interface IWarningSink
{
    /// <summary>Reports one line: what, where, and what was done about it.</summary>
    void Warn(string message);
}
