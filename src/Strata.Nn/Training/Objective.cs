namespace Strata.Nn;

/// <summary>What a model is trained for: the loss of each output, how much each counts, and the metrics to watch.</summary>
internal sealed class Objective(Loss?[] losses, double[] lossWeights, Metric[][] metrics, Metric[][] weightedMetrics)
{
    readonly RunningMean[] lossMeans = losses.Length == 1 ? [] : [.. losses.Select(_ => new RunningMean())];
    readonly List<(string Name, RunningMean Mean)> added = []; // by layers
    string[] addedNow = []; // the names of those in the order of a step
    readonly Metric[][] metrics = metrics, weightedMetrics = weightedMetrics; // as they were given: what is written of a model
    Metric[][] watched = [], watchedWeighted = []; // and what they stand for, once the outputs are known
    bool resolved;

    public Loss?[] Losses => losses;

    public double[] LossWeights => lossWeights;

    public Metric[][] Metrics => metrics;

    public Metric[][] WeightedMetrics => weightedMetrics;

    /// <summary>The loss of a pass with all penalties: a scalar, and those of the outputs alone.</summary>
    public (Tensor Total, Tensor?[] Parts) TotalLoss(Model model, Tensor[] outputs, Batch batch, CallContext context)
    {
        Check(model, outputs, batch);
        Tensor? total = null;
        var parts = new Tensor?[outputs.Length];
        for (var i = 0; i < outputs.Length; i++)
        {
            if (losses[i] is not { } loss) continue;
            var term = parts[i] = loss.Apply(batch.Targets[i], outputs[i], batch.Weights?[i], context);
            if (lossWeights[i] != 1) term *= lossWeights[i];
            total = total is null ? term : total + term;
        }

        if (model.RegularizationLoss() is { } penalty) total = total is null ? penalty : total + penalty;
        foreach (var term in context.Losses) total = total is null ? term : total + term;
        return (total ?? throw new StrataException($"Model: '{model.Name}' has no loss for any output."), parts);
    }

    /// <summary>Begins all metrics anew.</summary>
    public void ResetMetrics()
    {
        foreach (var mean in lossMeans) mean.Reset();
        foreach (var (_, mean) in added) mean.Reset();
        if (!resolved) return;
        foreach (var metric in watched.Concat(watchedWeighted).SelectMany(m => m)) metric.Reset();
    }

    /// <summary>What a step must return so that the metrics can be brought up to date: of each output its loss, if there are several, and for each
    /// metric a measured number, or the output and its mask if the metric has no such form; then what layers asked to be logged.</summary>
    public Tensor[] Measure(Tensor[] outputs, Tensor?[] lossParts, Batch batch, CallContext context)
    {
        Resolve(outputs);
        var measured = new List<Tensor>();
        for (var i = 0; i < outputs.Length; i++)
        {
            var mask = context.MaskOf(outputs[i]);
            if (lossMeans.Length > 0 && lossParts[i] is { } part) measured.Add(part);
            foreach (var metric in watched[i]) measured.AddRange(metric.Measure(batch.Targets[i], outputs[i], mask, null) is { } number ? [number] : Whole(outputs[i], mask));
            foreach (var metric in watchedWeighted[i])
                measured.AddRange(metric.Measure(batch.Targets[i], outputs[i], mask, batch.Weights?[i]) is { } number ? [number] : Whole(outputs[i], mask));
        }

        addedNow = [.. context.Metrics.Select(m => m.Name)];
        measured.AddRange(context.Metrics.Select(m => m.Value));
        return [.. measured];

        static Tensor[] Whole(Tensor output, Tensor? mask) => mask is null ? [output] : [output, mask];
    }

    /// <summary>Brings the metrics up to date with what <see cref="Measure"/> gave for a batch.</summary>
    public void Gather(Tensor[] measured, Batch batch)
    {
        var next = 0;
        for (var i = 0; i < watched.Length; i++)
        {
            if (lossMeans.Length > 0 && losses[i] is not null) lossMeans[i].Add(measured[next++], batch.Count);
            foreach (var metric in watched[i]) Update(metric, i, null);
            foreach (var metric in watchedWeighted[i]) Update(metric, i, batch.Weights?[i]);
        }

        foreach (var name in addedNow) Added(name).Add(measured[next++], batch.Count);

        void Update(Metric metric, int output, Tensor? weights)
        {
            var first = measured[next++];
            if (first.Rank == 0 && metric is MeanMetric) metric.Gather(first, batch.Count);
            else metric.Update(batch.Targets[output], first, next < measured.Length && measured[next].DType == DType.Bool ? measured[next++] : null, weights);
        }
    }

    /// <summary>Writes the metrics' values to logs.</summary>
    public void Report(Model model, Logs logs, string prefix = "")
    {
        for (var i = 0; i < lossMeans.Length; i++)
            if (losses[i] is not null) logs[$"{prefix}{model.OutputNames[i]}_loss"] = lossMeans[i].Value;
        if (resolved)
            for (var i = 0; i < watched.Length; i++)
            {
                var output = watched.Length == 1 ? prefix : $"{prefix}{model.OutputNames[i]}_";
                foreach (var metric in watched[i]) logs[output + metric.Name] = metric.Result;
                foreach (var metric in watchedWeighted[i]) logs[$"{output}weighted_{metric.Name}"] = metric.Result;
            }

        foreach (var (name, mean) in added) logs[prefix + name] = mean.Value;
    }

    public void Save(State state)
    {
        for (var i = 0; i < lossMeans.Length; i++) lossMeans[i].Save(state.At($"losses/{i}"));
        state.Put("added", string.Join('\n', added.Select(a => a.Name)));
        foreach (var (name, mean) in added) mean.Save(state.At($"added/{name}"));
        if (!resolved) return;
        foreach (var (metric, at) in Named()) metric.Save(state.At(at));
    }

    /// <summary>Reads what <see cref="Save"/> wrote, once the shapes of the outputs are known.</summary>
    public void Load(State state, Tensor[] outputs)
    {
        Resolve(outputs);
        for (var i = 0; i < lossMeans.Length; i++) lossMeans[i].Load(state.At($"losses/{i}"));
        if (state.Has("added"))
            foreach (var name in state.Text("added").Split('\n', StringSplitOptions.RemoveEmptyEntries)) Added(name).Load(state.At($"added/{name}"));
        foreach (var (metric, at) in Named()) metric.Load(state.At(at));
    }

    IEnumerable<(Metric Metric, string Name)> Named()
    {
        for (var i = 0; i < watched.Length; i++)
        {
            for (var j = 0; j < watched[i].Length; j++) yield return (watched[i][j], $"{i}/{j}");
            for (var j = 0; j < watchedWeighted[i].Length; j++) yield return (watchedWeighted[i][j], $"{i}/weighted/{j}");
        }
    }

    RunningMean Added(string name)
    {
        var at = added.FindIndex(a => a.Name == name);
        if (at >= 0) return added[at].Mean;
        added.Add((name, new RunningMean()));
        return added[^1].Mean;
    }

    void Resolve(Tensor[] outputs)
    {
        if (resolved) return;
        watched = Resolved(metrics, outputs);
        watchedWeighted = Resolved(weightedMetrics, outputs);
        resolved = true;
        foreach (var metric in watched.Concat(watchedWeighted).SelectMany(m => m)) metric.Reset();
    }

    Metric[][] Resolved(Metric[][] lists, Tensor[] outputs) =>
        [.. lists.Select((list, i) => (Metric[])[.. list.Select(m => losses[i] is { } loss ? m.Resolve(loss, outputs[i].Shape[1..]) : m)])];

    void Check(Model model, Tensor[] outputs, Batch batch)
    {
        if (losses.Length != outputs.Length)
            throw new ShapeException($"Model: '{model.Name}' was compiled with {losses.Length} losses, but has {outputs.Length} outputs.");
        if (batch.Targets.Length != outputs.Length)
            throw new ShapeException($"Model: '{model.Name}' has {outputs.Length} outputs, but the batch has {batch.Targets.Length} targets.");
        if (batch.Weights is { } weights && weights.Length != outputs.Length)
            throw new ShapeException($"Model: '{model.Name}' has {outputs.Length} outputs, but the batch has weights for {weights.Length}.");
    }
}
