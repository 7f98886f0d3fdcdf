using AInimEngine.Core.Time;

namespace AInimEngine.Engine.Live.Shows;

/// <summary>How a show was played, as far as its pictures depend on it.</summary>
/// <param name="Engine">Version of the program.</param>
/// <param name="Driver">What drew.</param>
/// <param name="Display">Name of the display, which the test pattern writes.</param>
/// <param name="Width">Of the finished pictures.</param>
/// <param name="Height">Of the finished pictures.</param>
/// <param name="Fps">Of the display's clock.</param>
/// <param name="LimitsFlashes">The flash limiter was on.</param>
internal sealed record LogHead(string Engine, string Driver, string Display, int Width, int Height, Rational Fps, bool LimitsFlashes)
{
    internal void Pack(LogPacker to) => to.Clear().Add(Engine).Add(Driver).Add(Display).Add(Width).Add(Height).Add((int)Fps.Numerator).Add((int)Fps.Denominator).Add(LimitsFlashes ? 1 : 0);

    /// <exception cref="InvalidDataException">It is none.</exception>
    internal static LogHead Unpack(ReadOnlySpan<byte> bytes)
    {
        var from = new LogUnpacker(bytes);
        return new LogHead(from.Text(), from.Text(), from.Text(), from.Next(16, 8192), from.Next(16, 8192), new Rational(from.Next(1, 240_000), from.Next(1, 1001)), from.Next(0, 1) == 1);
    }
}
