namespace Strata.Data;

/// <summary>Labeled pictures to train on and others to test with.</summary>
/// <param name="Train">The pictures to learn from.</param>
/// <param name="Test">The pictures that show what was learnt.</param>
/// <param name="Classes">The names of the classes; a label is a place in this list.</param>
public sealed record ImageDataset(ImageSplit Train, ImageSplit Test, IReadOnlyList<string> Classes);
