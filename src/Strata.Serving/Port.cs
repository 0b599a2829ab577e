namespace Strata.Serving;

/// <summary>An input or output of a served model.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The type of one example.</param>
sealed record Port(string Name, TensorType Type)
{
    /// <summary>Bytes of one example.</summary>
    public int Bytes { get; } = checked((int)(Type.Shape.Size * Type.DType.Size()));
}
