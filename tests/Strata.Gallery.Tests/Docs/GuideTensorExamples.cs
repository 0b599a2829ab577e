using Strata.Nn;
using Strata.Random;

namespace Strata.Gallery.Tests.Docs;

/// <summary>The code of the first sections of <c>docs/guide.md</c>: tensors and gradients.</summary>
public sealed class GuideTensorExamples
{
    [Fact]
    public void Making_tensors()
    {
        var x = Tensor.From(new float[,] { { 1, 2, 3 }, { 4, 5, 6 } }); // float32 [2, 3]
        var zeros = Tensor.Zeros([2, 3]);                               // float32, unless told: Tensor.Zeros([2, 3], DType.Int64)
        var count = Tensor.Arange(6).Reshape(2, 3);                     // int32 0 … 5
        var noise = new RandomStream(seed: 1).Normal([2, 3]);           // the same numbers on every machine
        Console.WriteLine($"{x.Type}, {x.Rank} axes, {x.Size} elements");

        Assert.Equal("float32 [2, 3]", x.Type.ToString());
        Assert.Equal(DType.Float32, zeros.DType);
        Assert.Equal(DType.Int32, count.DType);
        Assert.Equal(noise.ToArray<float>(), new RandomStream(1).Normal([2, 3]).ToArray<float>());
        Assert.Equal(5, count[1, 2].Item());
    }

    [Fact]
    public void Computing()
    {
        var x = Tensor.From(new float[,] { { 1, 2, 3 }, { 4, 5, 6 } });
        var centered = x - x.Mean(axis: 0);                      // [2, 3] − [3]: the columns' means, from every row
        var shares = x / x.Sum(axis: 1, keepDims: true);         // [2, 3] / [2, 1]: each row adds up to 1
        var products = x.MatMul(x, transposeB: true);            // [2, 2]
        var mixed = Tensor.Where(x > 3, x.Sqrt(), Tensor.ZerosLike(x));

        Assert.Equal([-1.5f, -1.5f, -1.5f, 1.5f, 1.5f, 1.5f], centered.ToArray<float>());
        Assert.All(shares.Sum(1).ToArray<float>(), s => Assert.Equal(1, s, 1e-6f));
        Assert.Equal([14f, 32, 32, 77], products.ToArray<float>());
        Assert.Equal([0f, 0, 0, 2, MathF.Sqrt(5), MathF.Sqrt(6)], mixed.ToArray<float>());
    }

    [Fact]
    public void Looking_at_parts()
    {
        var x = Tensor.Arange(24).Reshape(2, 3, 4);
        var first = x[0];               // [3, 4]
        var last = x[.., .., ^1];       // [2, 3]: the last of the third axis
        var middle = x[.., 1..2, ..2];  // [2, 1, 2]
        var written = x.WithSlice(Tensor.Zeros([3, 4], DType.Int32), 0); // x stays as it is
        int[] numbers = last.ToArray<int>();
        double one = x[1, 2, 3].Item();

        Assert.Equal(Shape.Of(3, 4), first.Shape);
        Assert.Equal([3, 7, 11, 15, 19, 23], numbers);
        Assert.Equal(Shape.Of(2, 1, 2), middle.Shape);
        Assert.Equal([4, 5, 16, 17], middle.ToArray<int>());
        Assert.Equal(23, one);
        Assert.Equal(0, written[0].Sum().Item());
        Assert.Equal(66, x[0].Sum().Item());
    }

    [Fact]
    public void A_mistake_is_one_sentence()
    {
        Assert.Equal(
            "MatMul: inner sizes differ: [128, 784] × [512, 10] (784 ≠ 512)",
            Assert.Throws<ShapeException>(() => Tensor.Zeros([128, 784]).MatMul(Tensor.Zeros([512, 10]))).Message);
    }

    [Fact]
    public void Types_do_not_widen_by_accident()
    {
        var x = Tensor.From(1f, 2f);
        Assert.Equal(DType.Float32, (x * 0.1).DType);
        Assert.Equal(DType.Float64, (x * Tensor.From(0.1)).DType);
        Assert.Equal(DType.Int64, x.Cast(DType.Int64).DType);
    }

    [Fact]
    public void A_gradient()
    {
        var x = Tensor.From(1.0, 2.0, 3.0);
        var slope = Gradient.Of(z => (z * z * z).Sum(), x); // 3z²

        Assert.Equal([3, 12, 27], slope.ToArray<double>());
    }

    [Fact]
    public void Gradients_for_variables()
    {
        var random = new RandomStream(seed: 1);
        var (x, y) = (random.Normal([64, 4]), random.Normal([64, 1]));
        var w = new Variable(Tensor.Zeros([4, 1]), "w");
        var b = new Variable(Tensor.Zeros([1]), "b");
        var (loss, gradients) = Gradient.ValueAndGradient(() => (x.MatMul(w) + b - y).Square().Mean(), [w, b]);
        w.Assign(w - 0.1 * gradients[0]);
        b.Assign(b - 0.1 * gradients[1]);

        Assert.True((x.MatMul(w) + b - y).Square().Mean().Item() < loss.Item());
        Assert.Equal((-0.1 * 2 * (0 - y).Mean()).Item(), b.Value[0].Item(), 1e-6);
    }

    [Fact]
    public void Gradients_of_gradients()
    {
        Tensor F(Tensor z) => (z * z * z).Sum();
        var x = Tensor.From(1.0, 2.0);
        var second = Gradient.Of(z => Gradient.Of(F, z).Sum(), x);                          // 6z
        var curvature = Gradient.HessianVectorProduct(F, x, Tensor.From(1.0, 0.0));         // H·v without H
        var jacobian = Gradient.Jacobian(z => z.Square(), x);                               // [2, 2]
        var held = Gradient.Of(z => (z * z.StopGradient()).Sum(), x);                       // z, not 2z

        Assert.Equal([6, 12], second.ToArray<double>());
        Assert.Equal([6, 0], curvature.ToArray<double>());
        Assert.Equal([2, 0, 0, 4], jacobian.ToArray<double>());
        Assert.Equal([1, 2], held.ToArray<double>());
    }

    [Fact]
    public void Gradient_checkpointing()
    {
        var layers = new Sequential(new Dense(32, Activation.Tanh), new Dense(4)) { Seed = 1 };
        layers.BuildFor([4]);
        var x = new RandomStream(2).Normal([8, 4]);
        Tensor Block(Tensor z) => layers.Apply(z, training: true);
        var recomputed = Gradient.Of(z => Gradient.Checkpoint(Block, z).Square().Mean(), x); // what is inside of Block is computed twice, not kept

        Assert.Equal(Gradient.Of(z => Block(z).Square().Mean(), x).ToArray<float>(), recomputed.ToArray<float>());
    }
}
