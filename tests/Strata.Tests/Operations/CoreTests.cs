namespace Strata.Tests.Operations;

public sealed class CoreTests
{
    [Fact]
    public void Add() => Check.Operation("core: add", (a, b) => a + b);

    [Fact]
    public void Add_broadcasts() => Check.Operation("core: add/broadcast", (a, b) => a + b);

    [Fact]
    public void Subtract() => Check.Operation("core: subtract", (a, b) => a - b);

    [Fact]
    public void Multiply() => Check.Operation("core: multiply", (a, b) => a * b);

    [Fact]
    public void Divide() => Check.Operation("core: divide", (a, b) => a / b);

    [Fact]
    public void Sum() => Check.Operation("core: sum/axis 1", x => x.Sum(1));

    [Fact]
    public void MatMul() => Check.Operation("core: matmul", (a, b) => a.MatMul(b));

    [Fact]
    public void MatMul_transposes() => Check.Operation("core: matmul/both transposed", (a, b) => a.MatMul(b, transposeA: true, transposeB: true));

    [Theory]
    [InlineData("batches")]
    [InlineData("broadcast batches")]
    [InlineData("one matrix for the batch")]
    [InlineData("batch on the right")]
    [InlineData("vectors")]
    [InlineData("matrix and vector")]
    [InlineData("vector and matrix")]
    public void MatMul_follows_NumPy(string name) => Check.Operation($"core: matmul/{name}", (a, b) => a.MatMul(b));

    [Fact]
    public void MatMul_transposes_batches() => Check.Operation("core: matmul/batches transposed", (a, b) => a.MatMul(b, transposeA: true, transposeB: true));

    [Fact]
    public void Stack() => Check.Operation("core: stack", (a, b) => Tensor.Stack([a, b], 1));

    [Fact]
    public void Shapes_that_do_not_fit_are_named() => Check.Fails(
        "Add: shapes [2, 3] and [4] do not broadcast: axis −1 has sizes 3 and 4; they must be equal or one of them 1.",
        () => Tensor.Zeros([2, 3]) + Tensor.Zeros([4]));

    [Fact]
    public void Inner_sizes_that_differ_are_named() => Check.Fails(
        "MatMul: inner sizes differ: [128, 784] × [512, 10] (784 ≠ 512)",
        () => Tensor.Zeros([128, 784]).MatMul(Tensor.Zeros([512, 10])));
}
