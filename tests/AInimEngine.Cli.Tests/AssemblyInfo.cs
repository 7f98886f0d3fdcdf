// Each test runs whole processes that use every core; two at once would only measure each other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
