namespace Strata.Operations;

/// <summary>y = f(a, b) element by element with NumPy broadcasting, over operands of one type.</summary>
internal abstract record ElementwiseBinary : Binary
{
    protected override TensorType Infer(Tensor a, Tensor b) => new(Shape.Broadcast(a.Shape, b.Shape, Name), a.DType);

    /// <summary>Applies the operation to operands of any types, converted to the type that <see cref="DTypes.Promote"/> states.</summary>
    public Tensor Promoted(Tensor a, Tensor b)
    {
        var type = DTypes.Promote(a.DType, b.DType);
        return Apply(a.Cast(type), b.Cast(type));
    }

    /// <summary>Applies the operation to a tensor and a number, which takes the tensor's type (<see cref="DTypes.PromoteScalar"/>).</summary>
    public Tensor Promoted(Tensor a, double b)
    {
        var type = DTypes.PromoteScalar(a.DType, b);
        return Apply(a.Cast(type), Tensor.Scalar(b, type));
    }

    /// <inheritdoc cref="Promoted(Tensor, double)"/>
    public Tensor Promoted(double a, Tensor b)
    {
        var type = DTypes.PromoteScalar(b.DType, a);
        return Apply(Tensor.Scalar(a, type), b.Cast(type));
    }
}
