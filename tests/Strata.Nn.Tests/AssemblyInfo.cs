// Tests look at the process's memory and set the vector width: one at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
