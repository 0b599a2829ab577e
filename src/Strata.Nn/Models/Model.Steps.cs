using Strata.Memory;
using Strata.Random;

namespace Strata.Nn;

// The steps of training, evaluation and prediction, each compiled once for a shape of batch. (Compiled.Eager runs them operation by operation.)
public partial class Model
{
    Func<Tensor[], Tensor[], Tensor[]?, int, (Tensor Loss, Tensor[] Measured)>? trainStep, testStep;
    Func<Tensor[], Tensor[]>? inference;

    /// <summary>One step of training: a function of the variables and the batch alone.</summary>
    /// <returns>The loss.</returns>
    internal double TrainStep(Batch batch)
    {
        var objective = Objective;
        BuildOn(batch.Inputs);
        using var scope = new TensorScope();
        var (random, updates) = (Random.State, Optimizer.Iterations);
        try
        {
            trainStep ??= Compiled.Function<Tensor[], Tensor[], Tensor[]?, int, (Tensor, Tensor[])>((inputs, targets, weights, _) => Learn(new Batch(inputs, targets, weights)));
            var (loss, measured) = trainStep(batch.Inputs, batch.Targets, batch.Weights, Variable.TrainableChanges);
            objective.Gather(measured, batch);
            return loss.Item();
        }
        catch (Exception e)
        {
            // A step that fails is as if it had not been begun.
            Random.State = random;
            Optimizer.Iterations = updates;
            if (e is NotFiniteException { Value: var value }) throw new NonFiniteLossException("", value, NonFiniteSearch.Cause(this, batch, new RandomStream(random)));
            throw;
        }
    }

    internal double TestStep(Batch batch)
    {
        BuildOn(batch.Inputs);
        using var scope = new TensorScope();
        testStep ??= Compiled.Function<Tensor[], Tensor[], Tensor[]?, int, (Tensor, Tensor[])>((inputs, targets, weights, _) => Judge(new Batch(inputs, targets, weights)));
        var (loss, measured) = testStep(batch.Inputs, batch.Targets, batch.Weights, 0);
        Objective.Gather(measured, batch);
        return loss.Item();
    }

    /// <summary>The outputs in inference; the weights must exist.</summary>
    Tensor[] Infer(Tensor[] inputs) => (inference ??= Compiled.Function((Tensor[] x) => Apply(x, NewContext(training: false))))(inputs);

    (Tensor Loss, Tensor[] Measured) Learn(Batch batch)
    {
        var variables = TrainableWeights;
        var context = new CallContext(training: true, Random) { Journals = true };
        try
        {
            var (loss, measured, gradients) = Gradient.ValueAndSparseGradient(
                () =>
                {
                    var outputs = Apply(batch.Inputs, context);
                    var (total, parts) = Objective.TotalLoss(this, outputs, batch, context);
                    return (total, Objective.Measure(outputs, parts, batch, context));
                },
                variables,
                Optimizer.LeavesZerosAlone);
            loss = loss.RequireFinite();
            Optimizer.Apply(variables, gradients);
            ApplyConstraints();
            context.Commit();
            return (loss, measured);
        }
        catch
        {
            context.RollBack();
            throw;
        }
    }

    (Tensor Loss, Tensor[] Measured) Judge(Batch batch)
    {
        var context = new CallContext(training: false, Random);
        var outputs = Apply(batch.Inputs, context);
        var (total, parts) = Objective.TotalLoss(this, outputs, batch, context);
        return (total, Objective.Measure(outputs, parts, batch, context));
    }
}
