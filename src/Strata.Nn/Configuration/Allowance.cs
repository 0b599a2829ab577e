namespace Strata.Nn;

/// <summary>What making a model from a description may cost: a small text must not ask for a huge model. Layers may be applied about as often as the
/// description has characters, and weights be no more than the file has for them; tensors between layers cost nothing, since types are found by tracing.</summary>
internal sealed class Allowance
{
    const int FreeApplications = 100_000; // shared layers make more of them than characters

    [ThreadStatic]
    static Allowance? current;

    readonly long? weights;
    long left, applications;

    Allowance(long description, long? weights) => (applications, this.weights, left) = (FreeApplications + description, weights, weights ?? long.MaxValue);

    /// <summary>That of the model which this thread is making; null: it costs what it costs.</summary>
    public static Allowance? Current => current;

    /// <summary>Whether the weights have their values from a file, and need no first ones.</summary>
    public bool HasWeights => weights is not null;

    /// <summary>Makes a model from a description.</summary>
    /// <param name="description">The length of the description.</param>
    /// <param name="weights">The bytes of the weights that there are for it; null: there are none yet.</param>
    /// <param name="make">Makes it.</param>
    /// <exception cref="ConfigException">It would cost more.</exception>
    public static T Within<T>(long description, long? weights, Func<T> make)
    {
        var outer = current;
        current = new(description, weights);
        try
        {
            return make();
        }
        catch (Exception e) when (e is ArgumentException or OverflowException)
        {
            throw new ConfigException($"Config: the model cannot be made: {e.Message}", e); // sizes that no constructor would take together
        }
        finally
        {
            current = outer;
        }
    }

    /// <summary>Counts an application of a layer.</summary>
    public void Apply()
    {
        if (--applications < 0) throw new ConfigException("Config: the description applies its layers so often, by layers that are shared within shared layers, that it is none of a model.");
    }

    /// <summary>Counts a weight; in a trial, whose weights have no elements, it is only compared.</summary>
    public void Take(TensorType type, string path, bool isTrial)
    {
        if (weights is null) return;
        var bytes = (UInt128)(ulong)type.Shape.Size * (ulong)type.DType.Size();
        if (bytes > (ulong)left) throw new ConfigException($"Config: the description asks for a weight '{path}' {type} of {bytes:N0} bytes, but of the file's {weights:N0} bytes of weights {left:N0} are left for it.");
        if (!isTrial) left -= (long)bytes;
    }
}
