namespace Strata;

public sealed partial class Tensor
{
    /// <summary>0, 1, …, <paramref name="stop"/> − 1 as int32.</summary>
    public static Tensor Arange(int stop) => Arange(0, stop);

    /// <summary>The whole numbers from <paramref name="start"/> on in steps of <paramref name="step"/>, <paramref name="stop"/> and beyond
    /// excluded; empty if there is none.</summary>
    /// <exception cref="ShapeException">The step is 0.</exception>
    public static Tensor Arange(int start, int stop, int step = 1, DType dtype = DType.Int32)
    {
        if (step == 0) throw new ShapeException("Arange: the step is 0.");
        var count = ((long)stop - start + step - Math.Sign(step)) / step;
        var values = new long[checked((int)Math.Max(count, 0))];
        for (var i = 0; i < values.Length; i++) values[i] = start + ((long)i * step);
        return From(values).Cast(dtype);
    }

    /// <summary>The numbers start + i·step below <paramref name="stop"/> (above it for a negative step).</summary>
    /// <exception cref="ShapeException">The step is 0, or a bound is not finite.</exception>
    public static Tensor Arange(double start, double stop, double step = 1, DType? dtype = null)
    {
        var count = Math.Ceiling((stop - start) / step);
        if (step == 0 || !double.IsFinite(count)) throw new ShapeException($"Arange: there is no range from {start} to {stop} in steps of {step}.");
        if (count > int.MaxValue) throw new TensorMemoryException($"Arange: {count} numbers are more than an axis can have.");
        var values = new double[(int)Math.Max(count, 0)];
        for (var i = 0; i < values.Length; i++) values[i] = start + (i * step);
        return From(values).Cast(dtype ?? Configuration.FloatType);
    }

    /// <summary><paramref name="count"/> numbers evenly from <paramref name="start"/> to <paramref name="stop"/>, both included.</summary>
    /// <exception cref="ShapeException">The count is negative.</exception>
    public static Tensor Linspace(double start, double stop, int count, DType? dtype = null)
    {
        if (count < 0) throw new ShapeException($"Linspace: the count {count} must be 0 or more.");
        var values = new double[count];
        for (var i = 0; i < count; i++) values[i] = i == count - 1 && i > 0 ? stop : start + (i * ((stop - start) / Math.Max(count - 1, 1)));
        return From(values).Cast(dtype ?? Configuration.FloatType);
    }
}
