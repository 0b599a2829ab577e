namespace Strata.Tests.Kernels;

/// <summary>Tests that change what the whole engine reads (<c>Simd.Level</c>, <c>Workers.Threads</c>) run alone.</summary>
[CollectionDefinition("Engine settings", DisableParallelization = true)]
public sealed class EngineSettings;
