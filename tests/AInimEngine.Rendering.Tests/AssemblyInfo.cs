// One context draws at a time: Mesa's llvmpipe (22.3) looks into the scenes of every context of the process without a lock
// when it asks whether a texture is in use, and crashes when another thread is just drawing.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
