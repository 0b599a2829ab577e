using Strata.Compilation;
using Strata.Memory;
using Strata.Operations;

namespace Strata.Differentiation;

/// <summary>The record of the operations that led from watched tensors to others. Tapes of a thread nest: an operation is recorded by
/// every open tape that watches one of its inputs, so the gradient of a gradient needs nothing special: while a tape plays back, the
/// tapes around it record what it does.</summary>
internal sealed class Tape
{
    [ThreadStatic]
    static Tape? innermost;

    readonly Dictionary<Tensor, int> slots = []; // watched tensors (by identity), numbered
    readonly HashSet<Tensor> sources = []; // where differentiation starts
    readonly List<(Operation Operation, Tensor[] Inputs, Tensor[] Outputs)> entries = [];
    Dictionary<Tensor, List<(Tensor Rows, Tensor Values)>>? tables; // those whose looked-up rows are starting points of their own
    Tape? outer;

    /// <summary>Whether any tape is open on this thread.</summary>
    public static bool Recording => innermost is not null;

    /// <summary>Whether anybody wants to be told of operations: an open tape, or a checkpoint that looks for its leaves.</summary>
    public static bool Listening => innermost is not null || LeafFinder.Active;

    /// <summary>Opens this tape: operations on watched tensors are recorded from now on.</summary>
    public void Open()
    {
        outer = innermost;
        innermost = this;
    }

    /// <summary>Closes this tape, which must be the innermost.</summary>
    public void Close()
    {
        innermost = outer;
        outer = null;
    }

    /// <summary>Makes <paramref name="tensor"/> a starting point of differentiation.</summary>
    public void Watch(Tensor tensor)
    {
        sources.Add(tensor);
        Number(tensor);
    }

    /// <summary>Makes <paramref name="table"/> a starting point, and so the rows that are looked up in it, each look-up for itself: they do not count for
    /// the gradient of the table.</summary>
    public void WatchRows(Tensor table)
    {
        Watch(table);
        (tables ??= [])[table] = [];
    }

    /// <summary>The look-ups in a table of <see cref="WatchRows"/>: which rows, and the tensor of them.</summary>
    public IReadOnlyList<(Tensor Rows, Tensor Values)> LookUps(Tensor table) => tables![table];

    /// <summary>Whether <paramref name="tensor"/> depends on a watched one.</summary>
    public bool Watches(Tensor tensor) => slots.ContainsKey(tensor);

    /// <summary>Runs <paramref name="work"/> unseen by the open tapes.</summary>
    public static T Unrecorded<T>(Func<T> work)
    {
        var suspended = innermost;
        innermost = null;
        try
        {
            return work();
        }
        finally
        {
            innermost = suspended;
        }
    }

    /// <summary>The innermost open tape of this thread.</summary>
    public static Tape? Innermost => innermost;

    /// <summary>Whether some open tape watches <paramref name="tensor"/>.</summary>
    public static bool AnyWatches(Tensor tensor) => AnyWatches(innermost, tensor);

    /// <summary>Whether <paramref name="innermost"/> or a tape around it watches <paramref name="tensor"/>.</summary>
    public static bool AnyWatches(Tape? innermost, Tensor tensor)
    {
        for (var tape = innermost; tape is not null; tape = tape.outer)
            if (tape.Watches(tensor)) return true;
        return false;
    }

    /// <summary>Whether every open tape (and a checkpoint that looks for its leaves) saw the node make its output from its inputs, or saw neither.</summary>
    public static bool Follows(Node node)
    {
        var y = node.Outputs[0];
        for (var tape = innermost; tape is not null; tape = tape.outer)
            if (tape.sources.Contains(y) || tape.Watches(y) != Array.Exists(node.Inputs, tape.Watches)) return false;
        return LeafFinder.Follows(y);
    }

    /// <summary>Tells the open tapes that <paramref name="operation"/> was applied.</summary>
    public static void Record(Operation operation, Tensor[] inputs, Tensor[] outputs)
    {
        for (var tape = innermost; tape is not null; tape = tape.outer) tape.Add(operation, inputs, outputs);
        LeafFinder.Note(inputs, outputs);
    }

    void Add(Operation operation, Tensor[] inputs, Tensor[] outputs)
    {
        if (tables is not null && operation is Gather { Axis: 0 } && tables.TryGetValue(inputs[0], out var lookUps))
        {
            Watch(outputs[0]);
            lookUps.Add((inputs[1], outputs[0]));
            return;
        }

        foreach (var input in inputs)
        {
            if (!slots.ContainsKey(input)) continue;
            var differentiable = false;
            foreach (var output in outputs)
                if (output.DType.IsFloating())
                {
                    Number(output);
                    differentiable = true;
                }

            if (differentiable) entries.Add((operation, inputs, outputs));
            return;
        }
    }

    /// <summary>Plays the tape back: the gradients of Σᵢ⟨<paramref name="outputs"/>ᵢ, <paramref name="cotangents"/>ᵢ⟩ for
    /// <paramref name="targets"/>, null where the outputs do not depend on the target. The tape must be closed.</summary>
    public Tensor?[] Backward(ReadOnlySpan<Tensor> outputs, ReadOnlySpan<Tensor> cotangents, ReadOnlySpan<Tensor> targets)
    {
        var gradients = new Tensor?[slots.Count];
        var needed = new bool[slots.Count]; // whether a slot lies on a way to a target
        foreach (var target in targets) needed[slots[target]] = true;
        foreach (var (_, inputs, ys) in entries)
            if (Array.Exists(inputs, x => slots.TryGetValue(x, out var slot) && needed[slot]))
                foreach (var y in ys)
                    if (slots.TryGetValue(y, out var slot)) needed[slot] = true;

        for (var i = 0; i < outputs.Length; i++)
            if (slots.TryGetValue(outputs[i], out var slot) && needed[slot]) Accumulate(ref gradients[slot], cotangents[i]);

        for (var e = entries.Count - 1; e >= 0; e--)
        {
            var (operation, inputs, ys) = entries[e];
            var dy = new Tensor?[ys.Length];
            var reached = false;
            for (var i = 0; i < ys.Length; i++)
                if (slots.TryGetValue(ys[i], out var slot))
                {
                    dy[i] = gradients[slot];
                    reached |= dy[i] is not null;
                }

            if (!reached) continue;
            var needs = NeedsOf(inputs, needed);
            if (needs.Bits == 0) continue;
            using var scope = Recording ? default : new TensorScope(); // temporaries go back at once, warm for the next rule
            var dx = operation.GradientAll(inputs, ys, dy, needs);
            for (var i = 0; i < dx.Length; i++)
                if (needs[i] && dx[i] is { } d && slots.TryGetValue(inputs[i], out var slot))
                {
                    Accumulate(ref gradients[slot], d);
                    scope.Return(gradients[slot]!);
                }
        }

        var result = new Tensor?[targets.Length];
        for (var i = 0; i < result.Length; i++) result[i] = gradients[slots[targets[i]]];
        return result;
    }

    void Number(Tensor tensor) => slots.TryAdd(tensor, slots.Count);

    Needs NeedsOf(Tensor[] inputs, bool[] needed)
    {
        var bits = 0u;
        for (var i = 0; i < inputs.Length; i++)
            if (slots.TryGetValue(inputs[i], out var slot) && needed[slot]) bits |= 1u << Math.Min(i, 31);
        return new Needs(bits);
    }

    static void Accumulate(ref Tensor? sum, Tensor term) => sum = sum is null ? term : sum + term;
}
