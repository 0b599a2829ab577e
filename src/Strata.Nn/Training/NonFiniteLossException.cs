namespace Strata.Nn;

/// <summary>The loss became NaN or infinite. The weights are those before the step at fault.</summary>
public sealed class NonFiniteLossException : StrataException
{
    internal NonFiniteLossException(string where, double loss, string cause)
        : base($"Training stopped{where}: the loss is {(double.IsNaN(loss) ? "NaN" : "infinite")}; {cause}.")
    {
        Loss = loss;
        Cause = cause;
    }

    /// <summary>The loss.</summary>
    public double Loss { get; }

    /// <summary>Where the first values that are not finite came from.</summary>
    internal string Cause { get; }
}
