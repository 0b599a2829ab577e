namespace Strata.Serving;

/// <summary>A request that is answered with an error: the status and one sentence.</summary>
sealed class RequestException(int status, string message) : StrataException(message)
{
    public int Status => status;
}
