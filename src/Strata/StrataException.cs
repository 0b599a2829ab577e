namespace Strata;

/// <summary>A mistake in what the engine was given, told in one sentence that names what was wrong and what would be right.
/// Programs show <see cref="Exception.Message"/> to their user as it is.</summary>
public class StrataException : Exception
{
    /// <summary>Creates the exception with its one-sentence message.</summary>
    public StrataException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with its one-sentence message and what caused it.</summary>
    public StrataException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Where the failure comes from, as in <c>called at Training.cs:31</c>: known for failures inside of compiled functions, and then
    /// part of <see cref="Message"/>.</summary>
    public string? Site { get; internal set; }

    /// <inheritdoc/>
    public override string Message => Site is null ? base.Message : $"{base.Message} ({Site})";
}

/// <summary>A shape, an axis or an element type that does not fit the operation.</summary>
public class ShapeException(string message, Exception? innerException = null) : StrataException(message, innerException);

/// <summary>A number that had to be finite is NaN or infinite; see <see cref="Tensor.RequireFinite"/>.</summary>
public class NotFiniteException(double value) : StrataException($"RequireFinite: the number is {value}.")
{
    /// <summary>The number.</summary>
    public double Value => value;
}

/// <summary>A tensor that the machine has no memory for. Nothing was allocated; the process stays usable.</summary>
public class TensorMemoryException(string message) : StrataException(message);

/// <summary>A gradient that differences of values contradict; see <see cref="GradientCheck"/>.</summary>
public class GradientException(string message) : StrataException(message);
