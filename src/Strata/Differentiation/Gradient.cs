using Strata.Differentiation;
using Strata.Memory;
using Strata.Operations;

namespace Strata;

/// <summary>Differentiation of functions of tensors. Nothing is marked on tensors and nothing accumulates: each call takes a function,
/// runs it and gives gradients; calls nest to any order.</summary>
/// <remarks>Tensors made inside the function and not returned by it are released when the call ends (see <see cref="TensorScope"/>).
/// What the result does not depend on has the gradient zero, unless <see cref="Disconnected"/> says otherwise.</remarks>
public static partial class Gradient
{
    /// <summary>The gradients of a scalar loss for variables that it reads, in their order.</summary>
    /// <param name="loss">Computes the loss.</param>
    /// <param name="variables">What to differentiate for.</param>
    /// <param name="disconnected">What to do about a variable that the loss does not depend on.</param>
    /// <exception cref="ShapeException">The loss is not a floating-point scalar.</exception>
    /// <exception cref="StrataException">The loss does not depend on a variable, and <see cref="Disconnected.Fail"/> was asked for.</exception>
    public static Tensor[] Of(Func<Tensor> loss, IReadOnlyList<Variable> variables, Disconnected disconnected = Disconnected.Zero) =>
        ValueAndGradient(loss, variables, disconnected).Gradients;

    /// <summary>The gradient of a scalar function of one tensor.</summary>
    /// <inheritdoc cref="ValueAndGradient(Func{Tensor, Tensor}, Tensor, Disconnected)"/>
    public static Tensor Of(Func<Tensor, Tensor> f, Tensor x, Disconnected disconnected = Disconnected.Zero) => ValueAndGradient(f, x, disconnected).Gradient;

    /// <summary>A scalar loss and its gradients for variables that it reads, in their order.</summary>
    /// <inheritdoc cref="Of(Func{Tensor}, IReadOnlyList{Variable}, Disconnected)"/>
    public static (Tensor Value, Tensor[] Gradients) ValueAndGradient(
        Func<Tensor> loss, IReadOnlyList<Variable> variables, Disconnected disconnected = Disconnected.Zero)
    {
        var (value, _, gradients) = ValueAndGradient(() => (loss(), Array.Empty<Tensor>()), variables, disconnected);
        return (value, gradients);
    }

    /// <summary>A scalar loss, its gradients for variables and another tensor that the function returns beside the loss
    /// (predictions, say), which is not differentiated.</summary>
    public static (Tensor Value, Tensor Other, Tensor[] Gradients) ValueAndGradient(
        Func<(Tensor Loss, Tensor Other)> f, IReadOnlyList<Variable> variables, Disconnected disconnected = Disconnected.Zero)
    {
        var (value, others, gradients) = ValueAndGradient(
            () =>
            {
                var (loss, other) = f();
                return (loss, new[] { other });
            },
            variables,
            disconnected);
        return (value, others[0], gradients);
    }

    /// <summary>A scalar loss, its gradients for variables and other tensors that the function returns beside the loss, which are not
    /// differentiated.</summary>
    public static (Tensor Value, Tensor[] Others, Tensor[] Gradients) ValueAndGradient(
        Func<(Tensor Loss, Tensor[] Others)> f, IReadOnlyList<Variable> variables, Disconnected disconnected = Disconnected.Zero)
    {
        var sources = new Tensor[variables.Count];
        for (var i = 0; i < sources.Length; i++) sources[i] = variables[i].Borrow();
        using var scope = Tape.Recording ? default : new TensorScope();
        var tape = new Tape();
        foreach (var source in sources) tape.Watch(source);
        var (value, others) = Recorded(tape, f);
        CheckScalar(value);
        var found = tape.Backward([value], [OnesLike(value)], sources);
        Report(disconnected, found, i => $"the variable '{variables[i].Name}' ({sources[i].Type})");
        var gradients = Filled(found, sources);
        scope.Return(value);
        scope.Return(others);
        scope.Return(gradients);
        return (value, others, gradients);
    }

    /// <summary>A scalar loss, its gradients for variables and other tensors that the function returns beside the loss, which are not differentiated. The
    /// gradient for a variable with <see cref="Variable.SparseGradient"/> comes as the rows that were looked up in it, as long as nothing else was done with it.</summary>
    /// <param name="f">The loss, and what else is to be returned.</param>
    /// <param name="variables">What to differentiate for.</param>
    /// <param name="whereLeftOpen">Whether that holds for a variable that leaves it open, too, if fewer rows are looked up than half of those that it has.</param>
    public static (Tensor Value, Tensor[] Others, VariableGradient[] Gradients) ValueAndSparseGradient(
        Func<(Tensor Loss, Tensor[] Others)> f, IReadOnlyList<Variable> variables, bool whereLeftOpen = false)
    {
        using var scope = Tape.Recording ? default : new TensorScope();
        var tape = new Tape();
        var sources = new List<Tensor>();
        var byRows = new bool[variables.Count];
        for (var i = 0; i < byRows.Length; i++)
        {
            var source = variables[i].Borrow();
            sources.Add(source);
            byRows[i] = (variables[i].SparseGradient ?? whereLeftOpen) && source.Rank > 0;
            if (byRows[i]) tape.WatchRows(source);
            else tape.Watch(source);
        }

        var (value, others) = Recorded(tape, f);
        CheckScalar(value);
        for (var i = 0; i < variables.Count; i++)
            if (byRows[i]) sources.AddRange(tape.LookUps(sources[i]).Select(l => l.Values));
        var all = tape.Backward([value], [OnesLike(value)], sources.ToArray());
        var gradients = new VariableGradient[variables.Count];
        var next = variables.Count;
        for (var i = 0; i < gradients.Length; i++)
        {
            var lookUps = byRows[i] ? tape.LookUps(sources[i]) : [];
            gradients[i] = OfLookUps(sources[i], all[i], lookUps, all.AsSpan(next, lookUps.Count));
            if (variables[i].SparseGradient is null && 2 * gradients[i].Rows?.Size >= sources[i].Shape[0]) gradients[i] = new VariableGradient(gradients[i].ToDense(sources[i].Shape));
            next += lookUps.Count;
            scope.Return(gradients[i].Values);
            if (gradients[i].Rows is { } rows) scope.Return(rows);
        }

        scope.Return(value);
        scope.Return(others);
        return (value, others, gradients);
    }

    /// <summary>A scalar function of one tensor and its gradient there.</summary>
    /// <param name="f">The function.</param>
    /// <param name="x">Where to differentiate.</param>
    /// <param name="disconnected">What to do if the value does not depend on the tensor.</param>
    /// <exception cref="ShapeException">The value is not a floating-point scalar.</exception>
    /// <exception cref="StrataException">The value does not depend on the tensor, and <see cref="Disconnected.Fail"/> was asked for.</exception>
    public static (Tensor Value, Tensor Gradient) ValueAndGradient(Func<Tensor, Tensor> f, Tensor x, Disconnected disconnected = Disconnected.Zero)
    {
        var (value, gradients) = ValueAndGradient(xs => f(xs[0]), [x], disconnected);
        return (value, gradients[0]);
    }

    /// <summary>A scalar function of several tensors and its gradients for each.</summary>
    public static (Tensor Value, Tensor[] Gradients) ValueAndGradient(Func<Tensor[], Tensor> f, params Tensor[] x) =>
        ValueAndGradient(f, x, Disconnected.Zero);

    /// <summary>A scalar function of several tensors and its gradients for each.</summary>
    /// <inheritdoc cref="ValueAndGradient(Func{Tensor, Tensor}, Tensor, Disconnected)"/>
    public static (Tensor Value, Tensor[] Gradients) ValueAndGradient(Func<Tensor[], Tensor> f, Tensor[] x, Disconnected disconnected)
    {
        using var scope = Tape.Recording ? default : new TensorScope();
        var (value, backward) = Pullback(xs => [f(xs)], x);
        CheckScalar(value[0]);
        var found = backward([OnesLike(value[0])]);
        Report(disconnected, found, i => $"the input {i} ({x[i].Type})");
        var gradients = Filled(found, x);
        scope.Return(value);
        scope.Return(gradients);
        return (value[0], gradients);
    }

    /// <summary>The values of a function and its pullback: the function that takes a cotangent v for each output to vᵀJ for each input.
    /// The pullback may be called many times.</summary>
    public static (Tensor[] Outputs, Func<Tensor[], Tensor[]> Pullback) Vjp(Func<Tensor[], Tensor[]> f, params Tensor[] x)
    {
        var (outputs, backward) = Pullback(f, x);
        return (outputs, Checked);

        Tensor[] Checked(Tensor[] cotangents)
        {
            if (cotangents.Length != outputs.Length)
                throw new ShapeException($"Vjp: {cotangents.Length} cotangents were given for {outputs.Length} outputs.");
            for (var i = 0; i < outputs.Length; i++)
                if (cotangents[i].Shape != outputs[i].Shape)
                    throw new ShapeException($"Vjp: the cotangent {i} is {cotangents[i].Shape}, but the output is {outputs[i].Shape}.");
            return Filled(backward(cotangents), x);
        }
    }

    /// <summary>A pullback with null for an input that the outputs do not depend on.</summary>
    static (Tensor[] Outputs, Func<Tensor[], Tensor?[]> Backward) Pullback(Func<Tensor[], Tensor[]> f, Tensor[] x)
    {
        var sources = Array.ConvertAll(x, Renamed);
        var tape = new Tape();
        foreach (var source in sources) tape.Watch(source);
        var outputs = Recorded(tape, () => f(sources));
        return (outputs, cotangents => tape.Backward(outputs, cotangents, sources));
    }

    /// <summary>The values of a function and its derivative J·v in a direction v, one tangent for each input.</summary>
    /// <remarks>Forward mode is derived from reverse mode: u ↦ uᵀJ is linear, and the gradient of ⟨uᵀJ, v⟩ for u is J·v. So each operation
    /// states its derivative once.</remarks>
    public static (Tensor[] Outputs, Tensor[] Tangents) Jvp(Func<Tensor[], Tensor[]> f, Tensor[] x, Tensor[] tangents)
    {
        if (x.Length != tangents.Length) throw new ShapeException($"Jvp: {tangents.Length} tangents were given for {x.Length} inputs.");
        for (var i = 0; i < x.Length; i++)
            if (x[i].Shape != tangents[i].Shape) throw new ShapeException($"Jvp: the tangent {i} is {tangents[i].Shape}, but the input is {x[i].Shape}.");
        var (outputs, pullback) = Vjp(f, x);
        var dummies = Array.ConvertAll(outputs, Tensor.ZerosLike); // where uᵀJ, linear in u, is differentiated does not matter
        var (_, transposed) = Vjp(pullback, dummies);
        return (outputs, transposed(tangents));
    }

    /// <summary>J·v for a function of one tensor.</summary>
    public static Tensor Jvp(Func<Tensor, Tensor> f, Tensor x, Tensor tangent) => Jvp(xs => [f(xs[0])], [x], [tangent]).Tangents[0];

    /// <summary>The Jacobian of a function of one tensor: shape = output's shape followed by the input's.</summary>
    public static Tensor Jacobian(Func<Tensor, Tensor> f, Tensor x)
    {
        var (outputs, pullback) = Vjp(xs => [f(xs[0])], x);
        var y = outputs[0];
        var rows = new Tensor[y.Size];
        for (var i = 0; i < rows.Length; i++) rows[i] = pullback([Tensor.Basis(y.Shape, y.DType, i)])[0];
        return rows.Length == 0
            ? Tensor.Zeros(y.Shape.Concat(x.Shape), x.DType)
            : Tensor.Stack(rows).Reshape(y.Shape.Concat(x.Shape));
    }

    /// <summary>The Hessian of a scalar function: shape = the input's shape twice.</summary>
    public static Tensor Hessian(Func<Tensor, Tensor> f, Tensor x) => Jacobian(z => Of(f, z), x);

    /// <summary>H·v of a scalar function, without the Hessian (Pearlmutter 1994): the gradient of ⟨∇f, v⟩.</summary>
    public static Tensor HessianVectorProduct(Func<Tensor, Tensor> f, Tensor x, Tensor vector)
    {
        if (vector.Shape != x.Shape) throw new ShapeException($"HessianVectorProduct: the vector is {vector.Shape}, but the input is {x.Shape}.");
        return Of(z => (Of(f, z) * vector).Sum(), x);
    }

    /// <summary>A function with a gradient of your own: <paramref name="backward"/> takes inputs, outputs and the gradients for the outputs
    /// to the gradients for the inputs (null: zero). Written in tensor operations, it can itself be differentiated.</summary>
    public static Tensor[] Custom(Func<Tensor[], Tensor[]> forward, Func<Tensor[], Tensor[], Tensor[], Tensor?[]> backward, params Tensor[] x) =>
        new CustomGradient(forward, backward).Apply(x);

    /// <summary>A function of one tensor with a gradient of your own, from input, output and the gradient for the output.</summary>
    public static Tensor Custom(Func<Tensor, Tensor> forward, Func<Tensor, Tensor, Tensor, Tensor> backward, Tensor x) =>
        Custom(xs => [forward(xs[0])], (xs, ys, dys) => [backward(xs[0], ys[0], dys[0])], x)[0];

    /// <summary>Runs a function without keeping what is inside it for the backward pass: it runs again when its gradient is wanted
    /// (Chen et al. 2016). Random numbers drawn inside are drawn alike the second time.</summary>
    public static Tensor[] Checkpoint(Func<Tensor[], Tensor[]> f, params Tensor[] x) => new Checkpoint(f).Apply(x);

    /// <inheritdoc cref="Checkpoint(Func{Tensor[], Tensor[]}, Tensor[])"/>
    public static Tensor Checkpoint(Func<Tensor, Tensor> f, Tensor x) => Checkpoint(xs => [f(xs[0])], x)[0];

    /// <summary>The same memory under a new identity, so that a gradient is for this argument alone, not for other uses of the tensor.</summary>
    internal static Tensor Renamed(Tensor x) => new Alias(x.Shape).Apply(x);

    internal static T Recorded<T>(Tape tape, Func<T> f)
    {
        tape.Open();
        try
        {
            return f();
        }
        finally
        {
            tape.Close();
        }
    }

    static void Report(Disconnected disconnected, Tensor?[] gradients, Func<int, string> name)
    {
        if (disconnected == Disconnected.Zero) return;
        for (var i = 0; i < gradients.Length; i++)
        {
            if (gradients[i] is not null) continue;
            var message = $"Gradient: the loss does not depend on {name(i)}, or only through operations without gradient; see Disconnected.";
            if (disconnected == Disconnected.Fail) throw new StrataException(message);
            Console.Error.WriteLine(message);
        }
    }

    static Tensor[] Filled(Tensor?[] gradients, Tensor[] sources)
    {
        for (var i = 0; i < gradients.Length; i++) gradients[i] ??= Tensor.ZerosLike(sources[i]);
        return gradients!;
    }

    static VariableGradient OfLookUps(Tensor table, Tensor? dense, IReadOnlyList<(Tensor Rows, Tensor Values)> lookUps, ReadOnlySpan<Tensor?> gradients)
    {
        var (rows, values) = (new List<Tensor>(), new List<Tensor>());
        for (var i = 0; i < lookUps.Count; i++)
        {
            if (gradients[i] is not { } g) continue;
            rows.Add(lookUps[i].Rows.Cast(DType.Int64).Flatten());
            values.Add(g.Reshape([checked((int)lookUps[i].Rows.Size), .. table.Shape[1..].Span]));
        }

        if (rows.Count == 0) return new VariableGradient(dense ?? Tensor.ZerosLike(table));
        var all = rows.Count == 1 ? new VariableGradient(values[0], rows[0]) : new VariableGradient(Tensor.Concatenate([.. values]), Tensor.Concatenate([.. rows]));
        return dense is null ? all : new VariableGradient(dense + all.ToDense(table.Shape));
    }

    static Tensor OnesLike(Tensor x) => Tensor.Ones(x.Shape, x.DType);

    static void CheckScalar(Tensor loss)
    {
        if (loss.Size != 1 || !loss.DType.IsFloating())
            throw new ShapeException($"Gradient: the loss must be one floating-point number, but it is {loss.Type}; reduce it with Sum or Mean.");
    }
}
