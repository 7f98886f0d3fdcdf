using AInimEngine.Core.Errors;
using AInimEngine.Core.Frames;
using AInimEngine.Core.Imaging;
using AInimEngine.Neural.Field;
using AInimEngine.Neural.Workers;

namespace AInimEngine.Cli.Tests.Workers;

/// <summary>One after the other with the other tests of workers: some look for what is left behind.</summary>
[Collection("workers")]
public sealed class WorkerPoolTests
{
    [Fact]
    public void AnotherGeneratorTakesTheWorkerOfTheOneThatHasLeftAndPlaysItsOwnPictures()
    {
        int worker;
        using (var pool = new WorkerPool())
        {
            WorkerSettings settings = Rig.Settings with { Pool = pool };
            byte[] first;
            using (WorkerGenerator generator = Rig.Start(settings))
            {
                worker = generator.WorkerId!.Value;
                first = Rig.Picture(generator, 1);
            }
            GeneratorDescription other = Rig.Field with { Field = Rig.Field.Field! with { Universe = 8, Width = 100 } };
            using (WorkerGenerator generator = WorkerGenerator.Start(settings, other.ToJson()))
            {
                Assert.Equal(worker, generator.WorkerId);
                using IGenerator here = FieldGenerator.Create(other.Field!);
                Assert.Equal(here.Name, generator.Name);
                Assert.Equal(Rig.Picture(here, 2, 100), Rig.Picture(generator, 2, 100));
                // What is wrong with a generator is said as by a new worker, and the waiting one is none the worse.
                using WorkerGenerator second = Rig.Start(settings);
                Assert.NotEqual(worker, second.WorkerId);
            }
            string wrong = (Rig.Field with { Field = Rig.Field.Field! with { Palette = "nothing" } }).ToJson();
            Assert.Contains("nothing", Assert.Throws<AInimException>(() => WorkerGenerator.Start(settings, wrong)).Message, StringComparison.Ordinal);
            using (WorkerGenerator generator = Rig.Start(settings))
            {
                Assert.Equal(worker, generator.WorkerId);
                Assert.Equal(first, Rig.Picture(generator, 1));
            }
            // One that died while it waited is not missed.
            Rig.Signal(worker, "KILL");
            Rig.WaitForEnd(worker);
            using (WorkerGenerator generator = Rig.Start(settings))
            {
                Assert.NotEqual(worker, generator.WorkerId);
                worker = generator.WorkerId!.Value;
                Assert.Equal(first, Rig.Picture(generator, 1));
            }
        }
        Rig.WaitForEnd(worker);
    }
}
