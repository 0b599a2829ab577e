namespace Strata.Nn;

/// <summary>A file of weights or of a training run that is damaged, is of another model or cannot be written. Nothing was loaded from it.</summary>
public sealed class CheckpointException(string message, Exception? innerException = null) : StrataException(message, innerException);
