using Strata.Memory;
using Strata.Random;

namespace Strata.Nn;

// Training: from Fit to a kernel it is Fit → TrainingLoop.Run → TrainStep → (at the first batch of a shape: a layer's Call → an operation) → the plan → kernels.
public partial class Model
{
    string[]? outputNames;
    Objective? objective;
    Optimizer? optimizer;

    /// <summary>The optimizer given to Compile.</summary>
    /// <exception cref="StrataException">The model was not compiled.</exception>
    public Optimizer Optimizer => optimizer ?? throw NotCompiled();

    /// <summary>The names of the outputs, in order.</summary>
    public virtual IReadOnlyList<string> OutputNames => graph is null
        ? [ChildNames.Count > 0 ? ChildNames[^1] : Name]
        : outputNames ??= [.. graph.Outputs.Select((y, i) => NameOf(y, i))];

    internal Objective Objective => objective ?? throw NotCompiled();

    /// <summary>Says how the model is to be trained and judged. Must come before Fit, Evaluate and their kind.</summary>
    /// <param name="optimizer">Changes the weights.</param>
    /// <param name="loss">What is to become small; of a model with several outputs, for each.</param>
    /// <param name="metrics">What else to watch.</param>
    public void Compile(Optimizer optimizer, Loss loss, params Metric[] metrics)
    {
        var outputs = OutputNames.Count;
        Compile(optimizer, [.. Enumerable.Repeat(loss, outputs)], null, [.. Enumerable.Range(0, outputs).Select(i => i == 0 ? metrics : [.. metrics.Select(m => m.Copy())])]);
    }

    /// <summary>Says how a model with several outputs is to be trained and judged.</summary>
    /// <param name="optimizer">Changes the weights.</param>
    /// <param name="losses">The loss of each output; null for one without.</param>
    /// <param name="lossWeights">How much each loss counts; by default 1.</param>
    /// <param name="metrics">What else to watch, for each output.</param>
    /// <param name="weightedMetrics">What else to watch with the weights of the examples, for each output; logged with <c>weighted_</c> before the name.</param>
    /// <exception cref="ArgumentException">There are not as many weights or lists of metrics as losses.</exception>
    public void Compile(Optimizer optimizer, Loss?[] losses, double[]? lossWeights = null, Metric[][]? metrics = null, Metric[][]? weightedMetrics = null)
    {
        if (lossWeights is not null && lossWeights.Length != losses.Length)
            throw new ArgumentException($"Compile: there are {losses.Length} losses, but {lossWeights.Length} loss weights.");
        if (metrics is not null && metrics.Length != losses.Length)
            throw new ArgumentException($"Compile: there are {losses.Length} losses, but metrics for {metrics.Length} outputs.");
        if (weightedMetrics is not null && weightedMetrics.Length != losses.Length)
            throw new ArgumentException($"Compile: there are {losses.Length} losses, but weighted metrics for {weightedMetrics.Length} outputs.");
        this.optimizer = optimizer;
        (trainStep, testStep) = (null, null);
        Metric[][] none = [.. losses.Select(_ => Array.Empty<Metric>())];
        objective = new Objective(losses, lossWeights ?? [.. losses.Select(_ => 1.0)], metrics ?? none, weightedMetrics ?? none);
    }

    /// <summary>Says how a model with several outputs is to be trained and judged, output by output.</summary>
    /// <param name="optimizer">Changes the weights.</param>
    /// <param name="losses">The losses by the names of the outputs; an output that is not named has none.</param>
    /// <param name="lossWeights">How much each loss counts, by name; by default 1.</param>
    /// <param name="metrics">What else to watch, by the names of the outputs.</param>
    /// <exception cref="StrataException">There is no output of a name.</exception>
    public void Compile(
        Optimizer optimizer,
        IReadOnlyDictionary<string, Loss> losses,
        IReadOnlyDictionary<string, double>? lossWeights = null,
        IReadOnlyDictionary<string, Metric[]>? metrics = null)
    {
        foreach (var name in losses.Keys.Concat(lossWeights?.Keys ?? []).Concat(metrics?.Keys ?? []))
            if (!OutputNames.Contains(name))
                throw new StrataException($"Compile: '{Name}' has no output '{name}'; it has {string.Join(", ", OutputNames.Select(n => $"'{n}'"))}.");
        Compile(
            optimizer,
            [.. OutputNames.Select(losses.GetValueOrDefault)],
            [.. OutputNames.Select(n => lossWeights?.GetValueOrDefault(n, 1) ?? 1)],
            [.. OutputNames.Select(n => metrics?.GetValueOrDefault(n) ?? [])]);
    }

    /// <summary>Trains on batches.</summary>
    /// <param name="data">What to train on.</param>
    /// <param name="epochs">The number of the epoch to stop before: how many passes, if <paramref name="initialEpoch"/> is 0.</param>
    /// <param name="validation">What to evaluate on after each epoch.</param>
    /// <param name="callbacks">What else to do along the way.</param>
    /// <param name="classWeight">How much the examples of a class count; a class that is not named counts 1.</param>
    /// <param name="initialEpoch">The number of the first epoch, for training that goes on.</param>
    /// <param name="checkpoint">Where to save the run so that it can be killed and taken up again; a path saves after each epoch.</param>
    /// <param name="verbose">Whether to show progress on the console.</param>
    /// <param name="stepsPerEpoch">How many batches of an epoch to use at most; needed for data without end.</param>
    /// <param name="validationSteps">How many batches of the validation to use at most.</param>
    /// <returns>What was logged in each epoch.</returns>
    /// <exception cref="StrataException">The model was not compiled.</exception>
    /// <exception cref="NonFiniteLossException">The loss became NaN or infinite.</exception>
    public History Fit(
        IBatches data,
        int epochs = 1,
        IBatches? validation = null,
        IReadOnlyList<Callback>? callbacks = null,
        IReadOnlyDictionary<int, double>? classWeight = null,
        int initialEpoch = 0,
        Checkpointing? checkpoint = null,
        bool verbose = true,
        int? stepsPerEpoch = null,
        int? validationSteps = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(stepsPerEpoch ?? 1, 1, nameof(stepsPerEpoch));
        ArgumentOutOfRangeException.ThrowIfLessThan(validationSteps ?? 1, 1, nameof(validationSteps));
        if (stepsPerEpoch is { } steps) data = new FirstBatches(data, steps);
        if (validationSteps is { } held && validation is not null) validation = new FirstBatches(validation, held);
        return new TrainingLoop(this, data, validation, callbacks ?? [], classWeight, checkpoint, verbose).Run(initialEpoch, epochs);
    }

    /// <summary>Trains on examples that are in memory.</summary>
    /// <param name="x">The inputs; axis 0 counts the examples.</param>
    /// <param name="y">The targets.</param>
    /// <param name="batchSize">Examples of a step.</param>
    /// <param name="epochs">The number of the epoch to stop before: how many passes, if <paramref name="initialEpoch"/> is 0.</param>
    /// <param name="validation">What to evaluate on after each epoch.</param>
    /// <param name="validationSplit">The share of examples, the last ones, to set apart before shuffling and to evaluate on after each epoch.</param>
    /// <param name="shuffle">Whether to draw a new order of the examples for each epoch.</param>
    /// <param name="callbacks">What else to do along the way.</param>
    /// <param name="classWeight">How much the examples of a class count; a class that is not named counts 1.</param>
    /// <param name="sampleWeight">How much each example counts.</param>
    /// <param name="initialEpoch">The number of the first epoch, for training that goes on.</param>
    /// <param name="seed">The seed of the orders; by default the model's.</param>
    /// <param name="checkpoint">Where to save the run so that it can be killed and taken up again; a path saves after each epoch.</param>
    /// <param name="verbose">Whether to show progress on the console.</param>
    /// <returns>What was logged in each epoch.</returns>
    /// <exception cref="StrataException">The model was not compiled.</exception>
    /// <exception cref="NonFiniteLossException">The loss became NaN or infinite.</exception>
    public History Fit(
        Tensor x,
        Tensor y,
        int batchSize = 32,
        int epochs = 1,
        (Tensor X, Tensor Y)? validation = null,
        double validationSplit = 0,
        bool shuffle = true,
        IReadOnlyList<Callback>? callbacks = null,
        IReadOnlyDictionary<int, double>? classWeight = null,
        Tensor? sampleWeight = null,
        int initialEpoch = 0,
        long? seed = null,
        Checkpointing? checkpoint = null,
        bool verbose = true) => Fit(
            [x], [y], batchSize, epochs, validation is { } v ? ([v.X], [v.Y]) : null, validationSplit, shuffle, callbacks, classWeight,
            sampleWeight is null ? null : [sampleWeight], initialEpoch, seed, checkpoint, verbose);

    /// <summary>Trains a model with several inputs or outputs on examples that are in memory.</summary>
    /// <param name="x">One tensor an input; axis 0 of all counts the same examples.</param>
    /// <param name="y">The targets, one tensor an output.</param>
    /// <param name="batchSize">Examples of a step.</param>
    /// <param name="epochs">The number of the epoch to stop before: how many passes, if <paramref name="initialEpoch"/> is 0.</param>
    /// <param name="validation">What to evaluate on after each epoch.</param>
    /// <param name="validationSplit">The share of examples, the last ones, to set apart before shuffling and to evaluate on after each epoch.</param>
    /// <param name="shuffle">Whether to draw a new order of the examples for each epoch.</param>
    /// <param name="callbacks">What else to do along the way.</param>
    /// <param name="classWeight">How much the examples of a class count, for a model with one output.</param>
    /// <param name="sampleWeight">How much each example counts, one tensor an output: [n], or [n, steps] for the steps of sequences.</param>
    /// <param name="initialEpoch">The number of the first epoch, for training that goes on.</param>
    /// <param name="seed">The seed of the orders; by default the model's.</param>
    /// <param name="checkpoint">Where to save the run so that it can be killed and taken up again; a path saves after each epoch.</param>
    /// <param name="verbose">Whether to show progress on the console.</param>
    /// <returns>What was logged in each epoch.</returns>
    /// <exception cref="StrataException">The model was not compiled.</exception>
    /// <exception cref="NonFiniteLossException">The loss became NaN or infinite.</exception>
    public History Fit(
        Tensor[] x,
        Tensor[] y,
        int batchSize = 32,
        int epochs = 1,
        (Tensor[] X, Tensor[] Y)? validation = null,
        double validationSplit = 0,
        bool shuffle = true,
        IReadOnlyList<Callback>? callbacks = null,
        IReadOnlyDictionary<int, double>? classWeight = null,
        Tensor[]? sampleWeight = null,
        int initialEpoch = 0,
        long? seed = null,
        Checkpointing? checkpoint = null,
        bool verbose = true)
    {
        IBatches? held = validation is { } v ? new TensorBatches(v.X, v.Y, batchSize) : null;
        if (held is null && validationSplit != 0)
        {
            if (validationSplit is <= 0 or >= 1) throw new ArgumentOutOfRangeException(nameof(validationSplit), validationSplit, "Fit: the validation split must be in [0, 1).");
            _ = new TensorBatches(x, y, batchSize, weights: sampleWeight); // checks that all hold the same examples
            var kept = (int)(x[0].Shape[0] * (1 - validationSplit));
            held = new TensorBatches(Part(x, kept..), Part(y, kept..), batchSize, weights: sampleWeight is null ? null : Part(sampleWeight, kept..));
            (x, y, sampleWeight) = (Part(x, ..kept), Part(y, ..kept), sampleWeight is null ? null : Part(sampleWeight, ..kept));
        }

        var data = new TensorBatches(x, y, batchSize, shuffle ? seed ?? (long)Random.State.Key : null, sampleWeight);
        return Fit(data, epochs, held, callbacks, classWeight, initialEpoch, checkpoint, verbose);

        static Tensor[] Part(Tensor[] tensors, Range rows) => Array.ConvertAll(tensors, t => t[rows]);
    }

    /// <summary>Loss and metrics over batches, in inference.</summary>
    public Logs Evaluate(IBatches data)
    {
        Objective.ResetMetrics();
        var (sum, count) = (0.0, 0L);
        foreach (var batch in data.Epoch(0))
        {
            sum += TestStep(batch) * batch.Count;
            count += batch.Count;
            batch.Release();
        }

        if (count == 0) throw new StrataException("Evaluate: the data are empty.");
        var logs = new Logs { ["loss"] = sum / count };
        Objective.Report(this, logs);
        Objective.ResetMetrics();
        return logs;
    }

    /// <summary>Loss and metrics over examples that are in memory, in inference.</summary>
    public Logs Evaluate(Tensor x, Tensor y, int batchSize = 32, Tensor? sampleWeight = null) =>
        Evaluate(new TensorBatches([x], [y], batchSize, weights: sampleWeight is null ? null : [sampleWeight]));

    /// <summary>Loss and metrics over examples that are in memory, of a model with several inputs or outputs, in inference.</summary>
    public Logs Evaluate(Tensor[] x, Tensor[] y, int batchSize = 32, Tensor[]? sampleWeight = null) =>
        Evaluate(new TensorBatches(x, y, batchSize, weights: sampleWeight));

    /// <summary>The output for all examples of <paramref name="x"/>, in inference and batch by batch.</summary>
    public Tensor Predict(Tensor x, int batchSize = 32) => Predict([x], batchSize) is [var y]
        ? y
        : throw new ShapeException($"Predict: '{Name}' has several outputs; give it an array of inputs.");

    /// <summary>The outputs for all examples, in inference and batch by batch.</summary>
    public Tensor[] Predict(Tensor[] x, int batchSize = 32)
    {
        BuildOn(x);
        using var scope = new TensorScope();
        var parts = new List<Tensor[]>();
        var count = x[0].Shape[0];
        for (var start = 0; start < count || parts.Count == 0; start += batchSize)
        {
            using var inner = new TensorScope();
            var (from, to) = (start, Math.Min(count, start + batchSize));
            var y = Infer(Array.ConvertAll(x, t => t[from..to]));
            inner.Return(y);
            parts.Add(y);
        }

        Tensor[] whole = parts.Count == 1 ? parts[0] : [.. Enumerable.Range(0, parts[0].Length).Select(i => Tensor.Concatenate([.. parts.Select(p => p[i])]))];
        scope.Return(whole);
        return whole;
    }

    /// <summary>The output for all batches, one after the other, in inference.</summary>
    public Tensor Predict(IBatches data)
    {
        using var scope = new TensorScope();
        var parts = new List<Tensor>();
        foreach (var batch in data.Epoch(0))
        {
            BuildOn(batch.Inputs);
            using var inner = new TensorScope();
            var outputs = Infer(batch.Inputs);
            if (outputs.Length != 1) throw new ShapeException($"Predict: '{Name}' has {outputs.Length} outputs; call Apply on each batch.");
            parts.Add(inner.Return(outputs[0]));
            batch.Release();
        }

        if (parts.Count == 0) throw new StrataException("Predict: the data are empty.");
        return scope.Return(parts.Count == 1 ? parts[0] : Tensor.Concatenate([.. parts]));
    }

    /// <summary>One update on one batch.</summary>
    /// <returns>Loss and metrics of the batch, the loss before the update.</returns>
    /// <exception cref="NonFiniteLossException">The loss is NaN or infinite; nothing was changed.</exception>
    public Logs TrainOnBatch(Tensor x, Tensor y, Tensor? sampleWeight = null) => TrainOnBatch(new Batch([x], [y], sampleWeight is null ? null : [sampleWeight]));

    /// <inheritdoc cref="TrainOnBatch(Tensor, Tensor, Tensor)"/>
    public Logs TrainOnBatch(Batch batch)
    {
        Objective.ResetMetrics();
        return OfBatch(TrainStep(batch));
    }

    /// <summary>Loss and metrics of one batch, in inference.</summary>
    public Logs TestOnBatch(Batch batch)
    {
        Objective.ResetMetrics();
        return OfBatch(TestStep(batch));
    }

    /// <summary>Loss and metrics of one batch, in inference.</summary>
    public Logs TestOnBatch(Tensor x, Tensor y, Tensor? sampleWeight = null)
    {
        Objective.ResetMetrics();
        return OfBatch(TestStep(new Batch([x], [y], sampleWeight is null ? null : [sampleWeight])));
    }

    /// <summary>The output for one batch, in inference.</summary>
    public Tensor PredictOnBatch(Tensor x)
    {
        BuildOn([x]);
        using var scope = new TensorScope();
        return scope.Return(Infer([x])[0]);
    }

    Logs OfBatch(double loss)
    {
        var logs = new Logs { ["loss"] = loss };
        Objective.Report(this, logs);
        return logs;
    }

    // The layer's name; of a layer with several of the outputs, with the number of each but the first.
    string NameOf(SymbolicTensor output, int index)
    {
        var layer = ChildNames[Layers.ToList().IndexOf(output.Source.Layer)];
        var before = graph!.Outputs.Take(index).Count(y => y.Source.Layer == output.Source.Layer);
        return before == 0 ? layer : $"{layer}_{before}";
    }

    StrataException NotCompiled() => new($"Model: '{Name}' is not compiled; call Compile(optimizer, loss) first.");
}
