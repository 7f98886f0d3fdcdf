// One process has one sound system: SDL's.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
