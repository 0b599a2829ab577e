namespace Strata.Nn;

/// <summary>The loop behind Fit: epochs of steps, with callbacks, validation and checkpoints.</summary>
internal sealed class TrainingLoop
{
    const string RunPart = "@run", Present = "present";

    readonly Model model;
    readonly IBatches data;
    readonly IBatches? validation;
    readonly Callback[] callbacks;
    readonly IReadOnlyDictionary<int, double>? classWeight;
    readonly Checkpointing? checkpoint;
    readonly TrainingRun run;
    double lossSum; // over this epoch's examples

    public TrainingLoop(
        Model model, IBatches data, IBatches? validation, IReadOnlyList<Callback> callbacks, IReadOnlyDictionary<int, double>? classWeight, Checkpointing? checkpoint, bool verbose)
    {
        (this.model, this.data, this.validation, this.classWeight, this.checkpoint) = (model, data, validation, classWeight, checkpoint);
        this.callbacks = verbose ? [new ProgressBar(), .. callbacks] : [.. callbacks];
        run = new TrainingRun(model)
        {
            StepsPerEpoch = data.BatchCount,
            HasValidation = validation is not null,
            ExampleCounts = data is TensorBatches t ? (t.ExampleCount, (validation as TensorBatches)?.ExampleCount) : null,
        };
        foreach (var callback in this.callbacks) callback.Run = run;
    }

    public History Run(int initialEpoch, int epochs)
    {
        _ = model.Objective; // compiled?
        run.Epochs = epochs;
        run.Epoch = initialEpoch;
        var resumed = checkpoint is { Resume: true } && File.Exists(checkpoint.Path) ? Resume(checkpoint) : null;

        foreach (var callback in callbacks) callback.OnTrainBegin();
        if (resumed is not null) LoadCallbacks(resumed);
        while (run.Epoch < epochs && !run.StopTraining) RunEpoch();
        foreach (var callback in callbacks) callback.OnTrainEnd();
        return run.History;
    }

    void RunEpoch()
    {
        if (run.Step == 0)
        {
            (run.Examples, lossSum) = (0, 0);
            model.Objective.ResetMetrics();
        }

        foreach (var callback in callbacks) callback.OnEpochBegin(run.Epoch);
        var logs = new Logs();
        foreach (var batch in data.Epoch(run.Epoch, run.Step))
        {
            Step(batch, logs);
            batch.Release();
            if (run.StopTraining) break;
        }

        if (run.Examples == 0 && !run.StopTraining) throw new StrataException("Fit: the data are empty.");
        Validate(logs);
        foreach (var callback in callbacks) callback.OnEpochEnd(run.Epoch, logs);
        run.History.Add(run.Epoch, logs);
        run.Epoch++;
        run.Step = 0;
        if (checkpoint is not null && (checkpoint.EverySteps is null || run.Epoch == run.Epochs || run.StopTraining)) Save();
    }

    void Step(Batch batch, Logs logs)
    {
        foreach (var callback in callbacks) callback.OnBatchBegin(run.Step);
        var weighted = classWeight is null ? batch : ClassWeights.Of(batch, classWeight);
        double loss;
        try
        {
            loss = model.TrainStep(weighted);
        }
        catch (NonFiniteLossException e)
        {
            var failure = new NonFiniteLossException($" at epoch {run.Epoch + 1}, step {run.Step + 1}", e.Loss, e.Cause);
            if (!callbacks.Any(c => c.OnNonFiniteLoss(failure))) throw failure;
            run.StopTraining = true;
            loss = e.Loss;
        }

        if (!ReferenceEquals(weighted, batch)) weighted.Weights![0].Release();
        run.Step++;
        run.Examples += batch.Count;
        lossSum += loss * batch.Count;
        Report(logs);
        foreach (var callback in callbacks) callback.OnBatchEnd(run.Step - 1, logs);
        if (checkpoint?.EverySteps is { } every && run.Step % every == 0) Save();
    }

    void Report(Logs logs)
    {
        logs["loss"] = lossSum / run.Examples;
        model.Objective.Report(model, logs);
    }

    void Validate(Logs logs)
    {
        if (validation is null) return;
        foreach (var (name, value) in model.Evaluate(validation)) logs["val_" + name] = value;
    }

    // ---- Checkpoints ----

    void Save()
    {
        var state = new State();
        model.Save(state);
        var at = state.At(RunPart);
        at.Put("epoch", run.Epoch);
        at.Put("step", run.Step);
        at.Put("examples", run.Examples);
        at.Put("loss_sum", lossSum);
        if (run.Step > 0) model.Objective.Save(at.At("metrics"));
        run.History.Save(at.At("history"));
        for (var i = 0; i < callbacks.Length; i++)
        {
            CallbackState(state, i).Put(Present, 1);
            callbacks[i].Save(CallbackState(state, i));
        }

        checkpoint!.Write(state);
    }

    State Resume(Checkpointing from)
    {
        var state = from.Read();
        var at = state.At(RunPart);
        if (!at.Has("epoch")) throw new CheckpointException($"Checkpoint: '{from.Path}' holds weights but no training run; load it with LoadWeights.");
        var (epoch, step, examples, sum) = ((int)at.Integer("epoch"), (int)at.Integer("step"), at.Integer("examples"), at.Double("loss_sum"));
        var history = History.Load(at.At("history"));
        var first = data.Epoch(0).FirstOrDefault() ?? throw new StrataException("Fit: the data are empty.");
        var outputs = model.Load(state, first);
        if (step > 0) model.Objective.Load(at.At("metrics"), outputs);
        (run.Epoch, run.Step, run.Examples, lossSum, run.History) = (epoch, step, examples, sum, history);
        first.Release();
        return state;
    }

    void LoadCallbacks(State state)
    {
        for (var i = 0; i < callbacks.Length; i++)
            if (CallbackState(state, i) is var own && own.Has(Present)) callbacks[i].Load(own);
    }

    // By type and number, so that a progress bar more or less does not matter.
    State CallbackState(State state, int index)
    {
        var type = callbacks[index].GetType();
        return state.At($"@callbacks/{type.Name}/{callbacks.Take(index).Count(c => c.GetType() == type)}");
    }
}
