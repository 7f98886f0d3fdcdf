using AInimEngine.Core.Errors;
using AInimEngine.Rendering;
using AInimEngine.Rendering.Transitions;

namespace AInimEngine.Engine.Live;

/// <summary>All transitions, compiled before the show, so that none stops it. The display's thread.</summary>
internal sealed class TransitionRack : IDisposable
{
    private readonly List<Transition> _transitions = [];
    private readonly string? _wanted;
    private int _changes;

    /// <param name="context">Outlives it.</param>
    /// <param name="settings">Size, and the transition that is wanted.</param>
    /// <param name="warnings">Told of those that do not compile.</param>
    /// <exception cref="AInimException">The wanted one is unknown, or none compiles.</exception>
    internal TransitionRack(GlContext context, LiveSettings settings, IWarningSink warnings)
    {
        TransitionLibrary library = TransitionLibrary.Load(Path.Combine(Installation.UserFolder, "transitions"));
        if ((_wanted = settings.Transition) is not null)
            library.Get(_wanted);
        foreach (string name in settings.Set?.Entries.Select(entry => entry.Transition).OfType<string>() ?? [])
            library.Get(name);
        foreach (TransitionShader shader in library.Shaders)
        {
            try
            {
                _transitions.Add(new Transition(context, shader, settings.Width, settings.Height));
            }
            catch (AInimException error)
            {
                warnings.Warn(error.Message);
            }
        }
        if (_transitions.Count == 0)
            throw new AInimException(ExitCode.Environment, "there is no transition that compiles. Check shaders/transitions where the program is.");
    }

    /// <summary>The one for the next change: the set list's, else a dissolve where latents travel, else the wanted one, else another each time.</summary>
    internal Transition Choose(bool travels, string? named = null)
    {
        if (named is not null && Find(named) is { } found)
            return found;
        if (travels && Find("dissolve") is { } dissolve)
            return dissolve;
        return (_wanted is null ? null : Find(_wanted)) ?? _transitions[_changes++ % _transitions.Count];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Transition transition in _transitions)
            transition.Dispose();
    }

    private Transition? Find(string name) => _transitions.Find(transition => transition.Shader.Name == name);
}
