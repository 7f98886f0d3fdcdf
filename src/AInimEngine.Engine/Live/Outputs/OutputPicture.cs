namespace AInimEngine.Engine.Live.Outputs;

/// <summary>A finished picture that several readers hold at once. Made before the show, used again when the last lets go.</summary>
internal sealed class OutputPicture(int size)
{
    /// <summary>yuv420p, BT.709, limited range.</summary>
    internal byte[] Bytes { get; } = new byte[size];

    /// <summary>Seconds since the show began.</summary>
    internal double Seconds { get; set; }

    /// <summary>Who holds it; <see cref="PicturePool"/> counts.</summary>
    internal int Holders { get; set; }
}
