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
