using AInimEngine.Core.Parameters;

namespace AInimEngine.Mapping;

/// <summary>Something of a preset that a hand can hold at another value while it plays.</summary>
/// <param name="Id">"motion.speed", an input of the generator, or "post.{id}.{parameter}".</param>
/// <param name="Row">Range, unit and curve.</param>
/// <param name="Own">The preset's own value.</param>
/// <param name="Slot">Slot of the motion, or offset in the control frame.</param>
public sealed record MapperTarget(string Id, Parameter Row, float Own, int Slot);
