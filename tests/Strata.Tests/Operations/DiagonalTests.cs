namespace Strata.Tests.Operations;

public sealed class DiagonalTests
{
    [Fact]
    public void Diagonal() => Check.Operation("ordering: diagonal", x => x.Diagonal());

    [Fact]
    public void Diagonal_above() => Check.Operation("ordering: diagonal/above", x => x.Diagonal(2));

    [Fact]
    public void Diagonal_below() => Check.Operation("ordering: diagonal/below", x => x.Diagonal(-1));

    [Fact]
    public void DiagonalMatrix() => Check.Operation("ordering: diagonal matrix", x => x.DiagonalMatrix());

    [Fact]
    public void DiagonalMatrix_below() => Check.Operation("ordering: diagonal matrix/below", x => x.DiagonalMatrix(-2));

    [Fact]
    public void Trace() => Check.Operation("ordering: trace", x => x.Trace());

    [Fact]
    public void LowerTriangle() => Check.Operation("ordering: lower triangle", x => x.LowerTriangle());

    [Fact]
    public void LowerTriangle_below_the_diagonal() => Check.Operation("ordering: lower triangle/offset", x => x.LowerTriangle(-1));

    [Fact]
    public void UpperTriangle() => Check.Operation("ordering: upper triangle", x => x.UpperTriangle(1));

    [Fact]
    public void Triangles_of_every_type_and_of_no_elements()
    {
        foreach (var type in Enum.GetValues<DType>())
            Check.Close(Tensor.From([1, 0, 1, 1], [2, 2]).Cast(type), Tensor.Ones([2, 2], type).LowerTriangle(), 0, type.Name());
        Assert.Equal([0, 3], Tensor.Zeros([0, 3]).UpperTriangle().Shape);
        Assert.Equal([0f, 0, 0, 0], Tensor.Ones([2, 2]).UpperTriangle(5).ToArray<float>());
    }

    [Fact]
    public void Eye_Arange_and_Linspace()
    {
        Assert.Equal([1, 0, 0, 0, 1, 0], Tensor.Eye(2, 3, DType.Int32).ToArray<int>());
        Assert.Equal([1f, 0, 0, 1], Tensor.Eye(2).ToArray<float>());
        Assert.Equal([0, 1, 2], Tensor.Arange(3).ToArray<int>());
        Assert.Equal([5, 3, 1], Tensor.Arange(5, 0, -2).ToArray<int>());
        Assert.Equal([1, 4], Tensor.Arange(1, 7, 3).ToArray<int>());
        Assert.Equal([0, 0.25f, 0.5f, 0.75f], Tensor.Arange(0, 1, 0.25).ToArray<float>());
        Assert.Empty(Tensor.Arange(3, 3).ToArray<int>());
        Assert.Empty(Tensor.Arange(1.0, 0.0).ToArray<float>());
        Assert.Equal([0.0, 0.5, 1], Tensor.Linspace(0, 1, 3, DType.Float64).ToArray<double>());
        Assert.Equal([2.0], Tensor.Linspace(2, 7, 1, DType.Float64).ToArray<double>());
    }

    [Fact]
    public void Wrong_arguments_are_named()
    {
        Check.Fails("Diagonal: [3] is not a matrix.", () => Tensor.Zeros([3]).Diagonal());
        Check.Fails("Diagonal: the offset 4 is outside the matrices of [2, 3].", () => Tensor.Zeros([2, 3]).Diagonal(4));
        Check.Fails("LowerTriangle: [3] is not a matrix.", () => Tensor.Zeros([3]).LowerTriangle());
        Check.Fails("Arange: the step is 0.", () => Tensor.Arange(0, 3, 0));
        Check.Fails("Linspace: the count -1 must be 0 or more.", () => Tensor.Linspace(0, 1, -1));
    }
}
