using Strata.Differentiation;
using Strata.Operations;

namespace Strata.Compilation;

/// <summary>A loop's derivative: the loop that keeps what is needed, and the loop that runs backward over it.</summary>
/// <remarks>The body and its pullback are traced together; then the trace is cut. What the pullback takes from the body becomes further outputs of the
/// forward loop. A weight's gradient that is a sum over steps of products aᵀ·b is left to one large product after the loop.</remarks>
internal sealed class ScanDerivative
{
    readonly int outputs; // of the body as the user wrote it
    readonly bool[] wanted; // for each input of the forward loop
    readonly LoopBody backward;
    readonly List<Func<Tensor[], Tensor[], Tensor>> sequences = []; // of the backward loop, from inputs and outputs of the forward loop; after those of the outputs' gradients
    readonly List<int> captured = []; // inputs of the forward loop that the backward loop captures
    readonly List<int> differentiable; // outputs of the user's body that have gradients
    readonly List<int> floatStates;
    readonly List<int> sums = []; // captures whose gradients the backward loop sums up
    readonly List<(int Capture, int A, int B, bool AIsSequence)> products = []; // captures whose gradients are products of stacks
    readonly List<int> itemGradients; // items whose gradients the backward loop gives

    ScanDerivative(LoopBody body, bool[] wanted)
    {
        (outputs, this.wanted) = (body.Outputs.Length, wanted);
        var (items, states) = (body.Items.Length, body.States.Length);
        differentiable = [.. Indices(body.Outputs, y => y.DType.IsFloating())];
        floatStates = [.. Indices(body.States, s => s.DType.IsFloating())];
        itemGradients = [.. Enumerable.Range(0, items).Where(i => wanted[i])];
        var captures = Enumerable.Range(0, body.Captures.Length).Where(i => wanted[items + states + i]).ToList();

        // 1. The body and its pullback in one trace.
        var joint = new Tracer { Options = body.Options };
        var copy = new GraphCopy(joint);
        var (cotangents, stateCotangents, gradients, forwardNodes) = joint.Run(() =>
        {
            foreach (var argument in body.Graph.Arguments) copy[argument] = joint.Argument(argument.Type);
            Tensor[] targets = [.. itemGradients.Select(i => copy[body.Items[i]]), .. floatStates.Select(i => copy[body.States[i]]), .. captures.Select(i => copy[body.Captures[i]])];
            var tape = new Tape();
            foreach (var target in targets) tape.Watch(target);
            Gradient.Recorded(tape, () =>
            {
                foreach (var node in body.Graph.Nodes) copy.Copy(node, recorded: true);
                return true;
            });
            copy.CopyHost(body.Graph);
            var count = joint.Graph.Nodes.Count;
            var dy = differentiable.Select(i => joint.Argument(body.Outputs[i].Type)).ToArray();
            var ds = floatStates.Select(i => joint.Argument(body.States[i].Type)).ToArray();
            Tensor[] ends = [.. differentiable.Select(i => copy[body.Outputs[i]]), .. floatStates.Select(i => copy[body.Next[i]])];
            return (dy, ds, tape.Backward(ends, [.. dy, .. ds], targets), count);
        });

        // 2. Forward: the body, with what the pullback takes of it as further outputs.
        var back = new Tracer { Options = body.Options };
        var link = new GraphCopy(back);
        var kept = new List<Tensor>(); // in the joint trace
        var backItems = new List<Tensor>();
        var backCaptures = new List<Tensor>();
        Tensor[] backStates = [], next = [], backOutputs = [];
        var place = new Dictionary<Tensor, int>(); // joint tensor → number of the backward loop's sequence
        back.Run(() =>
        {
            foreach (var d in cotangents) backItems.Add(link[d] = back.Argument(d.Type));
            foreach (var d in stateCotangents) link[d] = back.Argument(d.Type);
            for (var n = forwardNodes; n < joint.Graph.Nodes.Count; n++)
            {
                var node = joint.Graph.Nodes[n];
                if (node.Operation is Argument) continue;
                foreach (var x in node.Inputs) Provide(x);
                link.Copy(node);
            }

            foreach (var g in gradients)
                if (g is not null) Provide(g);

            // 3. What goes round in the backward loop: the states' gradients and sums for captures.
            var of = itemGradients.Count;
            var stateGradients = floatStates.Select((s, i) => gradients[of + i] is { } g ? link[g] : Tensor.Zeros(body.States[s].Shape, body.States[s].DType)).ToArray();
            of += floatStates.Count;
            var results = new List<Tensor>(itemGradients.Select((item, i) => gradients[i] is { } g ? link[g] : Tensor.Zeros(body.Items[item].Shape, body.Items[item].DType)));
            var summed = new List<(int Capture, Tensor Sum, Tensor Next)>();
            for (var i = 0; i < captures.Count; i++)
            {
                if (gradients[of + i] is not { } g) continue;
                Tensor? rest = null;
                foreach (var term in Terms(link[g]))
                {
                    if (term.Node!.Operation is MatMul { TransposeA: true, TransposeB: false } && term.Node.Inputs is [{ Rank: 2 } a, { Rank: 2 } b])
                        products.Add((captures[i], IndexIn(a, out var isSequence), IndexIn(b, out _, output: true), isSequence));
                    else rest = rest is null ? term : rest + term;
                }

                if (rest is null) continue;
                var sum = back.Argument(rest.Type);
                summed.Add((captures[i], sum, sum + rest));
            }

            sums.AddRange(summed.Select(s => s.Capture));
            backStates = [.. stateCotangents.Select(d => link[d]), .. summed.Select(s => s.Sum)];
            next = [.. stateGradients, .. summed.Select(s => s.Next)];
            backOutputs = [.. results];
            return true;

            int IndexIn(Tensor x, out bool isSequence, bool output = false)
            {
                var sequence = output ? -1 : backItems.IndexOf(x);
                isSequence = sequence >= 0;
                if (isSequence) return sequence;
                if (results.IndexOf(x) is var known && known >= 0) return known;
                results.Add(x);
                return results.Count - 1;
            }
        });
        backward = new LoopBody
        {
            Graph = back.Graph, Items = [.. backItems], States = backStates, Captures = [.. backCaptures], Next = next, Outputs = backOutputs, Options = body.Options,
        };

        var front = new Tracer { Options = body.Options };
        var ahead = new GraphCopy(front);
        front.Run(() =>
        {
            for (var n = 0; n < forwardNodes; n++) ahead.Copy(joint.Graph.Nodes[n]);
            ahead.CopyHost(joint.Graph);
            return true;
        });
        front.Graph.Arguments.AddRange(body.Graph.Arguments.Select(a => ahead[copy[a]]));
        Forward = new LoopBody
        {
            Graph = front.Graph,
            Items = Ahead(body.Items),
            States = Ahead(body.States),
            Captures = Ahead(body.Captures),
            Next = Ahead(body.Next),
            Outputs = [.. Ahead(body.Outputs), .. kept.Select(x => ahead[x])],
            Options = body.Options,
        };

        Tensor[] Ahead(Tensor[] xs) => Array.ConvertAll(xs, x => ahead[copy[x]]);

        // Makes something stand for a tensor of the forward part in the backward loop.
        void Provide(Tensor x)
        {
            if (link.Has(x)) return;
            var node = x.Node!;
            if (Find(body.Items, x) is var item and >= 0)
            {
                backItems.Add(link[x] = back.Argument(x.Type));
                sequences.Add((xs, _) => xs[item]);
            }
            else if (Find(body.Captures, x) is var capture and >= 0)
            {
                backCaptures.Add(link[x] = back.Argument(x.Type));
                captured.Add(items + states + capture);
            }
            else if (node.Operation is Constant or Fill)
            {
                link.Copy(node);
            }
            else if (node.Operation.IsView)
            {
                foreach (var input in node.Inputs) Provide(input);
                link.Copy(node);
            }
            else if (body.Recomputes && node.Operation is not (Argument or HostValue))
            {
                foreach (var input in node.Inputs) Provide(input);
                link.Copy(node);
            }
            else
            {
                var number = outputs + kept.Count;
                kept.Add(x);
                backItems.Add(link[x] = back.Argument(x.Type));
                sequences.Add((_, ys) => ys[number]);
            }
        }

        int Find(Tensor[] arguments, Tensor x) => Array.FindIndex(arguments, a => ReferenceEquals(copy[a], x));
    }

    /// <summary>The loop to run instead, which keeps what the backward loop needs.</summary>
    public LoopBody Forward { get; }

    /// <summary>The derivative of a loop.</summary>
    /// <param name="body">Its step.</param>
    /// <param name="wanted">For each input of the loop, whether its gradient is wanted.</param>
    public static ScanDerivative Of(LoopBody body, bool[] wanted) => new(body, wanted);

    /// <summary>Whether the derivative serves for these gradients of outputs and inputs: not if some come for what the forward loop keeps.</summary>
    public bool Covers(Tensor?[] dy, LoopBody forward, Needs needs)
    {
        for (var i = outputs; i < forward.Outputs.Length; i++)
            if (dy[i] is not null) return false;
        for (var i = 0; i < wanted.Length; i++)
            if (needs[i] && !wanted[i]) return false;
        return true;
    }

    /// <summary>The gradients for the inputs of <paramref name="scan"/>.</summary>
    public Tensor?[] Backward(Scan scan, Tensor[] x, Tensor[] y, Tensor?[] dy)
    {
        var (items, all) = (scan.Body.Items.Length, scan.Body.Outputs.Length);
        var steps = Math.Min(scan.Truncate ?? scan.Steps, scan.Steps);
        var first = scan.Reverse ? 0 : scan.Steps - steps; // the items of the last `steps` steps lie here

        Tensor Cut(Tensor stack) => steps == scan.Steps ? stack : stack[first..(first + steps)];
        Tensor[] stacks =
        [
            .. differentiable.Select(i => Cut(dy[i] ?? Tensor.ZerosLike(y[i]))),
            .. sequences.Select(s => Cut(s(x, y))),
        ];
        Tensor[] initial =
        [
            .. floatStates.Select(i => dy[all + i] ?? Tensor.ZerosLike(y[all + i])),
            .. backward.States.Skip(floatStates.Count).Select(s => Tensor.Zeros(s.Shape, s.DType)),
        ];
        var result = Flow.Apply(backward, steps, !scan.Reverse, null, stacks, initial, [.. captured.Select(i => x[i])]);
        var (outs, states) = (result[..backward.Outputs.Length], result[backward.Outputs.Length..]);

        var dx = new Tensor?[x.Length];
        for (var i = 0; i < itemGradients.Count; i++)
            dx[itemGradients[i]] = steps == scan.Steps ? outs[i] : outs[i].Pad([(first, scan.Steps - first - steps), .. Enumerable.Repeat((0, 0), outs[i].Rank - 1)]);
        for (var i = 0; i < floatStates.Count; i++) dx[items + floatStates[i]] = states[i];
        var captures = items + scan.Body.States.Length;
        for (var i = 0; i < sums.Count; i++) Add(sums[i], states[floatStates.Count + i]);
        foreach (var (capture, a, b, aIsSequence) in products) Add(capture, Rows(aIsSequence ? stacks[a] : outs[a]).MatMul(Rows(outs[b]), transposeA: true));
        for (var i = 0; i < dx.Length; i++)
            if (!wanted[i]) dx[i] = null;
        return dx;

        void Add(int capture, Tensor term) => dx[captures + capture] = dx[captures + capture] is { } sum ? sum + term : term;

        static Tensor Rows(Tensor stack) => stack.Reshape(-1, stack.Shape[^1]);
    }

    static IEnumerable<int> Indices(Tensor[] tensors, Func<Tensor, bool> condition) => Enumerable.Range(0, tensors.Length).Where(i => condition(tensors[i]));

    static IEnumerable<Tensor> Terms(Tensor sum) => sum.Node!.Operation is Add && sum.Node.Inputs.All(x => x.Shape == sum.Shape)
        ? sum.Node.Inputs.SelectMany(Terms)
        : [sum];
}
