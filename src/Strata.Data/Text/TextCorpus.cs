namespace Strata.Data;

/// <summary>A text to train language models on, one to choose among them and one to judge them, as numbers of words.</summary>
/// <param name="Vocabulary">The words of the first.</param>
/// <param name="Train">The text to train on.</param>
/// <param name="Validation">The text to choose with.</param>
/// <param name="Test">The text to judge with.</param>
public sealed record TextCorpus(Vocabulary Vocabulary, int[] Train, int[] Validation, int[] Test);
