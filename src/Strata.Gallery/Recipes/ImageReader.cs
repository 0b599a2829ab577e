using Strata.Nn;

namespace Strata.Gallery;

/// <summary>How a recipe's trained model reads a picture: what <c>strata predict</c> needs.</summary>
/// <param name="Create">Makes the model, whose weights are then loaded.</param>
/// <param name="Input">Height, width and channels of what the model takes; grey has ink bright, on black.</param>
/// <param name="Classes">The names of the classes, in the order of the outputs.</param>
public sealed record ImageReader(Func<Model> Create, Shape Input, IReadOnlyList<string> Classes);
