namespace Strata.Reinforcement;

/// <summary>An action that does not fit, a step after the end, or an outside environment that does not answer as it should.</summary>
public sealed class EnvironmentException(string message, Exception? innerException = null) : StrataException(message, innerException);
