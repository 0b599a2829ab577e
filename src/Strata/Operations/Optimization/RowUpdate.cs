using Strata.Kernels;

namespace Strata.Operations;

/// <summary>One step of an optimizer for some rows of a parameter and its states: (p, rows, g, states…, numbers) → (p', states'…), with g for the rows
/// named, each once; negative ones are passed over. The other rows stay as they are, and nothing is decayed there.</summary>
internal sealed record RowUpdate(ParameterUpdate Rule) : Multiple
{
    internal override bool Overwrites(int input, int output) => input == (output == 0 ? 0 : output + 2);

    /// <summary>Writes the new values over the old ones. The inputs must be of the right types, and no tape open.</summary>
    public void RunInPlace(Tensor[] x)
    {
        Infer(x);
        var y = new Tensor[Rule.States + 1];
        for (var i = 0; i < y.Length; i++) y[i] = x[i == 0 ? 0 : i + 2];
        Run(x[0].Device.Kernels, x, y);
        GC.KeepAlive(x);
    }

    protected override TensorType[] Infer(Tensor[] x)
    {
        var (p, rows, g) = (x[0], x[1], x[2]);
        if (x.Length != Rule.States + 4) Fail($"{Rule.States} states are needed, but {x.Length - 4} were given.");
        if (p.Rank == 0 || !p.DType.IsFloating()) Fail($"a parameter must be a floating-point table, but it is {p.Type}.");
        if (rows.Rank != 1 || rows.DType != DType.Int64 || g.Type != new TensorType([rows.Shape[0], .. p.Shape[1..].Span], p.DType))
            Fail($"rows {rows.Type} and gradients {g.Type} do not fit a parameter {p.Type}.");
        var types = new TensorType[Rule.States + 1];
        for (var i = 0; i <= Rule.States; i++)
        {
            if (i > 0 && x[i + 2].Type != p.Type) Fail($"a state is {x[i + 2].Type}, but the parameter is {p.Type}.");
            types[i] = p.Type;
        }

        return types;
    }

    protected override unsafe void Run(CpuKernels k, Tensor[] x, Tensor[] y)
    {
        for (var i = 0; i < y.Length; i++)
            if (y[i].Pointer != x[i == 0 ? 0 : i + 2].Pointer) CpuKernels.CopyBytes(x[i == 0 ? 0 : i + 2], y[i]);
        var rows = Touched(k.Read<long>(x[1]), x[0].Shape[0]);
        if (rows.Length == 0) return;

        // The rule works on whole tensors, so the rows are brought together, changed, and put back.
        var type = x[0].DType;
        Shape shape = [rows.Length, .. x[0].Shape[1..].Span];
        var bytes = shape[1..].Size * type.Size();
        var together = new Tensor[y.Length + 1]; // p, g, states
        for (var i = 0; i < together.Length; i++)
        {
            together[i] = Tensor.Allocate(shape, type);
            var source = i == 1 ? x[2] : y[i == 0 ? 0 : i - 1];
            for (var r = 0; r < rows.Length; r++) Copy(source.Pointer + ((i == 1 ? rows[r].Place : rows[r].Row) * bytes), together[i].Pointer + (r * bytes), bytes);
        }

        Rule.RunInPlace([.. together, x[^1]]);
        for (var i = 0; i < y.Length; i++)
            for (var r = 0; r < rows.Length; r++) Copy(together[i == 0 ? 0 : i + 1].Pointer + (r * bytes), y[i].Pointer + (rows[r].Row * bytes), bytes);
        foreach (var tensor in together) tensor.Release();
    }

    (long Row, long Place)[] Touched(ReadOnlySpan<long> rows, int size)
    {
        var touched = new List<(long, long)>(rows.Length);
        for (var i = 0; i < rows.Length; i++)
        {
            if (rows[i] >= size) Fail($"row {rows[i]} is outside 0 … {size - 1}.");
            if (rows[i] >= 0) touched.Add((rows[i], i));
        }

        return [.. touched];
    }

    static unsafe void Copy(byte* from, byte* to, long bytes) => Buffer.MemoryCopy(from, to, bytes, bytes);
}
