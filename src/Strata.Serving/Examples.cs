namespace Strata.Serving;

/// <summary>Examples on their way: for each input or output of a model the elements, row-major, least significant byte first.</summary>
sealed record Examples(byte[][] Elements, int Count);
