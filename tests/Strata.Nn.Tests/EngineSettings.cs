namespace Strata.Nn.Tests;

/// <summary>Tests that change what the whole engine reads (<c>Simd.Level</c>, <c>Workers.Threads</c>) run alone.</summary>
[CollectionDefinition("Engine settings", DisableParallelization = true)]
public class EngineSettings;
