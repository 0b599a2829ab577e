using System.Text.Json.Nodes;
using Strata.Compilation;
using Strata.Differentiation;
using Strata.Memory;
using Strata.Operations;

namespace Strata.Nn;

/// <summary>Changes variables by their gradients so that a loss falls. Keras's rules and defaults.</summary>
/// <remarks>One of your own overrides <see cref="StateCount"/>, <see cref="Numbers"/> and <see cref="Update"/>, where tensor operations do.</remarks>
public abstract class Optimizer : IConfigurable, IHasCommonArguments
{
    readonly Dictionary<Variable, Variable[]> states = [];
    readonly ParameterUpdate? rule;
    Schedule schedule;
    double decay, weightDecay, l2;
    double? clipNorm, clipValue;

    /// <summary>Creates an optimizer with a learning rate or a schedule of it.</summary>
    protected Optimizer(Schedule learningRate) => schedule = learningRate;

    /// <summary>Creates an optimizer whose step is a single operation.</summary>
    private protected Optimizer(Schedule learningRate, ParameterUpdate rule)
        : this(learningRate) => this.rule = rule;

    /// <summary>The learning rate of the next update, before <see cref="Decay"/>. Setting it ends a schedule.</summary>
    public double LearningRate
    {
        get => schedule.At(Iterations);
        set => schedule = value;
    }

    /// <summary>d in: the rate is divided by 1 + d·t at the update after t others.</summary>
    public double Decay
    {
        get => decay;
        init => decay = value;
    }

    /// <summary>c: if the norm of all gradients together is c or more, they are scaled so that it is c.</summary>
    public double? ClipNorm
    {
        get => clipNorm;
        init => clipNorm = value;
    }

    /// <summary>c: each element of the gradients is clipped to [−c, c], after <see cref="ClipNorm"/>.</summary>
    public double? ClipValue
    {
        get => clipValue;
        init => clipValue = value;
    }

    /// <summary>w in: p ← p − η·w·p with each update, beside the rule (Loshchilov and Hutter 2019, decoupled weight decay).</summary>
    public double WeightDecay
    {
        get => weightDecay;
        init => weightDecay = value;
    }

    /// <summary>w in: g ← g + w·p before the rule, as a penalty w/2·Σp² would do; what PyTorch calls weight decay.</summary>
    public double L2
    {
        get => l2;
        init => l2 = value;
    }

    /// <summary>Whether rows whose gradient is 0 stay as they are, and their states, too: to leave them out then changes nothing.</summary>
    internal bool LeavesZerosAlone => rule is { LeavesZerosAlone: true } && l2 == 0 && weightDecay == 0;

    /// <summary>How many updates were made.</summary>
    public long Iterations { get; internal set; }

    /// <summary>How many tensors like the parameter the rule keeps for each.</summary>
    protected virtual int StateCount => rule?.States ?? 0;

    /// <summary>The shapes of the tensors that the rule keeps for a parameter; by default <see cref="StateCount"/> like the parameter.</summary>
    protected virtual Shape[] StateShapes(Shape parameter) => [.. Enumerable.Repeat(parameter, StateCount)];

    /// <summary>The optimizer of a name that Keras knows with its defaults, or one registered in <see cref="CustomObjects"/>: <c>"rmsprop"</c>.</summary>
    /// <exception cref="ConfigException">There is none of this name.</exception>
    public static implicit operator Optimizer(string name) => CustomObjects.Named<Optimizer>(name);

    /// <inheritdoc/>
    public JsonObject GetConfig()
    {
        var config = new JsonObject { ["lr"] = schedule is ConstantRate constant ? constant.Rate : Config.Of(schedule) };
        (config["decay"], config["clipnorm"], config["clipvalue"], config["weight_decay"], config["l2"]) = (decay, clipNorm, clipValue, weightDecay, l2);
        Write(config);
        return config;
    }

    /// <summary>Writes the arguments of the constructor but for the learning rate.</summary>
    protected virtual void Write(JsonObject config)
    {
    }

    void IHasCommonArguments.ReadCommon(Config config)
    {
        (decay, weightDecay, l2) = (config.DoubleOrNull("decay") ?? 0, config.DoubleOrNull("weight_decay") ?? 0, config.DoubleOrNull("l2") ?? 0);
        (clipNorm, clipValue) = (config.DoubleOrNull("clipnorm"), config.DoubleOrNull("clipvalue"));
    }

    /// <summary>Changes <paramref name="variables"/> by one step.</summary>
    /// <param name="variables">What to change.</param>
    /// <param name="gradients">The gradient of the loss for each.</param>
    /// <exception cref="ShapeException">The gradients do not fit the variables; nothing was changed.</exception>
    public void Apply(IReadOnlyList<Variable> variables, IReadOnlyList<Tensor> gradients) => Apply(variables, [.. gradients.Select(g => new VariableGradient(g))]);

    /// <summary>Changes <paramref name="variables"/> by one step, those with a gradient of rows in these rows alone: their other rows, and the states of those,
    /// stay as they are, weight decay included (see <see cref="VariableGradient"/>).</summary>
    /// <remarks>An optimizer of one's own that overrides <see cref="Update"/> gets whole gradients.</remarks>
    /// <inheritdoc cref="Apply(IReadOnlyList{Variable}, IReadOnlyList{Tensor})"/>
    public void Apply(IReadOnlyList<Variable> variables, IReadOnlyList<VariableGradient> gradients)
    {
        Check(variables, gradients);
        using var scope = new TensorScope();
        gradients = Clip([.. gradients.Select((g, i) => rule is null ? new VariableGradient(g.ToDense(variables[i].Shape)) : g.Merged())]);
        var numbers = Compiled.Host(new TensorType([NextNumbers().Length], DType.Float64), () => Tensor.From<double>(NextNumbers()));
        for (var i = 0; i < variables.Count; i++)
        {
            var (own, g) = (StatesOf(variables[i]), gradients[i]);
            if (rule is not null && !Tape.Recording && Tracer.Current is null)
            {
                Tensor[] states = [.. own.Select(s => s.Renew()), numbers];
                if (g.Rows is { } some) new RowUpdate(rule).RunInPlace([variables[i].Renew(), some, g.Values, .. states]);
                else rule.RunInPlace([variables[i].Renew(), g.Values, .. states]);
                continue;
            }

            var state = Array.ConvertAll(own, s => s.Borrow());
            var next = g.Rows is { } rows
                ? new RowUpdate(rule!).Apply([variables[i].Borrow(), rows, g.Values, .. state, numbers])
                : Update(variables[i].Borrow(), g.Values, state, numbers);
            variables[i].Adopt(next[0]);
            for (var s = 0; s < own.Length; s++) own[s].Adopt(next[s + 1]);
        }

        Compiled.OnHost(() => Iterations++);
    }

    double[] NextNumbers()
    {
        var rate = schedule.At(Iterations) / (1 + (Decay * Iterations));
        return [L2, 1 - (rate * WeightDecay), .. Numbers(rate, Iterations + 1)];
    }

    /// <summary>The numbers of an update that are alike for all parameters. Asked for at least once an update; the answer for a t must be the same each time.</summary>
    /// <param name="learningRate">The rate, decayed.</param>
    /// <param name="t">The number of the update, from 1.</param>
    protected abstract double[] Numbers(double learningRate, long t);

    /// <summary>The new parameter and the new states.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="gradient">Its gradient, clipped.</param>
    /// <param name="state">The states, at first zeros.</param>
    /// <param name="numbers">A float64 vector: <see cref="L2"/>, 1 − η·<see cref="WeightDecay"/>, and then <see cref="Numbers"/>.</param>
    /// <returns>New tensors, the parameter first.</returns>
    protected virtual Tensor[] Update(Tensor parameter, Tensor gradient, Tensor[] state, Tensor numbers) =>
        rule?.Apply([parameter, gradient, .. state, numbers]) ?? throw new NotSupportedException($"{GetType().Name}: it must override Update.");

    /// <summary>Forgets what the optimizer has gathered: the next update is as the first.</summary>
    public void Reset()
    {
        Iterations = 0;
        foreach (var state in states.Values.SelectMany(s => s)) state.Assign(Tensor.Zeros(state.Shape, state.DType));
    }

    /// <summary>Writes what the optimizer has gathered about <paramref name="variables"/>.</summary>
    public virtual void Save(State state, IReadOnlyList<Variable> variables)
    {
        state.Put("rule", GetType().Name);
        state.Put("iterations", Iterations);
        if (schedule is ConstantRate) state.Put("learning_rate", LearningRate);
        for (var i = 0; i < variables.Count; i++)
        {
            var own = StatesOf(variables[i]);
            for (var s = 0; s < own.Length; s++) state.Put($"{i}/{s}", own[s].Borrow());
        }
    }

    /// <summary>Reads what <see cref="Save"/> wrote for variables of the same shapes in the same order.</summary>
    /// <exception cref="CheckpointException">It was another optimizer or other variables; nothing was changed.</exception>
    public virtual void Load(State state, IReadOnlyList<Variable> variables)
    {
        CheckState(state, variables);
        Iterations = state.Integer("iterations");
        if (state.Has("learning_rate")) LearningRate = state.Double("learning_rate");
        for (var i = 0; i < variables.Count; i++)
        {
            var own = StatesOf(variables[i]);
            for (var s = 0; s < own.Length; s++) own[s].Assign(state.Tensor($"{i}/{s}"));
        }
    }

    internal void CheckState(State state, IReadOnlyList<Variable> variables)
    {
        if (state.Text("rule") is var rule && rule != GetType().Name)
            throw new CheckpointException($"Checkpoint: it is of a run with the optimizer {rule}, but this one is {GetType().Name}.");
        state.Integer("iterations");
        for (var i = 0; i < variables.Count; i++)
        {
            var shapes = StateShapes(variables[i].Shape);
            for (var s = 0; s < shapes.Length; s++)
                if (state.Tensor($"{i}/{s}").Type is var type && type != new TensorType(shapes[s], variables[i].DType))
                    throw new CheckpointException($"Checkpoint: the state of '{variables[i].Name}' {variables[i].Shape} is {type}.");
        }
    }

    Variable[] StatesOf(Variable variable)
    {
        if (states.TryGetValue(variable, out var own)) return own;
        return states[variable] = Tracer.Untraced(() => StateShapes(variable.Shape)
            .Select((shape, s) => new Variable(Tensor.Zeros(shape, variable.DType), $"{variable.Name}/{GetType().Name}/{s}", trainable: false)).ToArray());
    }

    IReadOnlyList<VariableGradient> Clip(IReadOnlyList<VariableGradient> gradients)
    {
        if (ClipNorm is { } norm && gradients.Count > 0)
        {
            var square = gradients[0].Values.Square().Sum();
            for (var i = 1; i < gradients.Count; i++) square += gradients[i].Values.Square().Sum();
            var limit = Tensor.Scalar(norm, square.DType);
            var scale = limit / Tensor.Maximum(square.Sqrt(), limit); // exactly 1 below the limit
            gradients = [.. gradients.Select(g => g with { Values = g.Values * scale })];
        }

        return ClipValue is { } bound ? [.. gradients.Select(g => g with { Values = g.Values.Clip(-bound, bound) })] : gradients;
    }

    static void Check(IReadOnlyList<Variable> variables, IReadOnlyList<VariableGradient> gradients)
    {
        if (variables.Count != gradients.Count)
            throw new ShapeException($"Optimizer: {gradients.Count} gradients were given for {variables.Count} variables.");
        for (var i = 0; i < variables.Count; i++)
        {
            var (variable, g) = (variables[i], gradients[i]);
            Shape fitting = g.Rows is null ? variable.Shape : [g.Rows.Shape[0], .. variable.Shape[1..].Span];
            if (g.Values.Shape != fitting || g.Values.DType != variable.DType)
                throw new ShapeException($"Optimizer: the gradient of '{variable.Name}' is {g.Values.Type}, but the variable is {new TensorType(variable.Shape, variable.DType)}.");
        }
    }
}
