namespace AInimEngine.Core.Parameters;

/// <summary>
/// Every parameter that the loaded presets, models and shaders offer. Filled at set-up on one thread, then only read.
/// </summary>
public sealed class ParameterTable
{
    private readonly Dictionary<string, Parameter> _byId = new(StringComparer.Ordinal);
    private readonly List<Parameter> _ordered = [];

    /// <summary>All rows in order of registration.</summary>
    public IReadOnlyList<Parameter> All => _ordered;

    /// <summary>Adds a row.</summary>
    /// <exception cref="ArgumentException">The id is taken, or the default lies outside the range.</exception>
    public void Register(Parameter parameter)
    {
        if (!(parameter.Min <= parameter.Default && parameter.Default <= parameter.Max))
            throw new ArgumentException($"default {parameter.Default} of '{parameter.Id}' lies outside {parameter.Min}..{parameter.Max}", nameof(parameter));
        if (!_byId.TryAdd(parameter.Id, parameter))
            throw new ArgumentException($"parameter '{parameter.Id}' is registered twice", nameof(parameter));
        _ordered.Add(parameter);
    }

    /// <summary>Finds a row by id.</summary>
    public Parameter? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>Says why a value is refused, or null when it is fine.</summary>
    public string? Check(string id, double value)
    {
        if (!_byId.TryGetValue(id, out Parameter? parameter))
            return $"there is no parameter '{id}'";
        if (!double.IsFinite(value) || value < parameter.Min || value > parameter.Max)
            return $"{id} = {value:g6} is outside {parameter.Min:g6}..{parameter.Max:g6}{(parameter.Unit.Length > 0 ? " " + parameter.Unit : "")}";
        return null;
    }
}
