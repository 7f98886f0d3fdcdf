namespace AInimEngine.Training.Data;

/// <summary>What lies behind transparent pixels.</summary>
public enum Backdrop
{
    /// <summary>Black, as the stage.</summary>
    Black,

    /// <summary>White, as paper: for drawings in dark ink.</summary>
    White,
}
