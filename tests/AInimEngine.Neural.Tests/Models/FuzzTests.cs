using System.Buffers.Binary;
using AInimEngine.Core.Errors;
using AInimEngine.Neural.Models;

namespace AInimEngine.Neural.Tests.Models;

/// <summary>Mutated files of every format: a model or one error for people, little memory, no hang. The same files every time.</summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const int Files = 100_000;

    // Exceptions with their stacks, the tree of a pickle, the arrays of a model.
    private const long BytesPerFile = 256 << 10;
    private const long BytesPerByte = 64;

    private static readonly long[] s_numbers = [0, 1, -1, 127, 128, 255, 32767, 65535, int.MaxValue, int.MinValue, uint.MaxValue, 1L << 40, long.MaxValue, long.MinValue];

    [Fact(Timeout = 300_000)]
    public Task AHundredThousandMutatedFilesGiveModelsOrErrorsForPeople() => Task.Run(Run);

    private void Run()
    {
        byte[][] bases =
        [
            FormatTests.Write("safetensors", TinyModels.Sm),
            FormatTests.Write("bare safetensors", TinyModels.Sg2),
            FormatTests.Write("zip", TinyModels.Sm),
            FormatTests.Write("zip", TinyModels.Sg2),
            FormatTests.Write("legacy", TinyModels.Sm),
            FormatTests.Write("pickle 3", TinyModels.Sg2),
            FormatTests.Write("pickle 4", TinyModels.Sg2),
            File.ReadAllBytes(CheckpointTests.Data("rosinality-legacy.pt")),
            File.ReadAllBytes(CheckpointTests.Data("fastgan-legacy.pth")),
            File.ReadAllBytes(CheckpointTests.Data("tensorflow-tiny.pkl")),
        ];
        // What the first of each base costs is the program's: code, tables, names.
        foreach (byte[] file in bases)
            ModelFile.Read(file, "x");
        var random = new Random(20260);
        int models = 0;
        long most = 0;
        for (int i = 0; i < Files; i++)
        {
            byte[] file = Mutate(random, bases[i % bases.Length], bases);
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                if (ModelFile.Read(file, "x").Arrays.Count > 0)
                    models++;
            }
            catch (AInimException error) when (error.ExitCode == ExitCode.Input)
            {
                // As it should be; anything else fails the test with its stack.
            }
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            most = Math.Max(most, allocated);
            Assert.True(allocated <= BytesPerFile + BytesPerByte * file.Length, $"file {i} of {file.Length} bytes took {allocated} bytes");
        }
        output.WriteLine($"{models} models among {Files} files; at most {most} bytes for one");
        // Mutations that only change weights must get through, and most others must not.
        Assert.InRange(models, Files / 100, Files * 9 / 10);
    }

    private static byte[] Mutate(Random random, byte[] original, byte[][] bases)
    {
        var file = new List<byte>(original);
        for (int times = 1 + random.Next(3); times > 0 && file.Count > 0; times--)
        {
            // Where the structure is: headers at the start, a directory at the end.
            int at = random.Next(3) switch
            {
                0 => random.Next(Math.Min(file.Count, 400)),
                1 => Math.Max(0, file.Count - 1 - random.Next(Math.Min(file.Count, 400))),
                _ => random.Next(file.Count),
            };
            int length = Math.Min(1 + random.Next(1 << random.Next(10)), file.Count - at);
            switch (random.Next(8))
            {
                case 0: file[at] ^= (byte)(1 << random.Next(8)); break;
                case 1: file[at] = (byte)random.Next(256); break;
                case 2: file.RemoveRange(at, length); break;
                case 3: file.InsertRange(at, file.GetRange(at, length)); break;
                case 4: file.RemoveRange(at, file.Count - at); break;
                case 5: WriteNumber(random, file, at); break;
                case 6: Splice(random, file, at, bases[random.Next(bases.Length)]); break;
                default: file[at] = (byte)(file[at] + random.Next(-2, 3)); break;
            }
        }
        return [.. file];
    }

    private static void WriteNumber(Random random, List<byte> file, int at)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, s_numbers[random.Next(s_numbers.Length)]);
        int size = 1 << random.Next(4);
        for (int i = 0; i < size && at + i < file.Count; i++)
            file[at + i] = bytes[i];
    }

    private static void Splice(Random random, List<byte> file, int at, byte[] other)
    {
        int from = random.Next(other.Length), length = Math.Min(random.Next(200), other.Length - from);
        file.InsertRange(at, other.AsSpan(from, length).ToArray());
    }
}
