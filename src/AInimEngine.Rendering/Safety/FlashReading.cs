namespace AInimEngine.Rendering.Safety;

/// <summary>What the meter says after a picture, about the second that ends with it.</summary>
/// <param name="Seconds">The picture's time.</param>
/// <param name="General">General flashes of the worst field, in halves: so many over more than a quarter of it.</param>
/// <param name="Red">Red flashes of the worst field.</param>
/// <param name="GeneralArea">Greatest share, 0..1, of any field of 10 degrees that had more than three general flashes.</param>
/// <param name="RedArea">The same of red flashes.</param>
public readonly record struct FlashReading(double Seconds, float General, float Red, float GeneralArea, float RedArea)
{
    /// <summary>Whether WCAG 2.3.1 is violated.</summary>
    public bool Fails => FailsBy(FlashKind.General) || FailsBy(FlashKind.Red);

    /// <summary>Whether it is violated by flashes of a kind.</summary>
    public bool FailsBy(FlashKind kind) => AreaOf(kind) > FlashRules.Area;

    /// <summary>Flashes of a kind.</summary>
    public float FlashesOf(FlashKind kind) => kind == FlashKind.General ? General : Red;

    /// <summary>Area of a kind.</summary>
    public float AreaOf(FlashKind kind) => kind == FlashKind.General ? GeneralArea : RedArea;
}
