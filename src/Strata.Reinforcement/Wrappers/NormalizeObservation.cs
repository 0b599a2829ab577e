namespace Strata.Reinforcement;

/// <summary>Shifts and scales each number of float32 observations to mean 0 and variance 1 over all seen so far (Welford 1962).</summary>
public sealed class NormalizeObservation : Wrapper
{
    const double Epsilon = 1e-8;

    readonly double[] mean, squares; // squares: the sum of squared deviations
    long count;

    /// <summary>Wraps an environment with float32 observations.</summary>
    /// <exception cref="EnvironmentException">The observations are of another type.</exception>
    public NormalizeObservation(Env inner)
        : base(inner, new Box(double.NegativeInfinity, double.PositiveInfinity, inner.ObservationSpace.Shape))
    {
        if (inner.ObservationSpace.DType != DType.Float32)
            throw new EnvironmentException($"NormalizeObservation: observations of {inner.Name} are {inner.ObservationSpace.DType.Name()}; float32 fits.");
        (mean, squares) = (new double[ObservationSpace.Size], new double[ObservationSpace.Size]);
    }

    /// <summary>Whether new observations still change mean and variance; false for evaluation.</summary>
    public bool Learns { get; set; } = true;

    /// <inheritdoc/>
    protected override void Begin(long? seed)
    {
        base.Begin(seed);
        Normalize();
    }

    /// <inheritdoc/>
    protected override StepResult Advance(AgentAction action)
    {
        var result = base.Advance(action);
        Normalize();
        return result;
    }

    void Normalize()
    {
        var x = Inner.Observation<float>();
        var y = Writable<float>();
        if (Learns) count++;
        for (var i = 0; i < x.Length; i++)
        {
            if (Learns)
            {
                var d = x[i] - mean[i];
                mean[i] += d / count;
                squares[i] += d * (x[i] - mean[i]);
            }

            y[i] = (float)((x[i] - mean[i]) / Math.Sqrt((squares[i] / Math.Max(count, 1)) + Epsilon));
        }
    }
}
