namespace Strata.Games.Protocols;

/// <summary>An engine of another program died, hung, or broke its protocol; the message names it and what it did.</summary>
public sealed class EngineException(string message) : Exception(message);
