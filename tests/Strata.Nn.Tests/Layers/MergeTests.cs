namespace Strata.Nn.Tests.Layers;

/// <summary>Merging layers and their functional forms (catalogue, B5).</summary>
public sealed class MergeTests
{
    static readonly Tensor a = Check.Matrix([1, 2, 3]), b = Check.Matrix([3, 2, 1]);

    static Tensor Run(Layer layer, params Tensor[] x) => layer.Apply(x)[0];

    [Fact]
    public void Merges_have_the_hand_values()
    {
        Check.Close([4, 4, 4], Run(new Add(), a, b));
        Check.Close([7, 6, 5], Run(new Add(), a, b, b));
        Check.Close([-2, 0, 2], Run(new Subtract(), a, b));
        Check.Close([3, 4, 3], Run(new Multiply(), a, b));
        Check.Close([2, 2, 2], Run(new Average(), a, b));
        Check.Close([7 / 3.0, 2, 5 / 3.0], Run(new Average(), a, b, b));
        Check.Close([3, 2, 3], Run(new Maximum(), a, b));
        Check.Close([1, 2, 1], Run(new Minimum(), a, b));
        Check.Close([1, 2, 3, 3, 2, 1], Run(new Concatenate(), a, b));
        Check.Close([10], Run(new Dot(1), a, b));
        Check.Close([.71428571], Run(new Dot(1, normalize: true), a, b));
    }

    [Fact]
    public void Functional_forms_make_the_same_models()
    {
        var (x, y) = (new Input([3]), new Input([3]));
        foreach (var (expected, output) in ((double[], SymbolicTensor)[])
            [([4, 4, 4], Add.Of(x, y)), ([-2, 0, 2], Subtract.Of(x, y)), ([3, 4, 3], Multiply.Of(x, y)), ([2, 2, 2], Average.Of(x, y)), ([3, 2, 3], Maximum.Of(x, y)),
             ([1, 2, 1], Minimum.Of(x, y)), ([1, 2, 3, 3, 2, 1], Concatenate.Of(x, y)), ([10], Dot.Of(x, y, 1)), ([.71428571], Dot.Of(x, y, -1, normalize: true))])
            Check.Close(expected, new Model([x, y], output).Apply([a, b])[0]);
    }

    [Fact]
    public void Inputs_of_lower_rank_are_broadcast_over_the_steps() =>
        Check.Close([2, 4, 6, 2, 4, 6], Run(new Add(), a, Tensor.Concatenate([a, a]).ExpandDims(0)));

    [Fact]
    public void Dot_contracts_any_axes_of_each()
    {
        var (x, y) = (Tensor.Arange(24).Cast(DType.Float32).Reshape(2, 3, 4), Tensor.Arange(16).Cast(DType.Float32).Reshape(2, 4, 2));
        var expected = Tensor.Einsum("nij,njk->nik", x, y);
        Check.Close(expected.Cast(DType.Float64).ToArray<double>(), Run(new Dot((2, 1)), x, y));
        Assert.Equal(expected.Shape, Run(new Dot((2, 1)), x, y).Shape);
        Check.Close(Tensor.Einsum("nji,njk->nik", x.Transpose(0, 2, 1), y).Cast(DType.Float64).ToArray<double>(), Run(new Dot(1), x.Transpose(0, 2, 1), y));
    }

    [Fact]
    public void Masks_are_combined()
    {
        var x = Tensor.Ones([1, 3, 2]);
        var y = Tensor.Ones([1, 3, 2]);
        var context = new CallContext();
        context.SetMask(x, Tensor.From(new[,] { { true, true, false } }));
        context.SetMask(y, Tensor.From(new[,] { { true, false, false } }));
        Assert.Equal([true, false, false], context.MaskOf(new Add().Apply([x, y], context)[0])!.ToArray<bool>());
        Assert.Equal([true, false, false], context.MaskOf(new Concatenate().Apply([x, y], context)[0])!.ToArray<bool>());
        Assert.Equal([true, true, false, true, false, false], context.MaskOf(new Concatenate(1).Apply([x, y], context)[0])!.ToArray<bool>());
        Assert.Equal([true, true, false], context.MaskOf(new Add().Apply([x, Tensor.Ones([1, 3, 2])], context)[0])!.ToArray<bool>());
        Assert.Null(context.MaskOf(new Dot(2).Apply([x, y], context)[0]));
    }

    [Fact]
    public void A_mistake_says_what_would_fit()
    {
        Check.Fails("Layer 'add' (Add): it merges at least two inputs, but got one.", () => new Add().Apply(a));
        Check.Fails("Layer 'subtract' (Subtract): it takes two inputs, but got 3.", () => Run(new Subtract(), a, b, b));
        Check.Fails("Layer 'dot' (Dot): the axes differ: [1, 3] has 3 on axis 1, and [1, 2] has 2 on axis 1.", () => Run(new Dot(1), a, Check.Matrix([1, 2])));
        Check.Fails("Layer 'concatenate' (Concatenate): axis 0 is the axis of examples, along which nothing is put together.", () => Run(new Concatenate(0), a, b));
    }
}
