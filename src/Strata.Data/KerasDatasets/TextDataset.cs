namespace Strata.Data;

/// <summary>Labeled texts to train on and others to test with.</summary>
/// <param name="Train">The texts to learn from.</param>
/// <param name="Test">The texts that show what was learnt.</param>
/// <param name="Classes">The names of the classes; a label is a place in this list.</param>
public sealed record TextDataset(TextSplit Train, TextSplit Test, IReadOnlyList<string> Classes);
