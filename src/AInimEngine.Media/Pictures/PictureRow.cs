namespace AInimEngine.Media.Pictures;

/// <summary>Takes one row of a decoded picture.</summary>
/// <param name="picture">Which of the pictures that were asked for, from 0.</param>
/// <param name="y">Which row, from the top, in order.</param>
/// <param name="row">RGBA, premultiplied only if the head says so; 8 bits a channel, or 16 in little endian for a deep picture. Valid during the call.</param>
public delegate void PictureRow(int picture, int y, ReadOnlySpan<byte> row);
