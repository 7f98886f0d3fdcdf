using AInimEngine.Neural.Models.Formats;

namespace AInimEngine.Neural.Models.Importing;

/// <summary>Asks named arrays for sizes, with errors for people.</summary>
internal static class ArrayLookup
{
    /// <summary>One size of an array.</summary>
    /// <param name="arrays">All of them.</param>
    /// <param name="name">Which one.</param>
    /// <param name="rank">How many dimensions it has to have.</param>
    /// <param name="axis">Which of them.</param>
    /// <exception cref="InvalidDataException">It is missing, or of another rank, or too large to be a size of a network.</exception>
    public static int Size(this IReadOnlyDictionary<string, StoredArray> arrays, string name, int rank, int axis)
    {
        if (!arrays.TryGetValue(name, out StoredArray? array))
            throw new InvalidDataException($"array '{name}' is missing");
        if (array.Shape.Length != rank || array.Shape[axis] > 1 << 24)
            throw new InvalidDataException($"array '{name}' has the impossible shape {Printable.Shape(array.Shape)}");
        return (int)array.Shape[axis];
    }

    /// <summary>How many arrays there are of names made from 0, 1, 2, ...</summary>
    public static int CountFrom(this IReadOnlyDictionary<string, StoredArray> arrays, Func<int, string> name)
    {
        int count = 0;
        while (arrays.ContainsKey(name(count)))
            count++;
        return count;
    }
}
