namespace Strata.Data;

/// <summary>Texts as numbers of words, with a label each. <see cref="PadSequences"/> makes a tensor of them, <see cref="BucketedSequences"/> batches of about
/// equal length.</summary>
/// <param name="Sequences">The words of each text.</param>
/// <param name="Labels">The labels [n], int32: the place of each text's class among the classes.</param>
public sealed record TextSplit(int[][] Sequences, Tensor Labels);
