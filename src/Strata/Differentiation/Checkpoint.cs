using Strata.Compilation;
using Strata.Kernels;
using Strata.Memory;
using Strata.Operations;
using Strata.Random;

namespace Strata.Differentiation;

/// <summary>A function of the user's whose inside is computed again for its gradient instead of being kept. Tensors that it takes from
/// around it (weights, say) are found while it runs and get their gradients too.</summary>
internal sealed record Checkpoint(Func<Tensor[], Tensor[]> F) : Operation
{
    readonly RandomJournal journal = new();
    int arguments;

    public Tensor[] Apply(Tensor[] x)
    {
        if (!Tape.Recording) return F(x);
        arguments = x.Length;
        var leaves = new LeafFinder();
        var y = Tape.Unrecorded(() =>
        {
            using var scope = new TensorScope();
            var outputs = Array.ConvertAll(journal.Record(() => leaves.Run(() => F(x))), Gradient.Renamed);
            scope.Return(outputs);
            return outputs;
        });
        Tensor[] inputs = [.. x, .. leaves.Found.Where(leaf => !x.Contains(leaf) && Tape.AnyWatches(leaf))];
        Tape.Record(this, inputs, y);
        return y;
    }

    internal override TensorType[] InferAll(Tensor[] x) => throw new NotSupportedException("A checkpoint's function is run, not inferred.");

    internal override void RunAll(CpuKernels k, Tensor[] x, Tensor[] y) => throw new NotSupportedException("A checkpoint's function runs by itself.");

    internal override Tensor?[] GradientAll(Tensor[] x, Tensor[] y, Tensor?[] dy, Needs needs)
    {
        var tape = new Tape();
        var again = Array.ConvertAll(x[..arguments], Gradient.Renamed);
        Tensor[] sources = [.. again, .. x[arguments..]];
        foreach (var source in sources) tape.Watch(source);
        var outputs = Gradient.Recorded(tape, () => Tracer.Again(() => journal.Replay(() => F(again))));
        var cotangents = dy.Select((d, i) => d ?? Tensor.ZerosLike(y[i])).ToArray();
        return tape.Backward(outputs, cotangents, sources);
    }
}
