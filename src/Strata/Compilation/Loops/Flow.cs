using Strata.Compilation;
using Strata.Differentiation;
using Strata.Operations;

namespace Strata;

/// <summary>Loops and branches whose inside is traced once, whatever the number of steps: in a plan, and eagerly too.</summary>
public static class Flow
{
    /// <summary>A loop over the first axis of sequences that carries states along: what Theano and JAX call scan.</summary>
    /// <param name="step">From the items of a step and the states to the next states, of the same types, and the outputs of the step. It may use any
    /// tensor and variable from around it, assign variables (each step sees what the one before assigned) and draw random numbers.</param>
    /// <param name="sequences">Tensors [steps, …]; the shortest decides. A tap into the past or future is a sequence sliced by one step more or less.</param>
    /// <param name="initial">The states before the first step.</param>
    /// <param name="steps">The number of steps, where no sequence says it.</param>
    /// <param name="reverse">Whether to run from the last item to the first; outputs lie at the places of their items.</param>
    /// <param name="truncate">How many steps from the end gradients go back; by default all (truncated back-propagation through time).</param>
    /// <param name="checkpointEvery">After how many steps to keep the states, everything between being computed again for the gradient: with √steps
    /// the memory is that of 2√steps steps (Chen et al. 2016). By default everything is kept.</param>
    /// <returns>The last states, and the outputs stacked: [steps, …].</returns>
    /// <exception cref="ShapeException">A state changes its type from step to step, or nothing says how many steps there are.</exception>
    public static (Tensor[] States, Tensor[] Outputs) Scan(
        Func<Tensor[], Tensor[], (Tensor[] States, Tensor[] Outputs)> step,
        Tensor[] sequences,
        Tensor[] initial,
        int? steps = null,
        bool reverse = false,
        int? truncate = null,
        int? checkpointEvery = null) => Scan(step, sequences, initial, steps, reverse, truncate, checkpointEvery, recomputes: false);

    static (Tensor[] States, Tensor[] Outputs) Scan(
        Func<Tensor[], Tensor[], (Tensor[] States, Tensor[] Outputs)> step,
        Tensor[] sequences,
        Tensor[] initial,
        int? steps,
        bool reverse,
        int? truncate,
        int? checkpointEvery,
        bool recomputes)
    {
        foreach (var sequence in sequences)
            if (sequence.Rank == 0) throw new ShapeException("Scan: a sequence is a scalar; its first axis must count the steps.");
        var count = sequences.Select(s => s.Shape[0]).Append(steps ?? int.MaxValue).Min();
        if (count == int.MaxValue) throw new ShapeException("Scan: there is no sequence and no number of steps.");
        if (count < 0 || truncate < 1) throw new ShapeException($"Scan: {count} steps with gradients over {truncate} are not possible.");
        sequences = Array.ConvertAll(sequences, s => s.Shape[0] == count ? s : reverse ? s[^count..] : s[..count]);
        if (Compiled.Eager) return Loop(step, sequences, initial, count, reverse, truncate);
        if (checkpointEvery is { } every && every < count) return Checkpointed(step, sequences, initial, count, reverse, truncate, every);

        var states = 0;
        var body = Body.Trace(
            [.. sequences.Select(s => new TensorType(s.Shape[1..], s.DType)), .. initial.Select(s => s.Type)],
            parameters =>
            {
                var (next, outputs) = step(parameters[..sequences.Length], parameters[sequences.Length..]);
                CheckStates(initial, next);
                states = next.Length;
                return [.. next, .. outputs];
            });

        // Variables that the body assigns are states, too.
        var written = body.Graph.Writes.ToArray();
        var held = written.Select(w => Array.FindIndex(body.Captured, c => ReferenceEquals(c, ValueOf(w.Key)))).ToArray();
        body.Graph.Writes.Clear();
        var kept = Enumerable.Range(0, body.Captures.Length).Where(i => !held.Contains(i)).ToArray();
        var results = body.Graph.Results.ToArray();
        var loop = new LoopBody
        {
            Graph = body.Graph,
            Items = body.Parameters[..sequences.Length],
            States = [.. body.Parameters[sequences.Length..], .. held.Select(i => body.Captures[i])],
            Captures = [.. kept.Select(i => body.Captures[i])],
            Next = [.. results[..states], .. written.Select(w => w.Value)],
            Outputs = results[states..],
            Recomputes = recomputes,
            Options = Tracer.Current?.Options ?? CompileOptions.Default,
        };
        var captured = Array.ConvertAll(kept, i => body.Captured[i]);
        (loop, sequences, captured) = Hoisting.Run(loop, sequences, captured);
        var y = Apply(loop, count, reverse, truncate, sequences, [.. initial, .. held.Select(i => body.Captured[i])], captured);
        for (var i = 0; i < written.Length; i++) written[i].Key.Adopt(y[loop.Outputs.Length + states + i]); // not Assign, whose copy has no gradient
        return (y[loop.Outputs.Length..(loop.Outputs.Length + states)], y[..loop.Outputs.Length]);
    }

    /// <summary>A loop over one sequence with one state, which is also the output of each step: h₁, h₂, … from hₜ = step(xₜ, hₜ₋₁).</summary>
    /// <returns>The states after each step, stacked: [steps, …].</returns>
    public static Tensor Scan(Func<Tensor, Tensor, Tensor> step, Tensor sequence, Tensor initial, bool reverse = false, int? truncate = null) =>
        Scan(
            (x, h) =>
            {
                var next = step(x[0], h[0]);
                return ([next], [next]);
            },
            [sequence],
            [initial],
            reverse: reverse,
            truncate: truncate).Outputs[0];

    /// <summary>One of two functions, as a condition says; only the chosen one is computed. (<see cref="Tensor.Where(Tensor, Tensor, Tensor)"/>
    /// computes both and chooses element by element.)</summary>
    /// <param name="condition">One truth value.</param>
    /// <param name="then">What to compute if it holds; it must not assign variables.</param>
    /// <param name="otherwise">What to compute if not: as many tensors of the same types.</param>
    /// <exception cref="ShapeException">The condition is not one value, or the results differ in type.</exception>
    public static Tensor[] Cond(Tensor condition, Func<Tensor[]> then, Func<Tensor[]> otherwise)
    {
        if (condition.Size != 1) throw new ShapeException($"Cond: the condition must be one truth value, but it is {condition.Type}.");
        if (Compiled.Eager || (Tracer.Current is null && condition.Node is null)) return condition.At(0) != 0 ? then() : otherwise();
        var (a, b) = (Body.Trace([], _ => then()), Body.Trace([], _ => otherwise()));
        var (x, y) = (a.Graph.Results.Select(r => r.Type).ToArray(), b.Graph.Results.Select(r => r.Type).ToArray());
        if (!x.SequenceEqual(y)) throw new ShapeException($"Cond: the branches give {string.Join(", ", x)} and {string.Join(", ", y)}; they must give the same types.");
        return new Cond(a.AsBranch("Cond"), b.AsBranch("Cond")).Apply([condition.Cast(DType.Bool).Reshape(), .. a.Captured, .. b.Captured]);
    }

    /// <inheritdoc cref="Cond(Tensor, Func{Tensor[]}, Func{Tensor[]})"/>
    public static Tensor Cond(Tensor condition, Func<Tensor> then, Func<Tensor> otherwise) => Cond(condition, () => [then()], () => [otherwise()])[0];

    /// <summary>A loop that goes on while a condition on its states holds. It has no gradient: the number of steps is not known beforehand.</summary>
    /// <param name="condition">From the states to one truth value.</param>
    /// <param name="step">From the states to the next, of the same types; it must not assign variables.</param>
    /// <param name="initial">The first states.</param>
    /// <param name="limit">The number of steps after which to stop with an error.</param>
    /// <returns>The last states.</returns>
    /// <exception cref="ShapeException">A state changes its type, or the condition is not one value.</exception>
    public static Tensor[] While(Func<Tensor[], Tensor> condition, Func<Tensor[], Tensor[]> step, Tensor[] initial, long limit = long.MaxValue)
    {
        var types = Array.ConvertAll(initial, s => s.Type);
        var asked = Body.Trace(types, s => condition(s) is { Size: 1 } answer
            ? [answer.Cast(DType.Bool).Reshape()]
            : throw new ShapeException("While: the condition must be one truth value."));
        var body = Body.Trace(types, s =>
        {
            var next = step(s);
            CheckStates(initial, next, "While");
            return next;
        });
        return new While(asked.AsLoop("While", isCondition: true), body.AsLoop("While"), limit).Apply([.. initial, .. asked.Captured, .. body.Captured]);
    }

    /// <summary>Applies a step as a loop; if somebody differentiates, as the one that keeps what the gradient needs.</summary>
    internal static Tensor[] Apply(Scan scan, Tensor[] x) => Apply(
        scan.Body, scan.Steps, scan.Reverse, scan.Truncate, x[..scan.Body.Items.Length], x[scan.Body.Items.Length..^scan.Body.Captures.Length], x[^scan.Body.Captures.Length..]);

    /// <inheritdoc cref="Apply(Scan, Tensor[])"/>
    internal static Tensor[] Apply(LoopBody body, int steps, bool reverse, int? truncate, Tensor[] sequences, Tensor[] initial, Tensor[] captured)
    {
        Tensor[] x = [.. sequences, .. initial, .. captured];
        var wanted = Array.ConvertAll(x, t => t.DType.IsFloating() && Tape.AnyWatches(t));
        if (!wanted.Contains(true)) return new Scan(body, steps, reverse, truncate, null).Apply(x);
        var derivative = ScanDerivative.Of(body, wanted);
        var y = new Scan(derivative.Forward, steps, reverse, truncate, derivative).Apply(x);
        return [.. y[..body.Outputs.Length], .. y[derivative.Forward.Outputs.Length..]];
    }

    // A loop over stretches of steps, each a loop; and one more for the steps that are left over, which come last.
    static (Tensor[] States, Tensor[] Outputs) Checkpointed(
        Func<Tensor[], Tensor[], (Tensor[] States, Tensor[] Outputs)> step, Tensor[] sequences, Tensor[] initial, int steps, bool reverse, int? truncate, int every)
    {
        if (every < 1 || truncate is not null) throw new ShapeException("Scan: checkpoints must be at least one step apart, and do not go with truncated gradients.");
        var (stretches, rest) = (steps / every, steps % every);
        var first = reverse ? rest : 0;
        var stretched = Array.ConvertAll(sequences, s => s[first..(first + stretches * every)].Reshape([stretches, every, .. s.Shape.Span[1..]]));
        var (states, outputs) = Scan((x, s) => Scan(step, x, s, every, reverse), stretched, initial, stretches, reverse, null, null, recomputes: true);
        outputs = Array.ConvertAll(outputs, y => y.Reshape([stretches * every, .. y.Shape.Span[2..]]));
        if (rest == 0) return (states, outputs);
        var (last, ends) = Scan(step, Array.ConvertAll(sequences, s => reverse ? s[..rest] : s[^rest..]), states, rest, reverse);
        return (last, [.. outputs.Zip(ends, (a, b) => Tensor.Concatenate(reverse ? [b, a] : [a, b], 0))]);
    }

    static Tensor ValueOf(Variable variable) => Tracer.Current?.Read(variable) ?? variable.Lend();

    static void CheckStates(Tensor[] initial, Tensor[] next, string loop = "Scan")
    {
        if (next.Length != initial.Length) throw new ShapeException($"{loop}: the step gives {next.Length} states, but {initial.Length} were given at first.");
        for (var i = 0; i < next.Length; i++)
            if (next[i].Type != initial[i].Type) throw new ShapeException($"{loop}: state {i} is {initial[i].Type} at first, but {next[i].Type} after a step; it must stay of one type.");
    }

    // The loop as C# has it: to step through in a debugger.
    static (Tensor[] States, Tensor[] Outputs) Loop(
        Func<Tensor[], Tensor[], (Tensor[] States, Tensor[] Outputs)> step, Tensor[] sequences, Tensor[] state, int steps, bool reverse, int? truncate)
    {
        var initial = state;
        if (steps == 0) throw new ShapeException("Scan: a loop without steps cannot run eagerly, because the types of its outputs are not known.");
        var stacks = new List<Tensor[]>();
        for (var t = 0; t < steps; t++)
        {
            if (t == steps - truncate)
            {
                state = Array.ConvertAll(state, s => s.StopGradient());
                stacks = stacks.ConvertAll(outputs => Array.ConvertAll(outputs, y => y.StopGradient()));
            }

            var at = reverse ? steps - 1 - t : t;
            (state, var outputs) = step(Array.ConvertAll(sequences, s => s[at]), state);
            CheckStates(initial, state);
            stacks.Add(outputs);
        }

        if (reverse) stacks.Reverse();
        return (state, [.. Enumerable.Range(0, stacks[0].Length).Select(i => Tensor.Stack([.. stacks.Select(s => s[i])]))]);
    }
}
