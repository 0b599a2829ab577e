namespace Strata.Nn;

/// <summary>What a model is trained for: the loss of each output, how much each counts, and the metrics to watch.</summary>
internal sealed class Objective(Loss?[] losses, double[] lossWeights, Metric[][] metrics)
{
    Metric[][] metrics = metrics;
    bool resolved;

    /// <summary>The loss of a pass with all penalties: a scalar.</summary>
    public Tensor TotalLoss(Model model, Tensor[] outputs, Batch batch, CallContext context)
    {
        Check(model, outputs, batch);
        Tensor? total = null;
        for (var i = 0; i < outputs.Length; i++)
        {
            if (losses[i] is not { } loss) continue;
            var term = loss.Apply(batch.Targets[i], outputs[i], batch.Weights?[i], context);
            if (lossWeights[i] != 1) term *= lossWeights[i];
            total = total is null ? term : total + term;
        }

        if (model.RegularizationLoss() is { } penalty) total = total is null ? penalty : total + penalty;
        foreach (var term in context.Losses) total = total is null ? term : total + term;
        return total ?? throw new StrataException($"Model: '{model.Name}' has no loss for any output.");
    }

    /// <summary>Begins all metrics anew.</summary>
    public void ResetMetrics()
    {
        if (!resolved) return;
        foreach (var metric in metrics.SelectMany(m => m)) metric.Reset();
    }

    /// <summary>What a step must return so that the metrics can be brought up to date: a measured number, or for metrics without such a form the
    /// output and its mask.</summary>
    public Tensor[] Measure(Tensor[] outputs, Tensor[] targets, CallContext context)
    {
        Resolve(outputs);
        var measured = new List<Tensor>();
        for (var i = 0; i < outputs.Length; i++)
        {
            var mask = context.MaskOf(outputs[i]);
            foreach (var metric in metrics[i])
            {
                if (metric.Measure(targets[i], outputs[i], mask, null) is { } number) measured.Add(number);
                else measured.AddRange(mask is null ? [outputs[i]] : [outputs[i], mask]);
            }
        }

        return [.. measured];
    }

    /// <summary>Brings the metrics up to date with what <see cref="Measure"/> gave for a batch.</summary>
    public void Gather(Tensor[] measured, Batch batch)
    {
        var next = 0;
        for (var i = 0; i < metrics.Length; i++)
            foreach (var metric in metrics[i])
            {
                var first = measured[next++];
                if (first.Rank == 0 && metric is MeanMetric) metric.Gather(first, batch.Count);
                else metric.Update(batch.Targets[i], first, next < measured.Length && measured[next].DType == DType.Bool ? measured[next++] : null);
            }
    }

    /// <summary>Writes the metrics' values to logs.</summary>
    public void Report(Model model, Logs logs, string prefix = "")
    {
        if (!resolved) return;
        for (var i = 0; i < metrics.Length; i++)
            foreach (var metric in metrics[i])
                logs[metrics.Length == 1 ? prefix + metric.Name : $"{prefix}{model.OutputNames[i]}_{metric.Name}"] = metric.Result;
    }

    public void Save(State state)
    {
        if (!resolved) return;
        for (var i = 0; i < metrics.Length; i++)
            for (var j = 0; j < metrics[i].Length; j++) metrics[i][j].Save(state.At($"{i}/{j}"));
    }

    /// <summary>Reads what <see cref="Save"/> wrote, once the shapes of the outputs are known.</summary>
    public void Load(State state, Tensor[] outputs)
    {
        Resolve(outputs);
        for (var i = 0; i < metrics.Length; i++)
            for (var j = 0; j < metrics[i].Length; j++) metrics[i][j].Load(state.At($"{i}/{j}"));
    }

    void Resolve(Tensor[] outputs)
    {
        if (resolved) return;
        metrics = [.. metrics.Select((list, i) => (Metric[])[.. list.Select(m => losses[i] is { } loss ? m.Resolve(loss, outputs[i].Shape[1..]) : m)])];
        resolved = true;
        ResetMetrics();
    }

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
