namespace Strata.Nn;

/// <summary>A density of one normal bump of width σ at each of some points (Parzen 1962).</summary>
/// <param name="centers">[m, d].</param>
/// <param name="bandwidth">σ, above 0.</param>
public sealed class ParzenWindow(Tensor centers, double bandwidth)
{
    /// <summary>ln p(x) [n] of points [n, d]: ln (1/m) Σ exp(−‖x − c‖²/2σ²) − d/2·ln 2πσ².</summary>
    public Tensor LogProbability(Tensor x)
    {
        var squares = x.Square().Sum(-1, keepDims: true) + centers.Square().Sum(-1) - (2 * x.MatMul(centers, transposeB: true));
        var norm = Math.Log(centers.Shape[0]) + (0.5 * x.Shape[1] * Math.Log(Math.Tau * bandwidth * bandwidth));
        return (squares * (-0.5 / (bandwidth * bandwidth))).LogSumExp(-1) - norm;
    }

    /// <summary>The window of the bandwidth, out of some, under which validation points are likeliest.</summary>
    public static ParzenWindow Fit(Tensor centers, Tensor validation, params ReadOnlySpan<double> bandwidths)
    {
        var (best, likelihood) = (0.0, double.NegativeInfinity);
        foreach (var bandwidth in bandwidths)
        {
            if (new ParzenWindow(centers, bandwidth).LogProbability(validation).Mean().Item() is var mean && mean <= likelihood) continue;
            (best, likelihood) = (bandwidth, mean);
        }

        return new ParzenWindow(centers, best);
    }
}
