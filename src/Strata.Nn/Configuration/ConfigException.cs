namespace Strata.Nn;

/// <summary>A description that is not well-formed or of something unknown, or something that has no description.</summary>
public sealed class ConfigException(string message, Exception? innerException = null) : StrataException(message, innerException);
