namespace Strata.Random;

/// <summary>Names one sequence of random numbers: element i of it is a function of key, draw and i alone.</summary>
/// <param name="Key">Which stream.</param>
/// <param name="Draw">Which drawing from the stream.</param>
public readonly record struct RandomKey(ulong Key, ulong Draw);
