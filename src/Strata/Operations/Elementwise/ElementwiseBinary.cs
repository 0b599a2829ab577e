namespace Strata.Operations;

/// <summary>y = f(a, b) element by element with NumPy broadcasting, over operands of one type.</summary>
internal abstract record ElementwiseBinary : Binary
{
    protected override TensorType Infer(Tensor a, Tensor b) => new(Shape.Broadcast(a.Shape, b.Shape, Name), a.DType);

    internal sealed override bool IsElementwise => true;

    internal sealed override bool Overwrites(int input, int output) => true;

    /// <summary>The type that operands of types a and b are converted to: that of <see cref="DTypes.Promote"/>, but int32 for two truth
    /// values, which have no arithmetic.</summary>
    protected virtual DType Common(DType a, DType b) => DTypes.Promote(a, b) is var type && type == DType.Bool ? DType.Int32 : type;

    /// <summary>Applies the operation to operands of any types.</summary>
    public Tensor Promoted(Tensor a, Tensor b)
    {
        var type = Common(a.DType, b.DType);
        return Apply(a.Cast(type), b.Cast(type));
    }

    /// <summary>Applies the operation to a tensor and a number, which takes the tensor's type (<see cref="DTypes.PromoteScalar"/>).</summary>
    public Tensor Promoted(Tensor a, double b)
    {
        var type = WithNumber(a.DType, b);
        return Apply(a.Cast(type), Tensor.Scalar(b, type));
    }

    /// <inheritdoc cref="Promoted(Tensor, double)"/>
    public Tensor Promoted(double a, Tensor b)
    {
        var type = WithNumber(b.DType, a);
        return Apply(Tensor.Scalar(a, type), b.Cast(type));
    }

    /// <summary>A uint8 cannot hold every whole number: with one that it does not hold it becomes int32.</summary>
    DType WithNumber(DType tensor, double number)
    {
        var type = DTypes.PromoteScalar(tensor, number);
        return Common(type, type == DType.UInt8 && number is < 0 or > 255 ? DType.Int32 : type);
    }
}
