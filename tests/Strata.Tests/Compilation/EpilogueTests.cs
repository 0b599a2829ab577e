using Strata.Kernels;
using Strata.Operations;

namespace Strata.Tests.Compilation;

public class EpilogueTests
{
    // Without the passes that change what is computed, so that the bits must be the eager ones.
    static readonly CompileOptions options = CompileOptions.Default.Without("simplify", "stability", "fold-constants");

    static Tensor Sample(Shape shape, int seed = 1) => Tensor.From(Enumerable.Range(0, (int)shape.Size).Select(i => Math.Sin(seed * 31 + i)).ToArray(), shape).Cast(DType.Float32);

    static FusedContraction Only(Delegate f) => Assert.IsType<FusedContraction>(Assert.Single(Compiled.Of(f).Latest!.Value.Plan.Work).Operation);

    [Fact]
    public void Bias_and_activation_go_into_matrix_products_and_convolutions()
    {
        var (x, w, b) = (Sample([20, 7]), Sample([7, 33], 2), Sample([33], 3));
        var (image, kernel) = (Sample([2, 9, 8, 3]), Sample([3, 3, 3, 33], 4));
        var cube = Sample([2, 10, 7]);
        foreach (var (activation, apply) in new (ElementwiseActivation, Func<Tensor, Tensor>)[]
        {
            (ElementwiseActivation.None, y => y), (ElementwiseActivation.Relu, y => y.Relu()), (ElementwiseActivation.Tanh, y => y.Tanh()), (ElementwiseActivation.Sigmoid, y => y.Sigmoid()),
        })
            foreach (var f in new Func<Tensor[], Tensor>[]
            {
                x => apply(x[0].MatMul(x[1]) + x[2]), x => apply(x[2] + x[0].MatMul(x[1])), x => apply(x[5].MatMul(x[1]) + x[2]),
                x => apply(x[3].Convolution(x[4], [], Padding.Same, [], 1) + x[2].Reshape(1, 1, 33)),
            })
            {
                Tensor[] inputs = [x, w, b, image, kernel, cube];
                var compiled = Compiled.Function(f, options);
                Check.Equal(f(inputs), compiled(inputs), $"{activation}");
                Assert.Equal((true, activation), (Only(compiled).HasBias, Only(compiled).Activation));
            }
    }

    [Fact]
    public void What_somebody_else_needs_is_kept()
    {
        var (x, w, b) = (Sample([20, 7]), Sample([7, 33], 2), Sample([33], 3));
        Tensor[] F(Tensor[] x)
        {
            var product = x[0].MatMul(x[1]);
            var sum = product + x[2];
            return [sum.Relu(), sum * product];
        }

        var compiled = Compiled.Function<Tensor[], Tensor[]>(F, options);
        var (expected, actual) = (F([x, w, b]), compiled([x, w, b]));
        for (var i = 0; i < 2; i++) Check.Equal(expected[i], actual[i]);
    }

    [Fact]
    public void A_bias_that_is_not_one_of_the_columns_is_left_alone()
    {
        var (x, w) = (Sample([33, 7]), Sample([7, 33], 2));
        foreach (var bias in new[] { Sample([33, 1]), Sample([1]), Sample([33, 33]), Sample([2, 33, 33]) })
        {
            var compiled = Compiled.Function((Tensor b) => (x.MatMul(w) + b).Relu(), options);
            Check.Equal((x.MatMul(w) + bias).Relu(), compiled(bias));
        }
    }

    [Fact]
    public void Weights_that_the_function_does_not_change_are_packed_until_they_change()
    {
        var (dense, kernel) = (new Variable(Sample([7, 40], 2), "dense"), new Variable(Sample([3, 3, 3, 40], 4), "kernel"));
        var (x, image) = (Sample([20, 7]), Sample([2, 9, 8, 3]));
        var f = Compiled.Function((Tensor x, Tensor image) => new[] { x.MatMul(dense), image.Convolution(kernel, [], Padding.Same, [], 1).Relu() }, options);
        var change = Compiled.Function(() =>
        {
            dense.Assign(dense * 2);
            kernel.Assign(kernel + 1);
            return Tensor.Scalar(0);
        });
        for (var i = 0; i < 3; i++)
        {
            for (var run = 0; run < 4; run++)
            {
                var y = f(x, image);
                Check.Equal(x.MatMul(dense), y[0], $"product, change {i}, run {run}");
                Check.Close(image.Convolution(kernel, [], Padding.Same, [], 1).Relu(), y[1], 1e-5, $"convolution, change {i}, run {run}"); // the algorithm may be another
            }

            if (i == 0) change();
            else dense.Assign(Sample([7, 40], 9));
        }

        Assert.All(Compiled.Of(f).Latest!.Value.Plan.Work, node => Assert.NotNull(((FusedContraction)node.Operation).Weights));
    }

    [Fact]
    public void Weights_that_the_function_changes_are_not_packed()
    {
        var w = new Variable(Sample([7, 40], 2), "w");
        var f = Compiled.Function(
            (Tensor x) =>
            {
                var y = x.MatMul(w);
                w.Assign(w * 0.5);
                return y;
            },
            options);
        f(Sample([20, 7]));
        Assert.DoesNotContain(Compiled.Of(f).Latest!.Value.Plan.Work, node => node.Operation is FusedContraction);
    }
}
